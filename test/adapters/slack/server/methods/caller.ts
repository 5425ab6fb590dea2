import { Refusal } from '../refusal.ts';
import type { Json, SlackChannel, SlackTeam, State } from '../state.ts';

/** Who calls a method: the state and the workspace that the token stands for. */
export interface Caller {
  readonly state: State;
  readonly team: SlackTeam;
  /** The base address of the server. */
  readonly base: string;
}

/** One Web API method; throws Refusal. */
interface Method {
  /** Absent where any token will do. */
  readonly scope?: string | ((args: Json, caller: Caller) => string);
  readonly run: (args: Json, caller: Caller) => Json;
}

export type Methods = Readonly<Record<string, Method>>;

export function stringOf(args: Json, name: string): string {
  const value = args[name];
  if (typeof value !== 'string' || value === '') throw new Refusal('invalid_arguments', { missing: name });
  return value;
}

/** A channel the bot can see: public ones, and private ones it is in. */
export function visibleChannel({ team }: Caller, id: string): SlackChannel {
  const channel = team.channels.get(id);
  const isSeen = channel && (!channel.isPrivate || channel.members.has(team.botUserId));
  if (!isSeen) throw new Refusal('channel_not_found');
  return channel;
}

/** A channel the bot may write in. */
export function writableChannel(caller: Caller, id: string): SlackChannel {
  const { state, team } = caller;
  const direct = team.users.has(id) ? id : undefined;
  const channel = visibleChannel(caller, direct ? `D${direct.slice(1)}` : id);
  if (channel.isArchived) throw new Refusal('is_archived');
  if (!channel.members.has(team.botUserId)) throw new Refusal('not_in_channel');
  state.changed();
  return channel;
}
