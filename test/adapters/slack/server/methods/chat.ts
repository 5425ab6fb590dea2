import { checkMessage } from '../payload-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Json, SlackMessage } from '../state.ts';
import { type Caller, type Methods, stringOf, writableChannel } from './caller.ts';

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

function post(args: Json, caller: Caller): Json {
  const channel = writableChannel(caller, stringOf(args, 'channel'));
  const { text, blocks } = checkMessage(args);
  if (args.link_names !== undefined || args.parse !== undefined) throw new Refusal('invalid_arguments');
  const threadTs = typeof args.thread_ts === 'string' ? args.thread_ts : undefined;
  if (threadTs && !channel.messages.some(({ ts }) => ts === threadTs)) throw new Refusal('thread_not_found');
  const metadata = args.metadata;
  if (metadata !== undefined && (typeof metadata !== 'object' || metadata === null || !('event_type' in metadata))) {
    throw new Refusal('metadata_must_be_sent_from_app');
  }
  const message: SlackMessage = {
    ts: caller.state.newTs(),
    user: caller.team.botUserId,
    text,
    blocks,
    unfurls: !(isFalse(args.unfurl_links) && isFalse(args.unfurl_media)),
    ...(threadTs ? { threadTs } : {}),
    ...(metadata ? { metadata: metadata as Json } : {}),
  };
  channel.messages.push(message);
  return { channel: channel.id, ts: message.ts, message: { text, ts: message.ts } };
}

function ownMessage(args: Json, caller: Caller): { message: SlackMessage; messages: SlackMessage[] } {
  const { messages } = writableChannel(caller, stringOf(args, 'channel'));
  const message = messages.find(({ ts }) => ts === args.ts);
  if (message === undefined) throw new Refusal('message_not_found');
  if (message.user !== caller.team.botUserId) throw new Refusal('cant_update_message');
  return { message, messages };
}

export const CHAT: Methods = {
  'chat.postMessage': { scope: 'chat:write', run: post },
  'chat.update': {
    scope: 'chat:write',
    run(args, caller) {
      const { message } = ownMessage(args, caller);
      Object.assign(message, checkMessage(args));
      return { ts: message.ts, channel: args.channel };
    },
  },
  'chat.delete': {
    scope: 'chat:write',
    run(args, caller) {
      const { message, messages } = ownMessage(args, caller);
      messages.splice(messages.indexOf(message), 1);
      return { ts: message.ts, channel: args.channel };
    },
  },
  'chat.postEphemeral': {
    scope: 'chat:write',
    run(args, caller) {
      const channel = writableChannel(caller, stringOf(args, 'channel'));
      const user = stringOf(args, 'user');
      if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
      const ts = caller.state.newTs();
      const { botUserId } = caller.team;
      channel.messages.push({ ts, user: botUserId, ...checkMessage(args), unfurls: false, onlyFor: user });
      return { message_ts: ts };
    },
  },
};
