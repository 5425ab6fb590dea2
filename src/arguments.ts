/** What stands behind `npm start --`, `npm run demo --` and the other commands of package.json. */
import { parseArgs } from 'node:util';
import { messageOf, UserError } from './errors.ts';

const MODES = ['start', 'demo', 'doctor', 'deploy', 'manifest', 'feeds-check', 'feeds'] as const;
type Mode = (typeof MODES)[number];

export interface Arguments {
  readonly mode: Mode;
  /** Poll, print the digest and leave. */
  readonly once: boolean;
  /** Act as this user at the terminal; absent means the one logged in. */
  readonly as?: string;
  /** Keep the demo's database in this file; absent means a temporary one. */
  readonly database?: string;
  /** The public base address of Slack's requests in the manifest; absent means Socket Mode. */
  readonly url?: string;
  /** The base address that sources are read from in place of their own; absent means the sources themselves. */
  readonly mirror?: string;
  /** What to do with the feed list, in the mode `feeds`. */
  readonly list?: ListWork;
  /** Whose feed list; absent means this machine's own. */
  readonly workspace?: string;
  /** Check the sources that are off by default as well; absent means those that are on. */
  readonly all?: boolean;
}

/** Puts all feeds of a file on the list, or prints the list. */
export type ListWork =
  | { readonly work: 'import'; readonly file: string }
  | { readonly work: 'export'; readonly format: 'opml' | 'json' };

export const USAGE = `Usage: npm start                    poll the sources, post digests, answer commands
       npm start -- --once          poll once, print the digest, leave (2 when no source could be read)
       npm run demo                 the same over a recorded sample, without a network
       npm run demo -- --once       the sample's digest alone
       npm run demo -- --database FILE   keep the sample's database
       npm run doctor               check settings, database, network, tokens, rights; says what to fix
       npm run manifest             write slack-manifest.json, from which Slack makes the app
       npm run manifest -- --url https://bot.example.org   for requests over HTTP in place of Socket Mode
       npm run feeds:check          read each default source of the catalogue once, print a table; --all for every source
       npm run feeds:check -- --mirror URL   ask URL/<host>/<path> in place of https://<host>/<path>
       npm run feeds -- import FILE     add all feeds of an OPML or JSON file to the list
       npm run -s feeds -- export json  print the list as opml (if nothing is said) or json
       npm run feeds -- … --workspace slack:T0123   the list of a Slack workspace or a Discord server
       npm run backup [-- FILE]     copy the database, whole and checked, also while the bot runs
       npm run restore -- FILE      put a backup in its place; the former database is kept beside it
       npm run deploy               register the commands with Discord, where they differ
Options: --as NAME  act as this user at the terminal      --help`;

/** Reads the words of the command line. Throws UserError with the usage. */
export function readArguments(words: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  const [mode = 'start', ...rest] = positionals;
  const list = mode === 'feeds' ? readListWork(rest) : undefined;
  if (!isMode(mode) || (rest.length > 0 && list === undefined))
    throw new UserError(`“${[mode, ...rest].join(' ')}” is not known.\n${USAGE}`);
  refuseMisplaced(mode, values);
  return {
    mode,
    ...(list ? { list } : {}),
    ...(values.workspace ? { workspace: values.workspace } : {}),
    once: values.once,
    ...(values.all ? { all: true } : {}),
    ...(values.mirror ? { mirror: values.mirror } : {}),
    ...(values.as ? { as: values.as } : {}),
    ...(values.database ? { database: values.database } : {}),
    ...(values.url ? { url: values.url } : {}),
  };
}

/** Throws UserError for options of another mode, and for values that are none. */
function refuseMisplaced(mode: Mode, values: ReturnType<typeof parse>['values']): void {
  if (values.database !== undefined && mode !== 'demo')
    throw new UserError(`--database is for the demo; set DATABASE_FILE instead.\n${USAGE}`);
  if (values.once && mode !== 'start' && mode !== 'demo')
    throw new UserError(`--once is for start and demo.\n${USAGE}`);
  if (values.url !== undefined && mode !== 'manifest')
    throw new UserError(`--url is for the manifest alone.\n${USAGE}`);
  if (values.url !== undefined && !/^https:\/\/[^\s/]+/.test(values.url))
    throw new UserError('--url is not an https address; Slack sends requests to nothing else.');
  if ((values.mirror !== undefined || values.all) && mode !== 'feeds-check')
    throw new UserError(`--mirror and --all are for feeds-check alone.\n${USAGE}`);
  if (values.mirror !== undefined && !/^https?:\/\/[^\s/]+/.test(values.mirror))
    throw new UserError('--mirror is not an http(s) address, such as http://127.0.0.1:8080');
  if (values.workspace !== undefined && mode !== 'feeds')
    throw new UserError(`--workspace is for feeds alone.\n${USAGE}`);
}

function readListWork([work, what, ...rest]: readonly string[]): ListWork {
  if (rest.length === 0 && work === 'import' && what !== undefined) return { work, file: what };
  if (rest.length === 0 && work === 'export' && (what === undefined || what === 'opml' || what === 'json'))
    return { work, format: what ?? 'opml' };
  throw new UserError(`Say “feeds import FILE” or “feeds export”, with opml or json.\n${USAGE}`);
}

function isMode(word: string): word is Mode {
  return MODES.some((mode) => mode === word);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        once: { type: 'boolean', default: false },
        as: { type: 'string' },
        database: { type: 'string' },
        url: { type: 'string' },
        mirror: { type: 'string' },
        workspace: { type: 'string' },
        all: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (thrown) {
    throw new UserError(`${messageOf(thrown)}\n${USAGE}`);
  }
}
