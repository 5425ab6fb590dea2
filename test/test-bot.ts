/** A whole bot for tests: the real core over a real store in memory, with sources and time set by hand. */
import type { Block, Card } from '../src/card.ts';
import type { User } from '../src/command.ts';
import { UserError, WorldError } from '../src/errors.ts';
import type { Channel, FeedDraft, Instant, ItemDraft, Workspace } from '../src/model.ts';
import { pollFeeds } from '../src/poll.ts';
import type { Adapter, FeedListFiles, FeedReader } from '../src/ports.ts';
import { createService } from '../src/service.ts';
import { setUp } from '../src/setup.ts';
import type { SourceFinder } from '../src/source-finder.ts';
import { plus } from '../src/time.ts';
import { openStore } from '../store/sqlite/index.ts';

export const CHANNEL: Channel = { adapter: 'local', workspaceId: 'local', id: 'terminal' };
export const WORKSPACE: Workspace = { id: 'local', adapter: 'local', name: 'tests', timeZone: 'Europe/Brussels' };

/** A digest that says nothing, where what it says does not matter. */
export const CARD: Card = { title: 'A digest', tone: 'plain', public: true, timeZone: 'Europe/Brussels', blocks: [] };

/** A person at the terminal. */
export function localUser({ name = 'ana', isAdmin = true } = {}): User {
  return { id: `local:${name}`, name, isAdmin: async () => isAdmin, admins: 'someone named in ADMINS' };
}

/** A log that keeps what it is told. */
export function keptLog() {
  const lines: string[] = [];
  const keep = (facts: object, message?: string) => {
    lines.push(`${message ?? ''} ${'err' in facts ? String(facts.err) : ''}`);
  };
  return { lines, debug: keep, info: keep, warn: keep, error: keep };
}

export function feedDraft(id: string, extra: Partial<FeedDraft> = {}): FeedDraft {
  return {
    id,
    kind: 'rss',
    url: `https://${id}.example/feed`,
    title: `Feed ${id}`,
    stream: 'us',
    broad: true,
    ...extra,
  };
}

export function itemDraft(title: string, extra: Partial<ItemDraft> = {}): ItemDraft {
  return {
    guid: title,
    url: `https://items.example/${encodeURIComponent(title)}`,
    title,
    summary: '',
    categories: [],
    ...extra,
  };
}

/** Sources by address: items, or a failure to throw. */
export type Sources = Map<string, readonly ItemDraft[] | Error>;

/** Starts with the feeds listed and nothing read; time stands still until `advance`. */
export async function createTestBot(
  feeds: readonly FeedDraft[],
  sources: Sources,
  start: Instant = '2026-06-10T06:30:00.000Z',
  finder?: SourceFinder,
) {
  let now = start;
  const clock = { now: () => now };
  const store = await openStore(':memory:');
  const log = keptLog();
  const reader: FeedReader = {
    async read({ url }) {
      const found = sources.get(url);
      if (found === undefined) throw new WorldError('host not found');
      if (found instanceof Error) throw found;
      return { outcome: 'changed', title: 'A source', items: found };
    },
    close: async () => {},
  };
  const lists: FeedListFiles = {
    parse: (text) => ({ feeds: [feedDraft(text.replace(/\W/g, ''))], filters: [], faults: [] }),
    write: ({ feeds: drafts }, format) => `${format}:${drafts.map((draft) => draft.id).join()}`,
    fetch: async () => {
      throw new UserError('not in tests');
    },
  };
  const posts: Card[] = [];
  const told: { userId: string; card: Card }[] = [];
  const attempts: { channelId: string; key: string; at: Instant }[] = [];
  const resumed: { channelId: string; key: string; since: Instant }[] = [];
  const standing = new Map<string, string>();
  const failures = new Map<string, Error>();
  const unreachable = new Set<string>();
  const revisions: { messageRef: string; key: string; card: Card }[] = [];
  const revisionAnswers: (boolean | Error)[] = [];
  const adapter: Adapter = {
    name: 'local',
    start: async () => 'on',
    stop: async () => {},
    async post(channel, card, key) {
      attempts.push({ channelId: channel.id, key, at: now });
      const failure = failures.get(channel.id);
      if (failure) throw failure;
      return `m${posts.push(card)}`;
    },
    async resume(channel, card, key, since) {
      resumed.push({ channelId: channel.id, key, since });
      const arrived = standing.get(key);
      if (arrived) return { messageRef: arrived, found: 1, messages: 1 };
      return { messageRef: await adapter.post(channel, card, key), found: 0, messages: 1 };
    },
    async tell(_workspaceId, userId, card) {
      if (unreachable.has(userId)) throw new WorldError('no such user');
      told.push({ userId, card });
    },
    async revise(_channel, messageRef, card, key) {
      const answer = revisionAnswers.shift() ?? true;
      if (answer instanceof Error) throw answer;
      revisions.push({ messageRef, key, card });
      return answer;
    },
    obstacle: async () => undefined,
  };
  const dependencies = { store, clock, adapters: [adapter], log, admins: [] };
  const signal = new AbortController().signal;
  const service = createService({ ...dependencies, reader, lists, firstFeeds: () => feeds, ...(finder && { finder }) });
  const setup = { workspace: WORKSPACE, channel: CHANNEL, feeds: () => feeds, localTime: '08:30', now };
  const { subscription } = await setUp(store, setup);
  return {
    store,
    host: service.host,
    /** List files; a test that hands one in sets how it is fetched. */
    lists,
    log,
    posts,
    told,
    /** Every call to post, whatever became of it. */
    attempts,
    /** Every call to resume that was made. */
    resumed,
    /** What stands on the platform although nobody told the bot: references by key. */
    standing,
    /** What the platform answers to posts, by channel. */
    failures,
    /** People whom the platform cannot show a card to. */
    unreachable,
    /** Every edit of a posted card that the platform was asked for and did not fail. */
    revisions,
    /** What the platform answers to the next edits: true where none is left. */
    revisionAnswers,
    clock,
    dependencies,
    subscription,
    advance: (milliseconds: number) => {
      now = plus(now, milliseconds);
    },
    poll: async () => pollFeeds({ store, reader, clock, log, signal }, await store.activeFeeds(now)),
    say: (text: string, as: { isAdmin?: boolean; name?: string; workspace?: Workspace; channel?: Channel } = {}) => {
      const user = localUser(as);
      return service.bot.handle({ workspace: as.workspace ?? WORKSPACE, channel: as.channel ?? CHANNEL, user, text });
    },
  };
}

/** All words of a card, one block a line, to compare with in tests. */
export function wordsOf(card: Card): string {
  return [card.title, ...card.blocks.map(wordsOfBlock)].join('\n');
}

function wordsOfBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.runs.map((run) => run.text).join('');
    case 'heading':
      return `${block.text} ${block.note ?? ''}`;
    case 'fields':
      return block.fields.map(({ name, value }) => `${name}: ${value}`).join('\n');
    case 'entries': {
      const more = block.more ? [`${block.more.count} more: ${block.more.command}`] : [];
      return [...block.entries.map((entry) => JSON.stringify(entry)), ...more].join('\n');
    }
    case 'file':
      return `${block.name}\n${block.content}`;
    case 'buttons':
      return block.buttons.map(({ label, command }) => `${label}: ${command}`).join('\n');
    case 'divider':
      return '';
  }
}
