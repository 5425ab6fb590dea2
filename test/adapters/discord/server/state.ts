/** All that the local server knows: bots, guilds, channels, members, messages and interactions. */
import type { CommandBody } from './command-limits.ts';
import type { Component, Embed } from './message-body.ts';

export interface User {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly isBot: boolean;
  /** Takes no direct messages from bots. */
  dmsClosed: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface Member {
  readonly user: User;
  readonly roles: string[];
}

export interface Overwrite {
  readonly id: string;
  /** 0 is a role, 1 a member. */
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** Channel types of Discord, as far as they are used here. */
export const TEXT = 0;
export const DIRECT = 1;
export const VOICE = 2;
export const PUBLIC_THREAD = 11;
export const FORUM = 15;

export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly guild?: Guild;
  /** The channel of a thread. */
  readonly parent?: Channel;
  readonly recipient?: User;
  overwrites: Overwrite[];
  readonly messages: Message[];
  archived: boolean;
  locked: boolean;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly roles: Role[];
  readonly members: Map<string, Member>;
  /** Threads among them. */
  readonly channels: Channel[];
  systemChannelId: string | null;
  /** In an outage. */
  isUnavailable: boolean;
  /** Command names whose default permissions its admins have opened to everyone, under Integrations. */
  readonly opened: Set<string>;
}

/** A file that a person attached to a command. */
export interface AttachedFile {
  readonly name: string;
  readonly content: string;
  /** Where it is said to lie; on this server where absent. */
  readonly url?: string;
}

interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly content: string;
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  content: string;
  embeds: readonly Embed[];
  components: readonly Component[];
  readonly files: StoredFile[];
  flags: number;
  readonly nonce?: string;
  readonly at: number;
  /** Seen by this user alone. */
  readonly ephemeralFor?: string;
  /** Sent through an interaction, not by the channel's own route. */
  readonly interactionId?: string;
  /** Still shows "thinking". */
  isLoading: boolean;
  isEdited: boolean;
  /** Who was pinged: user ids, role ids, `everyone`, `here`. */
  pinged: readonly string[];
}

export interface StoredCommand extends CommandBody {
  readonly id: string;
  readonly version: string;
}

export interface Bot {
  readonly user: User;
  token: string;
  /** Privileged intents that are enabled for it. */
  privileged: number;
  /** Global commands under ``, those of a guild under its id. */
  readonly commands: Map<string, StoredCommand[]>;
  /** How often commands were written. */
  commandWrites: number;
}

/** How an interaction was answered first. */
export interface Acknowledgement {
  readonly type: number;
  readonly flags: number;
  /** Milliseconds after delivery. */
  readonly delay: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly bot: Bot;
  readonly user: User;
  readonly channel: Channel;
  /** When it was delivered, in the server's time. */
  createdAt: number;
  /** The message whose button or menu was used. */
  readonly source?: Message;
  acknowledgement?: Acknowledgement;
  original?: Message;
  /** All messages of it in the order they were first shown. */
  readonly messages: Message[];
}

export interface State {
  /** Milliseconds, ahead of the machine by what tests have let pass. */
  now(): number;
  advance(milliseconds: number): void;
  /** A new id of 19 digits that sorts by time. */
  snowflake(): string;
  readonly users: Map<string, User>;
  readonly bots: Bot[];
  readonly guilds: Guild[];
  readonly directs: Channel[];
  readonly interactions: Map<string, Interaction>;
  /** Files of commands, by the path they are served at. */
  readonly attached: Map<string, AttachedFile>;
}

/** 2015-01-01, from which Discord counts (docs reference#snowflakes). */
const EPOCH = 1_420_070_400_000;

export function createState(): State {
  let ahead = 0;
  let count = 0n;
  const now = () => Date.now() + ahead;
  return {
    now,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    snowflake() {
      count += 1n;
      return String((BigInt(now() - EPOCH) << 22n) + count);
    },
    users: new Map(),
    bots: [],
    guilds: [],
    directs: [],
    interactions: new Map(),
    attached: new Map(),
  };
}

export function findChannel(state: State, id: string): Channel | undefined {
  return [...state.guilds.flatMap((guild) => guild.channels), ...state.directs].find((channel) => channel.id === id);
}

/** Guilds that a bot is in. */
export function guildsOf(state: State, bot: Bot): Guild[] {
  return state.guilds.filter((guild) => guild.members.has(bot.user.id));
}
