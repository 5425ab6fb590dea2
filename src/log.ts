/** The log: levels, text or JSON, on standard error, with secrets struck out. */
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.ts';
import { SECRET_SETTINGS } from './config.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Secrets that platforms hand out while the bot runs: tokens, and addresses that let whoever knows them speak for the bot. */
const HANDED_OUT = [
  // Without a boundary before them: in JSON the n of an escaped line break stands there.
  [/x(?:ox[a-z]|app)-[\w-]+/g, '[slack token]'],
  [/(?:https?:\/\/)?hooks\.slack\.com\/[^\s"'\\]+/g, '[slack response address]'],
  [/(\/(?:webhooks|interactions)\/\d+\/)[\w.-]+/g, '$1[interaction token]'],
  [/([?&]ticket=)[^&\s"'\\]+/g, '$1[slack ticket]'],
] as const;

/** Replaces every secret value of the settings by its name, wherever it stands in the text, and what looks like a secret. */
export function redactor(config: Partial<Config>): (text: string) => string {
  const secrets = SECRET_SETTINGS.flatMap((name) => {
    const values = [config[name] ?? []].flat();
    // In JSON a quote or backslash of the secret stands escaped.
    return values.flatMap((value) =>
      [value, JSON.stringify(value).slice(1, -1)].map((form) => [form, `[${name}]`] as const),
    );
  });
  return (text) => {
    const named = secrets.reduce((line, [value, name]) => line.replaceAll(value, name), text);
    return HANDED_OUT.reduce((line, [pattern, name]) => line.replace(pattern, name), named);
  };
}

/** A logger to standard error, or to `write` where given. */
export function createLog(
  config: Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT'> & Partial<Config>,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Log {
  const redact = redactor(config);
  const format =
    config.LOG_FORMAT === 'text'
      ? pretty.prettyFactory({ colorize: false, ignore: 'pid,hostname', translateTime: 'UTC:yyyy-mm-dd HH:MM:ss' })
      : (line: string) => line;
  return pino({ level: config.LOG_LEVEL }, { write: (line: string) => write(redact(format(line))) });
}
