/** The settings: one schema, the only reader of the environment and of .env. */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { UserError } from './errors.ts';
import { isTimeZone } from './time.ts';

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const list = z.string().transform(splitList);

/** A platform's base address: tests and proxies point it elsewhere. */
const baseUrl = z.url({
  protocol: /^https?$/,
  error: 'is not an http(s) address; leave it out to use the platform itself',
});

const publicUrl = z.url({
  protocol: /^https?$/,
  error: 'is not an http(s) address; use one like https://bot.example.org, or leave it out',
});

function token(prefix: string, where: string) {
  return z.string().startsWith(prefix, { error: `does not start with ${prefix}; copy it from ${where}` });
}

const botTokens = z
  .string()
  .transform(splitList)
  .pipe(z.array(token('xoxb-', 'your app’s page, OAuth & Permissions')).min(1, { error: 'names no token' }));

/** Passwords and fragments have no place in it: the key has a setting of its own. */
const taggerUrl = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address; use one like https://api.openai.com/v1' })
  .refine((text) => !/[@#]/.test(text), { error: 'must not hold a password or a #; the key goes into TAGGER_API_KEY' });

function wholeNumber(least: number, most: number) {
  const error = `is not a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** One entry a setting, named as in the environment; the description is what .env.example says of it. */
export const settingsSchema = z
  .object({
    DATABASE_FILE: z.string().default('data/barrierwatch.db').describe('SQLite file that holds all state'),
    KEEP_OFF_TOPIC_DAYS: wholeNumber(0, 36_500)
      .default(180)
      .describe('Days after which the text of off-topic items is forgotten; 0 keeps it for ever'),
    KEEP_BACKUPS: wholeNumber(0, 1_000)
      .default(0)
      .describe('How many daily backups are kept beside the database; 0 makes none'),
    FEEDS_FILE: z.string().optional().describe('First-run feed list in place of the catalogue: OPML or JSON'),
    TIME_ZONE: z
      .string()
      .refine(isTimeZone, { error: 'is not an IANA time zone; use one like Europe/Brussels or America/New_York' })
      .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
      .describe('Zone of dates and digest times; default: the zone of this machine'),
    DIGEST_TIME: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day; use HH:MM like 08:30' })
      .default('08:30')
      .describe('Local time of the daily digest'),
    CONTACT: z
      .string()
      .regex(/^(https?:\/\/\S+|[^\s@]+@[^\s@]+)$/, { error: 'is neither an e-mail address nor an http(s) address' })
      .optional()
      .describe('E-mail or web address that publishers can reach you at; goes into the User-Agent'),
    FEED_ALLOW_PRIVATE: list
      .default([])
      .describe('Hosts or CIDRs, separated by commas, that feeds may be read from although they are private'),
    HTTP_PORT: z.coerce
      .number({ error: 'is not a number' })
      .int({ error: 'is not a whole number' })
      .min(0, { error: 'is below 0' })
      .max(65_535, { error: 'is above 65535' })
      .default(0)
      .describe('Port of the local web page and health check on 127.0.0.1; 0 is off'),
    PUBLIC_URL: publicUrl
      .optional()
      .describe('Where the internet reaches HTTP_PORT, so that hubs can tell of news (WebSub)'),
    LOG_LEVEL: z
      .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
        error: 'is not a level; use silent, fatal, error, warn, info, debug or trace',
      })
      .default('warn')
      .describe('What is logged to standard error'),
    LOG_FORMAT: z
      .enum(['text', 'json'], { error: 'is neither text nor json' })
      .default('text')
      .describe('Form of the log'),
    ADMINS: list
      .default([])
      .describe(
        'Who may change feeds and digests, as adapter:user, separated by commas; names no local: user = the one at the terminal may',
      ),
    COMMAND_PREFIX: z
      .string()
      .regex(/^[a-z0-9_-]{1,16}$/, { error: 'is not 1 to 16 small letters, digits, - or _' })
      .default('')
      .describe('Put before command names on Slack and Discord, where another app has /feeds'),
    SLACK_BOT_TOKEN: botTokens.optional().describe('Slack bot token; one a workspace, separated by commas'),
    SLACK_APP_TOKEN: token('xapp-', 'your app’s page, Basic Information')
      .optional()
      .describe('Slack app-level token for Socket Mode'),
    SLACK_SIGNING_SECRET: z
      .string()
      .min(1)
      .optional()
      .describe('Slack signing secret, for HTTP in place of Socket Mode'),
    SLACK_ADMIN_GROUP: z
      .string()
      .regex(/^@?[\w.-]+$/, { error: 'is not a user group; use its handle like policy-leads, or its id' })
      .optional()
      .describe('Slack user group whose members may change feeds and digests'),
    SLACK_API_URL: baseUrl.optional().describe('Another base address for the Slack Web API'),
    DISCORD_TOKEN: z.string().min(1).optional().describe('Discord bot token'),
    DISCORD_API_URL: baseUrl.optional().describe('Another base address for the Discord API'),
    TAGGER_API_URL: taggerUrl
      .optional()
      .describe('Base address of a model that reads tags a second time; absent is off'),
    TAGGER_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]+$/, { error: 'holds a character that no key has; copy it again' })
      .optional()
      .describe('Key of that service, where it needs one'),
    TAGGER_MODEL: z
      .string()
      .regex(/^[\w./:@+-]{1,100}$/, { error: 'is not the name of a model; use it as the service writes it' })
      .optional()
      .describe('Name of the model'),
    TAGGER_DAILY_BUDGET: wholeNumber(1, 1_000_000).default(500).describe('Requests a day at most'),
    TAGGER_TIMEOUT: wholeNumber(1, 600).default(60).describe('Seconds that one answer may take'),
  })
  .superRefine((settings, context) => {
    const fault = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, HTTP_PORT } = settings;
    if (SLACK_BOT_TOKEN && !SLACK_APP_TOKEN && !SLACK_SIGNING_SECRET) {
      fault(
        'SLACK_APP_TOKEN',
        'is missing; Slack needs it beside SLACK_BOT_TOKEN (or SLACK_SIGNING_SECRET with HTTP_PORT)',
      );
    }
    if (SLACK_BOT_TOKEN && !SLACK_APP_TOKEN && SLACK_SIGNING_SECRET && HTTP_PORT === 0) {
      fault('HTTP_PORT', 'is missing; without SLACK_APP_TOKEN Slack sends its requests to that port');
    }
    if (settings.PUBLIC_URL && HTTP_PORT === 0) {
      fault('HTTP_PORT', 'is missing; hubs reach the bot at PUBLIC_URL, which has to lead to that port');
    }
    if (settings.PUBLIC_URL && SLACK_BOT_TOKEN && !SLACK_APP_TOKEN) {
      fault(
        'PUBLIC_URL',
        'cannot be used where Slack’s requests come to HTTP_PORT; set SLACK_APP_TOKEN, or leave it out',
      );
    }
    if (settings.TAGGER_API_URL && !settings.TAGGER_MODEL) {
      fault('TAGGER_MODEL', 'is missing; TAGGER_API_URL needs the name of a model beside it');
    }
    if (settings.SLACK_APP_TOKEN && !settings.SLACK_BOT_TOKEN) {
      fault('SLACK_BOT_TOKEN', 'is missing; Slack needs it beside SLACK_APP_TOKEN');
    }
  });

/** The settings after validation; absent means the feature is off. */
export type Config = z.output<typeof settingsSchema>;

/** Settings whose values must never reach a log or a message. */
export const SECRET_SETTINGS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'DISCORD_TOKEN',
  'TAGGER_API_KEY',
] as const;

/** Checks an environment; an empty value counts as absent. Throws UserError that lists every fault with its remedy. */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(present));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`);
  throw new UserError(`These settings need a change (in .env or the environment):\n${faults.join('\n')}`);
}

/** True where Slack sends its requests to HTTP_PORT, because there is no app token for Socket Mode. */
export function isSlackOverHttp({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN }: Config): boolean {
  return SLACK_BOT_TOKEN !== undefined && SLACK_APP_TOKEN === undefined;
}

/** Reads the environment and, below it, `.env` in the working folder when there is one. Throws UserError. */
export function readConfig(): Config {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return parseSettings({ ...file, ...process.env });
}
