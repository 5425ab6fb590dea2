/** Routes of channels, messages and threads. */
import { z } from 'zod';
import { addMessage, checkRights, fill, parseMessage } from './messages.ts';
import { channelJson, fetchedJson, messageJson } from './payloads.ts';
import { may } from './permissions.ts';
import { refuse } from './refusal.ts';
import { botOf, type Call, type Routes } from './router.ts';
import { type Channel, DIRECT, findChannel, type Message, PUBLIC_THREAD, TEXT } from './state.ts';

const directBody = z.object({ recipient_id: z.string() });
const threadBody = z.object({ name: z.string().min(1).max(100), auto_archive_duration: z.number().optional() });

/** A channel the bot can see. */
function visibleChannel(call: Call, id = call.parts[0] ?? ''): Channel {
  const channel = findChannel(call.state, id);
  if (channel === undefined) throw refuse('unknownChannel');
  if (channel.guild && !channel.guild.members.has(botOf(call).user.id)) throw refuse('missingAccess');
  if (!may(channel, botOf(call).user.id, 'viewChannel')) throw refuse('missingAccess');
  return channel;
}

function messageIn(channel: Channel, id: string | undefined): Message {
  const message = channel.messages.find((each) => each.id === id && each.ephemeralFor === undefined);
  if (message === undefined) throw refuse('unknownMessage');
  return message;
}

export const CHANNEL_ROUTES: Routes = {
  'POST /users/@me/channels': (call) => {
    const { state } = call;
    const recipient = state.users.get(directBody.parse(call.body.json).recipient_id);
    if (recipient === undefined) throw refuse('unknownUser');
    const known = state.directs.find((each) => each.recipient === recipient);
    if (known) return channelJson(known);
    const channel: Channel = {
      id: state.snowflake(),
      type: DIRECT,
      name: '',
      recipient,
      overwrites: [],
      messages: [],
      archived: false,
      locked: false,
    };
    state.directs.push(channel);
    return channelJson(channel);
  },
  'GET /channels/*': (call) => channelJson(visibleChannel(call)),
  'POST /channels/*/messages': (call) => {
    const { state, body, address } = call;
    const channel = visibleChannel(call);
    const bot = botOf(call);
    if (channel.recipient) {
      const { recipient } = channel;
      const isShared = state.guilds.some(({ members }) => members.has(recipient.id) && members.has(bot.user.id));
      if (recipient.dmsClosed || !isShared) throw refuse('cannotSendToUser');
    }
    const message = parseMessage(body);
    checkRights(channel, bot, message, body.files.length);
    return messageJson(addMessage(state, { channel, bot, body: message, files: body.files }), address);
  },
  'GET /channels/*/messages': (call) => {
    const channel = visibleChannel(call);
    if (!may(channel, botOf(call).user.id, 'readMessageHistory')) return [];
    const limit = Number(call.query.get('limit') ?? 50);
    const after = BigInt(call.query.get('after') ?? 0);
    const open = channel.messages.filter(({ id, ephemeralFor }) => ephemeralFor === undefined && BigInt(id) > after);
    // After a message come those that follow it, else the newest; the newest of them first in both.
    const found = after > 0n ? open.slice(0, limit) : open.slice(-limit);
    return found.toReversed().map((message) => fetchedJson(message, call.address));
  },
  'GET /channels/*/messages/*': (call) => fetchedJson(messageIn(visibleChannel(call), call.parts[1]), call.address),
  'PATCH /channels/*/messages/*': (call) => {
    const message = messageIn(visibleChannel(call), call.parts[1]);
    if (message.author !== botOf(call).user) throw refuse('notOfAnother');
    fill(call.state, message, parseMessage(call.body, { isEdit: true }), call.body.files);
    message.isEdited = true;
    return messageJson(message, call.address);
  },
  'DELETE /channels/*/messages/*': (call) => {
    const channel = visibleChannel(call);
    const message = messageIn(channel, call.parts[1]);
    channel.messages.splice(channel.messages.indexOf(message), 1);
    return undefined;
  },
  'POST /channels/*/messages/*/threads': (call) => {
    const parent = visibleChannel(call);
    const message = messageIn(parent, call.parts[1]);
    const { name } = threadBody.parse(call.body.json);
    if (parent.type !== TEXT || parent.guild === undefined) throw refuse('wrongChannelType');
    if (!may(parent, botOf(call).user.id, 'createPublicThreads')) throw refuse('missingPermissions');
    if (findChannel(call.state, message.id)) throw refuse('threadExists');
    const thread: Channel = {
      id: message.id,
      type: PUBLIC_THREAD,
      name,
      guild: parent.guild,
      parent,
      overwrites: [],
      messages: [],
      archived: false,
      locked: false,
    };
    parent.guild.channels.push(thread);
    call.dispatch(botOf(call), 'THREAD_CREATE', { ...channelJson(thread), newly_created: true });
    return channelJson(thread);
  },
};
