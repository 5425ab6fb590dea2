/** Edits messages of ours in place: the first in its channel, the rest in the thread on it. An edit pings nobody. */
import type { GuildTextBasedChannel, Message, SendableChannels } from 'discord.js';
import type { Card } from '../../src/card.ts';
import { prefixed } from '../../src/command-prefix.ts';
import type { Channel } from '../../src/model.ts';
import { keepLong, pressesOf } from './custom-id.ts';
import { CODES, codeOf, worldError } from './failure.ts';
import { keyOf, withKey } from './message-key.ts';
import { existingThread, findChannel, type PostParts } from './post.ts';
import { type DiscordMessage, renderCard } from './render.ts';
import { nonceOf, payloadOf } from './sender.ts';

/** More than a digest has parts; what came later behind it is people's talk and answers to them. */
const MESSAGES_SEEN = 100;

/** The message that was posted under a key, and what it is to show now. */
export interface Revision {
  readonly messageRef: string;
  readonly key: string;
  readonly card: Card;
}

/**
 * Shows the card in place of the one that was posted under the reference and key. False where a part of it is gone, where the bot
 * may not read what it wrote, or where the card needs more messages than were posted; those it needs no more are taken away.
 * Throws WorldError.
 */
export function reviseCard(parts: PostParts, channel: Channel, { messageRef, key, card }: Revision): Promise<boolean> {
  const { client, sender, host, prefix } = parts;
  return sender.inTurn(channel.id, async () => {
    const target = await findChannel(client, channel);
    const kept = await keepLong(host, channel.workspaceId, pressesOf(card));
    const messages = renderCard(prefixed(card, prefix), { kept, buttonsUnder: 'first' });
    try {
      const parent = await target.messages.fetch(messageRef);
      const posted = [parent, ...(await partsBehind(client, target, { messageRef, key }))];
      if (posted.length < messages.length) return false;
      for (const [index, message] of posted.entries()) {
        const shown = messages[index];
        if (shown) await edit(message, withKey(shown, nonceOf(`${key}/${index}`)));
        else await message.delete();
      }
      return true;
    } catch (thrown) {
      if (isLost(thrown)) return false;
      throw worldError(thrown);
    }
  });
}

async function edit(message: Message, shown: DiscordMessage): Promise<void> {
  const { files: _, ...payload } = payloadOf(shown);
  await message.edit(payload);
}

/**
 * The second message of a post and those after it, as far as each stands: told by their keys, since the bot also answers people in
 * that thread. They stand behind the first in the channel where threads are not possible.
 */
async function partsBehind(
  client: PostParts['client'],
  target: GuildTextBasedChannel,
  { messageRef, key }: Pick<Revision, 'messageRef' | 'key'>,
): Promise<Message[]> {
  const thread = await existingThread(client, messageRef).catch((thrown: unknown): SendableChannels | undefined => {
    if (codeOf(thrown) === CODES.unknownChannel) return undefined;
    throw thrown;
  });
  // A thread has the id of its message, and what follows it there came first.
  const options = { limit: MESSAGES_SEEN, after: messageRef, cache: false } as const;
  const found = await (thread ?? target).messages.fetch(options);
  const byKey = new Map(
    [...found.values()].flatMap((message) => (message.author.id === client.user.id ? [[keyOf(message), message]] : [])),
  );
  const parts: Message[] = [];
  for (let index = 1; ; index++) {
    const part = byKey.get(nonceOf(`${key}/${index}`));
    if (part === undefined) return parts;
    parts.push(part);
  }
}

function isLost(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === CODES.unknownMessage || code === CODES.notOfAnother;
}
