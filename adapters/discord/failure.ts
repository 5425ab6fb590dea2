/** Discord's refusals as one clear sentence each, with what to do (docs topics/opcodes-and-status-codes#json). */
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError } from 'discord.js';
import { messageOf, RouteError, UserError, WorldError } from '../../src/errors.ts';

export const CODES = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMessage: 10008,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  notOfAnother: 50005,
  cannotSendToUser: 50007,
  notText: 50008,
  missingPermissions: 50013,
  wrongChannelType: 50024,
  invalidWebhookToken: 50027,
  threadArchived: 50083,
  threadExists: 160004,
  threadLocked: 160005,
} as const;

const UNSEEN =
  'Barrierwatch cannot see this channel: give it the permission View Channel there, or invite it to the server again.';

/** What keeps a channel from taking any post until a person acts. */
const ROUTE_SENTENCES: Readonly<Record<number, string>> = {
  [CODES.unknownChannel]: 'The channel no longer exists; set the digest up in another one with /digest schedule.',
  [CODES.unknownGuild]:
    'Barrierwatch is no longer in this server; invite it again with the link it prints at its start.',
  [CODES.missingAccess]: UNSEEN,
  [CODES.missingPermissions]:
    'Barrierwatch lacks a permission in this channel: give it View Channel, Send Messages (in a thread: Send Messages in Threads) and Embed Links there.',
  [CODES.notText]: 'This kind of channel takes no messages; set the digest up in a text channel.',
  [CODES.wrongChannelType]: 'This kind of channel takes no messages; set the digest up in a text channel.',
  [CODES.threadArchived]: 'The thread is archived and locked; unlock it, or set the digest up in a channel.',
  [CODES.threadLocked]: 'The thread is locked; unlock it, or set the digest up in a channel.',
};

/** Failures before anything was sent: nothing can have arrived. */
const NEVER_SENT = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT)\b/;

/** Discord's code of a refusal; undefined for anything else that was thrown. */
export function codeOf(thrown: unknown): number | undefined {
  return thrown instanceof DiscordAPIError && typeof thrown.code === 'number' ? thrown.code : undefined;
}

/** The sentence on a refusal that lasts until a person acts; undefined for any other failure. */
function routeSentence(thrown: unknown): string | undefined {
  const code = codeOf(thrown);
  return code === undefined ? undefined : ROUTE_SENTENCES[code];
}

/** What an answer of the platform, or its silence, says of the work that was asked for. */
export type Outcome = 'refused' | 'never sent' | 'unknown';

export function outcomeOf(thrown: unknown): Outcome {
  if (thrown instanceof DiscordAPIError && thrown.status < 500) return 'refused';
  return NEVER_SENT.test(networkCodes(thrown)) ? 'never sent' : 'unknown';
}

/** Any failure of a call to Discord as an error of the core: a refused post, or a network that does not answer. */
export function worldError(thrown: unknown): WorldError {
  if (thrown instanceof WorldError) return thrown;
  const sentence = routeSentence(thrown);
  if (sentence !== undefined) return new RouteError(sentence, { cause: thrown });
  if (codeOf(thrown) === CODES.cannotSendToUser)
    return new WorldError('This person takes no direct messages from the bot.', { cause: thrown });
  if (isTokenRefused(thrown)) return new WorldError(TOKEN_SENTENCE, { cause: thrown });
  if (thrown instanceof DiscordAPIError)
    return new WorldError(`Discord refused it: ${thrown.message} (code ${thrown.code}).`, { cause: thrown });
  if (thrown instanceof HTTPError)
    return new WorldError(`Discord answered with status ${thrown.status}; see https://discordstatus.com.`, {
      cause: thrown,
    });
  const codes = networkCodes(thrown);
  return new WorldError(`Discord does not answer${codes ? ` (${codes})` : ''}.`, { cause: thrown });
}

const TOKEN_SENTENCE =
  'DISCORD_TOKEN is refused by Discord. Copy it again at https://discord.com/developers/applications: your application, Bot, Reset Token.';

/** A start that failed: UserError for what only a person can mend, else WorldError. */
export function startError(thrown: unknown): UserError | WorldError {
  if (thrown instanceof UserError || thrown instanceof WorldError) return thrown;
  if (isTokenRefused(thrown)) return new UserError(TOKEN_SENTENCE);
  if (/disallowed intents/i.test(messageOf(thrown))) return new UserError(INTENTS_SENTENCE);
  return worldError(thrown);
}

const INTENTS_SENTENCE =
  'Discord refuses the intents of this bot, although it asks for Guilds alone, which need no approval; look at https://discord.com/developers/applications whether the application is blocked.';

function isTokenRefused(thrown: unknown): boolean {
  if (thrown instanceof DiscordjsError) return thrown.code === DiscordjsErrorCodes.TokenInvalid;
  if (thrown instanceof DiscordAPIError || thrown instanceof HTTPError) return thrown.status === 401;
  return /authentication failed/i.test(messageOf(thrown));
}

/** The closing codes after which the client does not come back by itself, in words (docs opcodes-and-status-codes#gateway). */
export function closeSentence(code: number): string {
  if (code === 4004) return TOKEN_SENTENCE;
  if (code === 4013 || code === 4014) return INTENTS_SENTENCE;
  if (code === 4011) return 'The bot is in more than 2,500 servers, which one connection does not serve.';
  return `Discord closed the connection for good (code ${code}); restart Barrierwatch.`;
}

/** The codes of a network failure and of what caused it, such as `ECONNREFUSED`. */
function networkCodes(thrown: unknown): string {
  const codes: string[] = [];
  for (let each: unknown = thrown; each instanceof Error && codes.length < 5; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') codes.push(each.code);
    // A name with several addresses fails with one error for each.
    if (each instanceof AggregateError) codes.push(...each.errors.map(networkCodes).filter((code) => code !== ''));
  }
  return [...new Set(codes)].join(', ');
}
