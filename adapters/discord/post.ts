/** Posts a card in a channel: the first message there, the rest in a thread on it, each once. */
import { type Client, type GuildTextBasedChannel, type SendableChannels, ThreadAutoArchiveDuration } from 'discord.js';
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Card } from '../../src/card.ts';
import { prefixed } from '../../src/command-prefix.ts';
import { DoubtError, RouteError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Channel, Instant } from '../../src/model.ts';
import type { Resumed } from '../../src/ports.ts';
import { workspaceId } from './asker.ts';
import { keepLong, pressesOf } from './custom-id.ts';
import { CODES, codeOf, outcomeOf, worldError } from './failure.ts';
import { LIMITS } from './limits.ts';
import { type DiscordMessage, renderCard } from './render.ts';
import { mayThread } from './rights.ts';
import type { Sender } from './sender.ts';
import { cut, safeLine } from './text.ts';

export interface PostParts {
  readonly client: Client<true>;
  readonly sender: Sender;
  readonly host: Pick<AdapterHost, 'keepLine'>;
  readonly log: Pick<Log, 'info'>;
  readonly prefix: string;
}

/** Posts the card's messages in order; resolves with the id of the first. Throws WorldError, RouteError or DoubtError. */
export function postCard(parts: PostParts, channel: Channel, card: Card, key: string): Promise<string> {
  const { client, sender } = parts;
  return sender.inTurn(channel.id, async () => {
    const target = await findChannel(client, channel);
    const [first, ...rest] = await messagesOf(parts, channel, card);
    if (first === undefined) throw new Error('a card without a message');
    const { id } = await sender.send(target, first, `${key}/0`);
    if (rest.length > 0) await postRest(parts, { target, parentId: id, title: card.title }, rest, key);
    return id;
  });
}

/** Goes on with such a post: looks for each of its messages and sends those that are not there. Throws as `Adapter.resume`. */
export function resumeCard(
  parts: PostParts,
  channel: Channel,
  card: Card,
  { key, since }: { readonly key: string; readonly since: Instant },
): Promise<Resumed> {
  const { client, sender } = parts;
  return sender.inTurn(channel.id, async () => {
    const target = await findChannel(client, channel);
    const messages = await messagesOf(parts, channel, card);
    const at = Date.parse(since);
    let place: SendableChannels = target;
    let parentId: string | undefined;
    let found = 0;
    for (const [index, message] of messages.entries()) {
      if (index === 1 && parentId)
        place = await placeOfRest(parts, { target, parentId, title: card.title }, { message, key, at });
      // They arrive in order, so behind the first that is missing none is looked for.
      const known = found === index ? await sender.find(place, message, `${key}/${index}`, at) : undefined;
      if (known) found += 1;
      const { id } = known ?? (await sender.send(place, message, `${key}/${index}`));
      parentId ??= id;
    }
    if (parentId === undefined) throw new Error('a card without a message');
    return { messageRef: parentId, found, messages: messages.length };
  });
}

/** Where the second message stands, if it does; else where it belongs. */
async function placeOfRest(
  parts: PostParts,
  place: Place,
  { message, key, at }: { readonly message: DiscordMessage; readonly key: string; readonly at: number },
): Promise<SendableChannels> {
  const { target } = place;
  if (await parts.sender.find(target, message, `${key}/1`, at)) return target;
  return (await openThread(parts, place)) ?? target;
}

async function messagesOf({ host, prefix }: PostParts, channel: Channel, card: Card): Promise<DiscordMessage[]> {
  const kept = await keepLong(host, channel.workspaceId, pressesOf(card));
  return renderCard(prefixed(card, prefix), { kept, buttonsUnder: 'first' });
}

interface Place {
  readonly target: GuildTextBasedChannel & SendableChannels;
  readonly parentId: string;
  readonly title: string;
}

/** Once the first message stands, what fails is in doubt: sent again, it would be sent in part a second time. */
async function postRest(parts: PostParts, place: Place, rest: readonly DiscordMessage[], key: string): Promise<void> {
  let arrived = 1;
  try {
    const thread = (await openThread(parts, place)) ?? place.target;
    for (const message of rest) {
      await parts.sender.send(thread, message, `${key}/${arrived}`);
      arrived += 1;
    }
  } catch (thrown) {
    const why = thrown instanceof DoubtError ? thrown.message : worldError(thrown).message;
    throw new DoubtError(`${arrived} of ${rest.length + 1} messages arrived. ${why}`, { cause: thrown });
  }
}

/** The thread on a message, new or from an earlier try; undefined where threads are not possible. */
async function openThread(
  { client, log }: PostParts,
  { target, parentId, title }: Place,
): Promise<SendableChannels | undefined> {
  const { me } = target.guild.members;
  if (!('threads' in target) || me === null || !mayThread(target.permissionsFor(me))) return undefined;
  const name = cut(safeLine(title), LIMITS.threadName) || 'Digest';
  const make = async () => {
    const options = { name, startMessage: parentId, autoArchiveDuration: ThreadAutoArchiveDuration.OneWeek };
    const thread = await target.threads.create(options);
    return thread.isSendable() ? thread : undefined;
  };
  // A lost answer is asked for again: a thread that was made then says so.
  for (const isLast of [false, true]) {
    try {
      return await make();
    } catch (thrown) {
      if (codeOf(thrown) === CODES.threadExists) return existingThread(client, parentId);
      if (outcomeOf(thrown) === 'refused' || isLast) {
        log.info({ channel: target.id, reason: worldError(thrown).message }, 'a thread could not be made');
        return undefined;
      }
    }
  }
  return undefined;
}

/** A thread has the id of the message it hangs on. */
export async function existingThread(client: Client, id: string): Promise<SendableChannels | undefined> {
  const thread = await client.channels.fetch(id);
  return thread?.isSendable() ? thread : undefined;
}

/** The channel, which must belong to the workspace. Throws RouteError or WorldError. */
export async function findChannel(client: Client, channel: Channel): Promise<GuildTextBasedChannel & SendableChannels> {
  const found = await client.channels.fetch(channel.id).catch((thrown: unknown) => {
    throw worldError(thrown);
  });
  if (!found || found.isDMBased() || workspaceId(found.guildId) !== channel.workspaceId)
    throw new RouteError('The channel belongs to another server; set the digest up here with /digest schedule.');
  if (!found.isTextBased() || !found.isSendable())
    throw new RouteError('This kind of channel takes no messages; set the digest up in a text channel.');
  return found;
}
