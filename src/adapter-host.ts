/** What an adapter may ask of the bot: answers, suggestions, and to be told once what must happen once. */
import type { Bot, Invocation } from './bot.ts';
import type { Card } from './card.ts';
import type { Command, Suggest, User } from './command.ts';
import { type Suggestion, suggestValues } from './completion.ts';
import { homeCard } from './home.ts';
import type { Channel, FeedDraft, Workspace } from './model.ts';
import type { Clock, Store } from './ports.ts';
import { plus } from './time.ts';
import { welcomeCard } from './welcome.ts';

export interface AdapterHost {
  readonly commands: readonly Command[];
  /** Answers an invocation; never throws. */
  handle(invocation: Invocation): Promise<Card>;
  /** What the fields of a command's form hold when it opens, by option name: what was typed, else what is known. */
  prefill(invocation: Invocation): Promise<Readonly<Record<string, string>>>;
  /** Values for an option that start with, or contain, what was typed. */
  suggest(workspaceId: string, kind: Suggest, typed: string): Promise<readonly Suggestion[]>;
  /** Makes a workspace known, with the first feed list when it is new; to be called before anything else about it. */
  join(workspace: Workspace): Promise<void>;
  /** The bot may speak in a channel (again): posts go there again; resolves with the welcome the first time, and only then. */
  invited(workspace: Workspace, channel: Channel, admins: string): Promise<Card | undefined>;
  /** The bot is in a workspace (again): every suspension there ends. */
  returned(workspaceId: string): Promise<void>;
  /** The bot may no longer speak in a channel, or in the whole workspace where none is named: nothing is posted there. */
  removed(route: { readonly workspaceId: string; readonly channelId?: string }, reason: string): Promise<void>;
  /** The page a member opens: what moved in the last day, pressure, feed health for admins, help. */
  home(workspace: Workspace, user: User): Promise<Card>;
  /** True the first time a key is named in a workspace, also after a restart; forgotten after `lifetime` milliseconds where given. */
  once(workspaceId: string, key: string, lifetime?: number): Promise<boolean>;
  /** Keeps a command line that is too long for a button and resolves with its id of 20 letters and digits. */
  keepLine(workspaceId: string, line: string): Promise<string>;
  /** The line of an id; undefined when there is none. */
  findLine(workspaceId: string, id: string): Promise<string | undefined>;
}

export interface HostDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bot: Bot;
  readonly commands: readonly Command[];
  /** The list a new workspace starts with. */
  readonly firstFeeds: () => readonly FeedDraft[];
  /** Suspends a channel and tells an admin. */
  readonly suspend: (channel: Channel, reason: string) => Promise<void>;
}

/** What the bot answers to its adapters. */
export function createAdapterHost(dependencies: HostDependencies): AdapterHost {
  const { store, clock, bot, commands, firstFeeds, suspend } = dependencies;
  /** What was stored of each workspace, so that the store is asked once a run and not at every command. */
  const joined = new Map<string, string>();
  const channelsOf = async (workspaceId: string) =>
    (await store.subscriptions(workspaceId)).map(({ channel }) => channel);

  return {
    commands,
    handle: bot.handle,
    prefill: bot.prefill,
    suggest: (workspaceId, kind, typed) => suggestValues({ store, workspaceId, commands }, kind, typed),
    async join(workspace) {
      const facts = JSON.stringify(workspace);
      if (joined.get(workspace.id) === facts) return;
      await store.saveWorkspace(workspace, firstFeeds, clock.now());
      joined.set(workspace.id, facts);
    },
    async invited(workspace, channel, admins) {
      await store.liftSuspension(channel);
      const now = clock.now();
      if (!(await store.claimOnce(workspace.id, `welcome ${channel.id}`, now))) return undefined;
      const subscription = await store.subscriptionOf(channel);
      const feeds = (await store.listFeeds(workspace.id)).length;
      const { timeZone } = workspace;
      return welcomeCard({ feeds, admins, timeZone, now, ...(subscription ? { subscription } : {}) });
    },
    async returned(workspaceId) {
      for (const channel of await channelsOf(workspaceId)) await store.liftSuspension(channel);
    },
    async removed({ workspaceId, channelId }, reason) {
      for (const channel of await channelsOf(workspaceId)) {
        if (channelId === undefined || channel.id === channelId) await suspend(channel, reason);
      }
    },
    home: (workspace, user) => homeCard(store, workspace, user, clock.now()),
    once(workspaceId, key, lifetime) {
      const now = clock.now();
      return store.claimOnce(workspaceId, key, now, lifetime === undefined ? undefined : plus(now, lifetime));
    },
    keepLine: (workspaceId, line) => store.keepLine(workspaceId, line),
    findLine: (workspaceId, id) => store.findLine(workspaceId, id),
  };
}
