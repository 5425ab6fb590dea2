/** All that the local Slack-like server knows: workspaces, people, channels, messages, views and files. */

export type Json = Readonly<Record<string, unknown>>;

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  /** The workspace the person belongs to; another one's for guests by Slack Connect. */
  readonly teamId: string;
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
  readonly isRestricted: boolean;
  readonly isUltraRestricted: boolean;
  readonly isBot: boolean;
  deleted: boolean;
}

export interface SlackMessage {
  readonly ts: string;
  readonly user: string;
  text: string;
  blocks: readonly Json[];
  readonly threadTs?: string;
  readonly metadata?: Json;
  readonly files?: readonly string[];
  readonly unfurls: boolean;
  /** The only person who sees it; absent for messages that everybody sees. */
  readonly onlyFor?: string;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** The other end of a direct message; absent for channels. */
  readonly partner?: string;
  isArchived: boolean;
  readonly members: Set<string>;
  readonly messages: SlackMessage[];
}

export interface SlackView {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  hash: string;
  view: Json;
}

interface SlackFile {
  readonly id: string;
  readonly name: string;
  content: string | Uint8Array;
  isComplete: boolean;
}

export interface SlackTeam {
  readonly id: string;
  readonly name: string;
  readonly botToken: string;
  readonly botUserId: string;
  readonly botId: string;
  scopes: readonly string[];
  isTokenRevoked: boolean;
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  /** User groups by id. */
  readonly groups: Map<string, { readonly handle: string; readonly members: readonly string[] }>;
  /** What each person sees on App Home. */
  readonly homes: Map<string, Json>;
  readonly views: Map<string, SlackView>;
  readonly files: Map<string, SlackFile>;
}

/** A trigger opens one view and lives three seconds. */
interface Trigger {
  readonly teamId: string;
  readonly userId: string;
  readonly madeAt: number;
  isUsed: boolean;
}

/** An address that takes five answers to one interaction. */
interface ResponseAddress {
  readonly teamId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly answers: Json[];
}

export interface State {
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teams: Map<string, SlackTeam>;
  readonly triggers: Map<string, Trigger>;
  readonly responses: Map<string, ResponseAddress>;
  /** A name that no other thing has, such as `Ev7`. */
  readonly newId: (prefix: string) => string;
  /** A message time that is later than all before. */
  readonly newTs: () => string;
  /** Changes whenever something was said or shown, so that tests can wait for it. */
  readonly changed: () => void;
  readonly onChange: Set<() => void>;
}

export const ALL_SCOPES: readonly string[] = [
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'usergroups:read',
  'users:read',
];

export function createState(): State {
  let ids = 0;
  let lastTs = 0;
  const onChange = new Set<() => void>();
  return {
    appToken: 'xapp-1-A0TEST-0-secret',
    signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
    teams: new Map(),
    triggers: new Map(),
    responses: new Map(),
    newId: (prefix) => `${prefix}${String(++ids).padStart(8, '0')}`,
    newTs() {
      lastTs = Math.max(lastTs + 1, Date.now() * 1000);
      return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`;
    },
    changed() {
      for (const listener of onChange) listener();
    },
    onChange,
  };
}

/** Adds a workspace with its bot, which is in no channel yet. */
export function addTeam(state: State, id: string, name: string): SlackTeam {
  const team: SlackTeam = {
    id,
    name,
    botToken: `xoxb-${id}-secret`,
    botUserId: `U${id.slice(1)}BOT`,
    botId: `B${id.slice(1)}`,
    scopes: ALL_SCOPES,
    isTokenRevoked: false,
    users: new Map(),
    channels: new Map(),
    groups: new Map(),
    homes: new Map(),
    views: new Map(),
    files: new Map(),
  };
  state.teams.set(id, team);
  addUser(team, team.botUserId, 'barrierwatch', { isBot: true });
  return team;
}

export function addUser(team: SlackTeam, id: string, name: string, facts: Partial<SlackUser> = {}): SlackUser {
  const user = {
    id,
    name,
    teamId: team.id,
    isAdmin: false,
    isOwner: false,
    isRestricted: false,
    isUltraRestricted: false,
    isBot: false,
    deleted: false,
    ...facts,
  };
  team.users.set(id, user);
  return user;
}

export function addChannel(
  team: SlackTeam,
  id: string,
  name: string,
  facts: { isPrivate?: boolean; members?: readonly string[]; partner?: string } = {},
): SlackChannel {
  const channel: SlackChannel = {
    id,
    name,
    isPrivate: facts.isPrivate ?? false,
    isArchived: false,
    members: new Set(facts.members ?? []),
    messages: [],
    ...(facts.partner ? { partner: facts.partner } : {}),
  };
  team.channels.set(id, channel);
  return channel;
}

/** The direct messages of the bot with a person, opened at the first call. */
export function directChannel(team: SlackTeam, userId: string): SlackChannel {
  const known = [...team.channels.values()].find((channel) => channel.partner === userId);
  return (
    known ?? addChannel(team, `D${userId.slice(1)}`, userId, { partner: userId, members: [userId, team.botUserId] })
  );
}
