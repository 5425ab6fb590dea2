/** What stands behind `npm start --` and `npm run demo --`. */
import { parseArgs } from 'node:util';
import { messageOf, UserError } from './errors.ts';

export interface Arguments {
  readonly mode: 'start' | 'demo';
  /** Poll, print the digest and leave. */
  readonly once: boolean;
  /** Act as this user at the terminal; absent means the one logged in. */
  readonly as?: string;
  /** Keep the demo's database in this file; absent means a temporary one. */
  readonly database?: string;
}

export const USAGE = `Usage: npm start                    poll the sources, post digests, answer commands
       npm start -- --once          poll once, print the digest, leave (2 when no source could be read)
       npm run demo                 the same over a recorded sample, without a network
       npm run demo -- --once       the sample's digest alone
       npm run demo -- --database FILE   keep the sample's database
Options: --as NAME  act as this user at the terminal      --help`;

/** Reads the words of the command line. Throws UserError with the usage. */
export function readArguments(words: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  const [mode = 'start', ...rest] = positionals;
  if ((mode !== 'start' && mode !== 'demo') || rest.length > 0)
    throw new UserError(`“${[mode, ...rest].join(' ')}” is not known.\n${USAGE}`);
  if (values.database !== undefined && mode !== 'demo')
    throw new UserError(`--database is for the demo; set DATABASE_FILE instead.\n${USAGE}`);
  return {
    mode,
    once: values.once,
    ...(values.as ? { as: values.as } : {}),
    ...(values.database ? { database: values.database } : {}),
  };
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
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (thrown) {
    throw new UserError(`${messageOf(thrown)}\n${USAGE}`);
  }
}
