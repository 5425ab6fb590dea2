/** Makes and changes messages: what they hold, whom they ping, and what the channel refuses. */

import { pingedBy } from './mentions.ts';
import { type MessageBody, messageBody } from './message-body.ts';
import { checkMessage } from './message-limits.ts';
import { may } from './permissions.ts';
import { refuse } from './refusal.ts';
import type { RequestBody } from './request-body.ts';
import {
  type Bot,
  type Channel,
  DIRECT,
  FORUM,
  type Interaction,
  type Message,
  PUBLIC_THREAD,
  type State,
} from './state.ts';

const EPHEMERAL = 64;

/** The body of a message route after all checks of its form. */
export function parseMessage(
  { json, files }: RequestBody,
  options: { readonly isEdit?: boolean; readonly isInteraction?: boolean } = {},
): MessageBody {
  const body = messageBody.parse(json ?? {});
  checkMessage(body, files, options);
  return body;
}

/** Throws what a bot without the rights for it gets. */
export function checkRights(channel: Channel, bot: Bot, body: MessageBody, uploads: number): void {
  if (channel.type === DIRECT) return;
  if (!may(channel, bot.user.id, 'viewChannel')) throw refuse('missingAccess');
  if (channel.type === FORUM) throw refuse('notText');
  if (channel.archived && channel.locked) throw refuse('threadArchived');
  const speak = channel.type === PUBLIC_THREAD ? 'sendMessagesInThreads' : 'sendMessages';
  if (!may(channel, bot.user.id, speak)) throw refuse('missingPermissions');
  if (body.embeds?.length && !may(channel, bot.user.id, 'embedLinks')) throw refuse('missingPermissions');
  if (uploads > 0 && !may(channel, bot.user.id, 'attachFiles')) throw refuse('missingPermissions');
}

interface Draft {
  readonly channel: Channel;
  readonly bot: Bot;
  readonly body: MessageBody;
  readonly files: RequestBody['files'];
  readonly interaction?: Interaction;
  readonly isLoading?: boolean;
}

/** Adds a message to its channel; with `enforce_nonce` a nonce that was used a moment ago gives the message it made. */
export function addMessage(
  state: State,
  { channel, bot, body, files, interaction, isLoading = false }: Draft,
): Message {
  const nonce = body.nonce == null ? undefined : String(body.nonce);
  const known =
    body.enforce_nonce && nonce !== undefined
      ? channel.messages.find((each) => each.nonce === nonce && each.author === bot.user && isRecent(state, each))
      : undefined;
  if (known) return known;
  const flags = body.flags ?? 0;
  const message: Message = {
    id: state.snowflake(),
    channel,
    author: bot.user,
    content: '',
    embeds: [],
    components: [],
    files: [],
    flags: flags | (isLoading ? 128 : 0),
    at: state.now(),
    isLoading,
    isEdited: false,
    pinged: [],
    ...(nonce === undefined ? {} : { nonce }),
    ...(interaction ? { interactionId: interaction.id } : {}),
    ...(interaction && flags & EPHEMERAL ? { ephemeralFor: interaction.user.id } : {}),
  };
  if (!isLoading) fill(state, message, body, files);
  channel.messages.push(message);
  interaction?.messages.push(message);
  if (channel.archived) channel.archived = false;
  return message;
}

/** Discord remembers nonces for some minutes. */
function isRecent(state: State, message: Message): boolean {
  return state.now() - message.at < 5 * 60_000;
}

/** Changes what the body names, as an edit does; the first content of a message too. */
export function fill(state: State, message: Message, body: MessageBody, files: RequestBody['files']): void {
  if (body.content !== undefined) message.content = (body.content ?? '').trim();
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = body.components ?? [];
  if (body.flags != null) message.flags = (message.flags & EPHEMERAL) | (body.flags & ~EPHEMERAL);
  files.forEach((file, index) => {
    const described = body.attachments?.find(({ id }) => String(id) === String(index));
    message.files.push({
      id: state.snowflake(),
      name: described?.filename ?? file.name,
      content: file.content,
      ...(described?.description ? { description: described.description } : {}),
    });
  });
  message.flags &= ~128;
  message.isLoading = false;
  const pinged = pingedBy(message.content, body.allowed_mentions, message.interactionId !== undefined);
  message.pinged = [...message.pinged, ...pinged];
}
