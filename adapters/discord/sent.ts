/** Finds a message of ours that was sent before, although its answer was lost or the program ended. */
import { type Message, PermissionFlagsBits, type SendableChannels, SnowflakeUtil } from 'discord.js';
import { DoubtError, RouteError, WorldError } from '../../src/errors.ts';
import { outcomeOf, worldError } from './failure.ts';
import { keyOf } from './message-key.ts';
import type { DiscordMessage } from './render.ts';
import { holds } from './rights.ts';

/** Messages of one answer, Discord's most (resources/message#get-channel-messages), and answers read through. */
const MESSAGES_A_PAGE = 100;
const MOST_PAGES = 20;
/** This machine's clock and Discord's may differ. */
const CLOCK_DIFFERENCE = 2 * 60_000;

export interface Sought {
  readonly message: DiscordMessage;
  /** As `withKey` wrote it. */
  readonly key: string;
  /** Milliseconds; nothing before it is looked at. */
  readonly since: number;
}

/**
 * The message, or undefined where it surely is not there. Throws DoubtError where it may not be looked for, RouteError where the
 * channel is closed, and WorldError where Discord does not answer or more was said since than can be read through.
 */
export async function findSent(
  channel: SendableChannels,
  sought: Sought,
): Promise<{ readonly id: string } | undefined> {
  if (!mayReadHistory(channel)) {
    throw new DoubtError(
      'Whether it arrived could not be seen: give Barrierwatch the permission Read Message History there.',
      { isLasting: true },
    );
  }
  const since = sought.since - CLOCK_DIFFERENCE;
  let after = String(SnowflakeUtil.generate({ timestamp: since, increment: 0n, workerId: 0n, processId: 0n }));
  for (let page = 0; page < MOST_PAGES; page++) {
    const messages = [...(await fetchAfter(channel, after)).values()];
    const found = messages.find((each) => each.author.id === channel.client.user.id && isSame(each, sought));
    if (found) return found;
    if (messages.length < MESSAGES_A_PAGE) return undefined;
    after = messages.map(({ id }) => id).reduce((one, other) => (BigInt(one) > BigInt(other) ? one : other));
  }
  throw new WorldError(`More than ${MESSAGES_A_PAGE * MOST_PAGES} messages were posted there since.`);
}

async function fetchAfter(channel: SendableChannels, after: string) {
  try {
    return await channel.messages.fetch({ limit: MESSAGES_A_PAGE, after, cache: false });
  } catch (thrown) {
    const failure = worldError(thrown);
    if (failure instanceof RouteError || outcomeOf(thrown) !== 'refused') throw failure;
    throw new DoubtError(`Whether it arrived could not be seen: ${failure.message}`, {
      isLasting: true,
      cause: thrown,
    });
  }
}

function mayReadHistory(channel: SendableChannels): boolean {
  if (channel.isDMBased()) return true;
  const { me } = channel.guild.members;
  return me !== null && holds(channel.permissionsFor(me), PermissionFlagsBits.ReadMessageHistory);
}

/** By its key; a message that has no place for one, by its words. */
function isSame(stored: Message, { message, key }: Sought): boolean {
  const found = keyOf(stored);
  return found === undefined ? wordsOf(stored) === wordsOf(message) : found === key;
}

interface Words {
  readonly content: string;
  readonly embeds: readonly { readonly title?: string | null; readonly description?: string | null }[];
}

function wordsOf({ content, embeds }: Words): string {
  return [content, ...embeds.flatMap(({ title, description }) => [title ?? '', description ?? ''])]
    .join(' ')
    .replace(/\s+/g, '');
}
