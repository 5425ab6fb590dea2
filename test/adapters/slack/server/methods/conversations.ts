import { Refusal } from '../refusal.ts';
import { directChannel, type Json, type SlackChannel, type SlackMessage } from '../state.ts';
import { type Caller, type Methods, stringOf, visibleChannel } from './caller.ts';

function channelScope(kind: 'read' | 'history') {
  return (args: Json, { team }: Caller): string => {
    const channel = team.channels.get(String(args.channel));
    return `${channel?.partner ? 'im' : channel?.isPrivate ? 'groups' : 'channels'}:${kind}`;
  };
}

function shown(channel: SlackChannel, botUserId: string): Json {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.isPrivate && !channel.partner,
    is_private: channel.isPrivate,
    is_im: channel.partner !== undefined,
    is_archived: channel.isArchived,
    is_member: channel.members.has(botUserId),
    ...(channel.partner ? { user: channel.partner } : {}),
  };
}

function messagesOf(
  args: Json,
  caller: Caller,
  wanted: (message: SlackMessage) => boolean,
  { newestFirst = false } = {},
): Json {
  const channel = visibleChannel(caller, stringOf(args, 'channel'));
  if (!channel.members.has(caller.team.botUserId)) throw new Refusal('not_in_channel');
  const withMetadata = args.include_all_metadata === true || args.include_all_metadata === 'true';
  const limit = Number(args.limit ?? 100);
  const from = Number(args.cursor ?? 0);
  const oldest = Number(args.oldest ?? 0);
  const found = channel.messages.filter(
    (message) => message.onlyFor === undefined && Number(message.ts) >= oldest && wanted(message),
  );
  const inOrder = newestFirst ? found.toReversed() : found;
  return {
    messages: inOrder.slice(from, from + limit).map(({ ts, user, text, threadTs, metadata }) => ({
      type: 'message',
      ts,
      user,
      text,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      ...(withMetadata && metadata ? { metadata } : {}),
    })),
    has_more: found.length > from + limit,
    response_metadata: { next_cursor: found.length > from + limit ? String(from + limit) : '' },
  };
}

export const CONVERSATIONS: Methods = {
  'conversations.open': {
    scope: 'im:write',
    run(args, { team }) {
      const user = team.users.get(stringOf(args, 'users'));
      if (user === undefined) throw new Refusal('user_not_found');
      if (user.isBot) throw new Refusal('cannot_dm_bot');
      if (user.deleted) throw new Refusal('user_disabled');
      return { channel: { id: directChannel(team, user.id).id } };
    },
  },
  'conversations.info': {
    scope: (args, caller) => channelScope('read')(args, caller),
    run: (args, caller) => ({
      channel: shown(visibleChannel(caller, stringOf(args, 'channel')), caller.team.botUserId),
    }),
  },
  'conversations.history': {
    scope: channelScope('history'),
    run: (args, caller) => messagesOf(args, caller, ({ threadTs }) => threadTs === undefined, { newestFirst: true }),
  },
  'conversations.replies': {
    scope: channelScope('history'),
    run: (args, caller) => messagesOf(args, caller, ({ ts, threadTs }) => ts === args.ts || threadTs === args.ts),
  },
  'conversations.list': {
    scope: 'channels:read',
    run: (_, { team }) => ({
      channels: [...team.channels.values()]
        .filter(({ isPrivate, members, partner }) => !partner && (!isPrivate || members.has(team.botUserId)))
        .map((channel) => shown(channel, team.botUserId)),
      response_metadata: { next_cursor: '' },
    }),
  },
  'conversations.members': {
    scope: channelScope('read'),
    run: (args, caller) => ({
      members: [...visibleChannel(caller, stringOf(args, 'channel')).members],
      response_metadata: { next_cursor: '' },
    }),
  },
  'users.conversations': {
    scope: 'channels:read',
    run: (_, { team }) => ({
      channels: [...team.channels.values()]
        .filter(({ members, partner }) => !partner && members.has(team.botUserId))
        .map((channel) => shown(channel, team.botUserId)),
      response_metadata: { next_cursor: '' },
    }),
  },
};
