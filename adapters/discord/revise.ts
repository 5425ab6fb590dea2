/** Edits messages of ours in place: the first in its channel, the rest in the thread on it. An edit pings nobody. */
import { type Message, MessageType, type SendableChannels } from 'discord.js';
import type { Card } from '../../src/card.ts';
import { prefixed } from '../../src/command-prefix.ts';
import type { Channel } from '../../src/model.ts';
import { keepLong, pressesOf } from './custom-id.ts';
import { CODES, codeOf, worldError } from './failure.ts';
import { existingThread, findChannel, type PostParts } from './post.ts';
import { type DiscordMessage, renderCard } from './render.ts';
import { payloadOf } from './sender.ts';

/** More than a digest has parts. */
const MESSAGES_SEEN = 100;

/**
 * Shows the card in place of the one that was posted under that reference. False where it is gone, where the bot may not read
 * what it wrote, or where the card needs more messages than were posted; those it needs no more are taken away. Throws WorldError.
 */
export function reviseCard(parts: PostParts, channel: Channel, messageRef: string, card: Card): Promise<boolean> {
  const { client, sender, host, prefix } = parts;
  return sender.inTurn(channel.id, async () => {
    const target = await findChannel(client, channel);
    const kept = await keepLong(host, channel.workspaceId, pressesOf(card));
    const [first, ...rest] = renderCard(prefixed(card, prefix), { kept, buttonsUnder: 'first' });
    if (first === undefined) throw new Error('a card without a message');
    try {
      const parent = await target.messages.fetch(messageRef);
      const posted = await threadMessages(parts, messageRef);
      if (posted.length < rest.length) return false;
      await edit(parent, first);
      for (const [index, message] of posted.entries()) {
        const shown = rest[index];
        if (shown) await edit(message, shown);
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

/** What the bot itself wrote in the thread on a message, the oldest first; answers to people are not among it. */
async function threadMessages({ client }: PostParts, parentId: string): Promise<Message[]> {
  const thread = await existingThread(client, parentId).catch((thrown: unknown): SendableChannels | undefined => {
    if (codeOf(thrown) === CODES.unknownChannel) return undefined;
    throw thrown;
  });
  if (thread === undefined) return [];
  // A thread has the id of its message, and what follows it there came first.
  const found = await thread.messages.fetch({ limit: MESSAGES_SEEN, after: parentId, cache: false });
  return [...found.values()]
    .filter(({ author, type, interactionMetadata }) => {
      return author.id === client.user.id && type === MessageType.Default && interactionMetadata === null;
    })
    .sort((one, other) => one.createdTimestamp - other.createdTimestamp || (one.id < other.id ? -1 : 1));
}

function isLost(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === CODES.unknownMessage || code === CODES.notOfAnother;
}
