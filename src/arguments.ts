/** What stands behind `npm start --`, `npm run demo --` and the other commands of package.json. */
import { parseArgs } from 'node:util';
import { messageOf, UserError } from './errors.ts';

const MODES = ['start', 'demo', 'doctor', 'deploy', 'manifest'] as const;
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
}

export const USAGE = `Usage: npm start                    poll the sources, post digests, answer commands
       npm start -- --once          poll once, print the digest, leave (2 when no source could be read)
       npm run demo                 the same over a recorded sample, without a network
       npm run demo -- --once       the sample's digest alone
       npm run demo -- --database FILE   keep the sample's database
       npm run doctor               check settings, database, network, tokens, rights; says what to fix
       npm run manifest             write slack-manifest.json, from which Slack makes the app
       npm run manifest -- --url https://bot.example.org   for requests over HTTP in place of Socket Mode
       npm run deploy               register the commands with Discord, where they differ
Options: --as NAME  act as this user at the terminal      --help`;

/** Reads the words of the command line. Throws UserError with the usage. */
export function readArguments(words: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  const [mode = 'start', ...rest] = positionals;
  if (!isMode(mode) || rest.length > 0) throw new UserError(`“${[mode, ...rest].join(' ')}” is not known.\n${USAGE}`);
  if (values.database !== undefined && mode !== 'demo')
    throw new UserError(`--database is for the demo; set DATABASE_FILE instead.\n${USAGE}`);
  if (values.once && mode !== 'start' && mode !== 'demo')
    throw new UserError(`--once is for start and demo.\n${USAGE}`);
  if (values.url !== undefined && mode !== 'manifest')
    throw new UserError(`--url is for the manifest alone.\n${USAGE}`);
  if (values.url !== undefined && !/^https:\/\/[^\s/]+/.test(values.url))
    throw new UserError('--url is not an https address; Slack sends requests to nothing else.');
  return {
    mode,
    once: values.once,
    ...(values.as ? { as: values.as } : {}),
    ...(values.database ? { database: values.database } : {}),
    ...(values.url ? { url: values.url } : {}),
  };
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
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (thrown) {
    throw new UserError(`${messageOf(thrown)}\n${USAGE}`);
  }
}
