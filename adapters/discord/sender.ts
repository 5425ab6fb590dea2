/** Sends one message at a time to each channel, tries again what helps, and says for certain what became of it. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Message, PermissionFlagsBits, type SendableChannels } from 'discord.js';
import { DoubtError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { outcomeOf, worldError } from './failure.ts';
import { LIMITS } from './limits.ts';
import type { DiscordMessage } from './render.ts';
import { holds } from './rights.ts';

/** The client itself repeats 5xx answers three times at once; these pauses, in milliseconds, outlast a longer fault. */
export const RETRY_PAUSES: readonly number[] = [500, 2_000, 5_000];

/** Messages looked through for one whose answer was lost. */
const LOOKED_BACK = 25;
/** This machine's clock and Discord's may differ. */
const CLOCK_DIFFERENCE = 2 * 60_000;

export interface Sender {
  /** Runs the tasks of one channel one after the other. */
  inTurn<Result>(channelId: string, task: () => Promise<Result>): Promise<Result>;
  /** Sends a message once. Throws WorldError when it did not arrive, and DoubtError when that is not known. */
  send(channel: SendableChannels, message: DiscordMessage, key: string): Promise<{ readonly id: string }>;
  /** Resolves when all turns are over. */
  settled(): Promise<void>;
}

export function createSender(log: Pick<Log, 'info'>, pauses: readonly number[] = RETRY_PAUSES): Sender {
  const turns = new Map<string, Promise<unknown>>();

  return {
    inTurn(channelId, task) {
      const before = turns.get(channelId) ?? Promise.resolve();
      const turn = before.then(task, task);
      const settled = turn.catch(() => {});
      turns.set(channelId, settled);
      void settled.then(() => {
        if (turns.get(channelId) === settled) turns.delete(channelId);
      });
      return turn;
    },
    async send(channel, message, key) {
      const started = Date.now();
      const payload = payloadOf(message, nonceOf(key));
      let isDoubtful = false;
      for (let attempt = 0; ; attempt++) {
        try {
          return await channel.send(payload);
        } catch (thrown) {
          const outcome = outcomeOf(thrown);
          isDoubtful ||= outcome === 'unknown';
          const pause = outcome === 'refused' ? undefined : pauses[attempt];
          if (pause === undefined) return isDoubtful ? lookFor(channel, message, started, thrown) : fail(thrown);
          log.info({ channel: channel.id, attempt, outcome }, 'a message to Discord is sent again');
          await setTimeout(pause);
        }
      }
    },
    async settled() {
      while (turns.size > 0) await Promise.all(turns.values());
    },
  };
}

/** The same for the same key: Discord shows a message with a nonce that it saw some minutes ago only once. */
function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, LIMITS.nonce);
}

export function payloadOf({ content, embeds, components, files }: DiscordMessage, nonce?: string) {
  return {
    content,
    embeds: [...embeds],
    components: [...components],
    files: files.map((file) => ({ attachment: Buffer.from(file.content), name: file.name })),
    allowedMentions: { parse: [] },
    ...(nonce === undefined ? {} : { nonce, enforceNonce: true }),
  };
}

function fail(thrown: unknown): never {
  throw worldError(thrown);
}

/** After lost answers: the message that was stored all the same. Throws WorldError when it was not, DoubtError when nobody can tell. */
async function lookFor(
  channel: SendableChannels,
  message: DiscordMessage,
  since: number,
  thrown: unknown,
): Promise<{ readonly id: string }> {
  const known = await findSent(channel, message, since);
  if (known === 'not there') return fail(thrown);
  if (known !== 'not known') return known;
  const why = worldError(thrown).message;
  throw new DoubtError(`It is not known whether the message arrived: ${why}`, { cause: thrown });
}

/** Looks for a message of ours that says the same and was stored since; what may not be read is not known. */
async function findSent(
  channel: SendableChannels,
  message: DiscordMessage,
  since: number,
): Promise<{ readonly id: string } | 'not there' | 'not known'> {
  try {
    if (!mayReadHistory(channel)) return 'not known';
    const found = await channel.messages.fetch({ limit: LOOKED_BACK, cache: false });
    const same = found.find(
      (each) =>
        each.author.id === channel.client.user.id &&
        each.createdTimestamp > since - CLOCK_DIFFERENCE &&
        sameWords(each, message),
    );
    return same ?? 'not there';
  } catch {
    // What could not be looked up stays unknown; the caller says so.
    return 'not known';
  }
}

function mayReadHistory(channel: SendableChannels): boolean {
  if (channel.isDMBased()) return true;
  const { me } = channel.guild.members;
  return me !== null && holds(channel.permissionsFor(me), PermissionFlagsBits.ReadMessageHistory);
}

function sameWords(stored: Message, sent: DiscordMessage): boolean {
  const words = (content: string, embeds: readonly { title?: string | null; description?: string | null }[]) =>
    [content, ...embeds.flatMap(({ title, description }) => [title ?? '', description ?? ''])]
      .join(' ')
      .replace(/\s+/g, '');
  return words(stored.content, stored.embeds) === words(sent.content, sent.embeds);
}
