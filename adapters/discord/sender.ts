/** Sends one message at a time to each channel, tries again what helps, and says for certain what became of it. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SendableChannels } from 'discord.js';
import { DoubtError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { outcomeOf, worldError } from './failure.ts';
import { LIMITS } from './limits.ts';
import { withKey } from './message-key.ts';
import type { DiscordMessage } from './render.ts';
import { findSent, type Sought } from './sent.ts';

/** The client itself repeats 5xx answers three times at once; these pauses, in milliseconds, outlast a longer fault. */
export const RETRY_PAUSES: readonly number[] = [500, 2_000, 5_000];

export interface Sender {
  /** Runs the tasks of one channel one after the other. */
  inTurn<Result>(channelId: string, task: () => Promise<Result>): Promise<Result>;
  /** Sends a message once. Throws WorldError when it did not arrive, and DoubtError when that is not known. */
  send(channel: SendableChannels, message: DiscordMessage, key: string): Promise<{ readonly id: string }>;
  /** The message that an earlier run may have sent since then, in milliseconds; undefined where it surely is not there. Throws as `findSent`. */
  find(
    channel: SendableChannels,
    message: DiscordMessage,
    key: string,
    since: number,
  ): Promise<{ readonly id: string } | undefined>;
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
      const nonce = nonceOf(key);
      const payload = payloadOf(withKey(message, nonce), nonce);
      let isDoubtful = false;
      for (let attempt = 0; ; attempt++) {
        try {
          return await channel.send(payload);
        } catch (thrown) {
          const outcome = outcomeOf(thrown);
          isDoubtful ||= outcome === 'unknown';
          const pause = outcome === 'refused' ? undefined : pauses[attempt];
          if (pause === undefined)
            return isDoubtful ? lookFor(channel, { message, key: nonce, since: started }, thrown) : fail(thrown);
          log.info({ channel: channel.id, attempt, outcome }, 'a message to Discord is sent again');
          await setTimeout(pause);
        }
      }
    },
    find: (channel, message, key, since) => findSent(channel, { message, key: nonceOf(key), since }),
    async settled() {
      while (turns.size > 0) await Promise.all(turns.values());
    },
  };
}

/** The key of a message as Discord takes it, the same for the same key: with a nonce that it saw some minutes ago it shows nothing. */
export function nonceOf(key: string): string {
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
async function lookFor(channel: SendableChannels, sought: Sought, thrown: unknown): Promise<{ readonly id: string }> {
  let found: { readonly id: string } | undefined;
  try {
    found = await findSent(channel, sought);
  } catch {
    // What could not be looked up stays unknown, and is asked about again later.
    const why = worldError(thrown).message;
    throw new DoubtError(`It is not known whether the message arrived: ${why}`, { cause: thrown });
  }
  return found ?? fail(thrown);
}
