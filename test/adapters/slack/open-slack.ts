/** The whole bot on the local Slack: real core and store, real Bolt, real sockets. */
import { createSlackAdapter, type SlackOptions } from '../../../adapters/slack/index.ts';
import type { FeedDraft, ItemDraft, Workspace } from '../../../src/model.ts';
import type { Adapter } from '../../../src/ports.ts';
import { createTestBot, feedDraft, type Sources } from '../../test-bot.ts';
import { ITEMS } from '../items.ts';
import { readMessage } from './read-blocks.ts';
import { type SlackServer, startSlack } from './server/index.ts';
import type { Asked } from './server/person.ts';
import { addChannel } from './server/state.ts';

export interface OpenSlackOptions {
  readonly items?: readonly ItemDraft[];
  /** Further sources, by address. */
  readonly sources?: Sources;
  readonly feeds?: readonly FeedDraft[];
  readonly options?: Partial<SlackOptions>;
  /** The bot's socket is opened and its feeds are read before it resolves, unless this is false. */
  readonly starts?: boolean;
  readonly server?: SlackServer;
  /** Slack sends signed requests to that port in place of a socket. */
  readonly port?: number;
}

/** A workspace with an admin, a member and a channel that the bot is in. */
export async function openSlack({
  items = ITEMS,
  sources = new Map(),
  feeds = [feedDraft('us')],
  options = {},
  starts = true,
  server,
  port,
}: OpenSlackOptions = {}) {
  const slack = server ?? (await startSlack());
  const team = slack.team('T1', 'Policy team');
  const general = addChannel(team, 'C1', 'general', { members: ['U1', 'U2', team.botUserId] });
  const ana = slack.person(team, 'U1', 'ana', { isAdmin: true });
  const ben = slack.person(team, 'U2', 'ben');
  const bot = await createTestBot(feeds, new Map([['https://us.example/feed', items], ...sources]));
  const settings: SlackOptions = {
    botTokens: [team.botToken],
    ...(port === undefined ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret, port }),
    apiUrl: slack.apiUrl(),
    admins: [],
    prefix: '',
    timeZone: 'Europe/Brussels',
    host: bot.host,
    health: async () => ({ feeds: { listed: 1, read: 1, failing: 0, paused: 0 } }),
    log: bot.log,
    clock: bot.clock,
    pace: 1,
    retryPause: 5,
    ...options,
  };
  let adapter: Adapter = createSlackAdapter(settings);
  bot.dependencies.adapters.push(adapter);
  if (starts) {
    await adapter.start();
    await bot.poll();
  }
  const workspace: Workspace = { id: 'slack:T1', adapter: 'slack', name: team.name, timeZone: 'Europe/Brussels' };
  return {
    ...bot,
    slack,
    team,
    general,
    ana,
    ben,
    settings,
    get adapter() {
      return adapter;
    },
    workspace,
    channel: { adapter: 'slack', workspaceId: workspace.id, id: general.id },
    /** Resolves with what a person sees of the answers, once there is one. */
    async answer({ answers }: Asked): Promise<string> {
      await slack.until(() => answers.length > 0, 'an answer');
      return wordsOf(answers);
    },
    /** What somebody reads in their direct messages with the bot. */
    direct: (userId: string): string => wordsOf(team.channels.get(`D${userId.slice(1)}`)?.messages ?? []),
    /** What everybody reads in the channel. */
    shown: (): string => wordsOf(slack.messages(team, 'C1')),
    /** A new process on the same database. */
    async restart() {
      await adapter.stop();
      adapter = createSlackAdapter(settings);
      bot.dependencies.adapters.splice(-1, 1, adapter);
      await adapter.start();
    },
    async close() {
      await adapter.stop();
      await slack.close();
      await bot.store.close();
      // What Slack cannot show is a fault in any test.
      if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
    },
  };
}

export type OpenSlack = Awaited<ReturnType<typeof openSlack>>;

/** The words of messages or answers as a client shows them. */
export function wordsOf(messages: readonly object[]): string {
  return messages
    .map((message) => {
      const text = 'text' in message ? String(message.text) : '';
      const blocks = 'blocks' in message && Array.isArray(message.blocks) ? message.blocks : [];
      return blocks.length > 0 ? readMessage({ text, blocks }).words : text;
    })
    .join('\n');
}

/** How often the words occur. */
export function times(text: string, words: string): number {
  return text.split(words).length - 1;
}

/** What a promise rejects with; fails where it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`nothing was thrown, but resolved with ${JSON.stringify(value)}`);
    },
    (thrown: unknown) => thrown,
  );
}
