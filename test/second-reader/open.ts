/** A bot with a second reader: the real core, store file and client; the model and the time are set by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSecondReader } from '../../feeds/second-reader/index.ts';
import { parseSettings } from '../../src/config.ts';
import type { Instant, ItemDraft, TaggedItem } from '../../src/model.ts';
import type { FeedListFiles, FeedReader } from '../../src/ports.ts';
import { takeSecondLooks } from '../../src/second-look.ts';
import { createService } from '../../src/service.ts';
import { setUp } from '../../src/setup.ts';
import { plus } from '../../src/time.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CHANNEL, feedDraft, keptLog, localUser, WORKSPACE, wordsOf } from '../test-bot.ts';
import type { ModelServer } from './server.ts';

const START: Instant = '2026-06-10T06:30:00.000Z';
export const KEY = 'sk-not-to-be-seen';

const FEEDS = [feedDraft('a'), feedDraft('b')];

const NO_FEEDS: FeedReader = {
  read: async () => ({ outcome: 'unchanged' }),
  close: async () => {},
};
const NO_LISTS: FeedListFiles = {
  parse: () => ({ feeds: [], filters: [], faults: [] }),
  write: () => '',
  fetch: async () => '',
};

/** Opens the bot on a file of its own; `reopen` starts it again on the same file, as after a stop. */
export async function openBot(server: ModelServer, extra: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'second-reader-'));
  const file = join(folder, 'test.db');
  let now = START;
  const clock = { now: () => now };
  const log = keptLog();
  const settings = {
    TAGGER_API_URL: server.url,
    TAGGER_API_KEY: KEY,
    TAGGER_MODEL: 'test-model',
    TIME_ZONE: 'Asia/Tokyo',
  };
  const start = async () => {
    const store = await openStore(file);
    const secondReader = openSecondReader(parseSettings({ ...settings, ...extra }), clock);
    const parts = { store, reader: NO_FEEDS, lists: NO_LISTS, clock, log, adapters: [], admins: [] };
    const service = createService({ ...parts, secondReader, firstFeeds: () => FEEDS });
    await setUp(store, { workspace: WORKSPACE, channel: CHANNEL, feeds: () => FEEDS, localTime: '08:30', now });
    return { store, service, secondReader };
  };
  let bot = await start();
  const say = async (text: string) =>
    wordsOf(await bot.service.bot.handle({ workspace: WORKSPACE, channel: CHANNEL, user: localUser(), text }));
  return {
    log,
    clock,
    get store() {
      return bot.store;
    },
    get service() {
      return bot.service;
    },
    async reopen() {
      await bot.service.stop();
      bot = await start();
    },
    async close() {
      await bot.service.stop();
      rmSync(folder, { recursive: true });
    },
    advance(milliseconds: number) {
      now = plus(now, milliseconds);
    },
    /** Stores an item as a poll does, tagged by the rules unless said otherwise, and returns its id. */
    async bring(item: Partial<ItemDraft> & { readonly title: string }, tagged: TaggedItem, feedId = 'a') {
      const draft = {
        guid: item.title,
        url: `https://items.example/${item.title.length}`,
        summary: '',
        categories: [],
        ...item,
      };
      const outcome = { kind: 'changed', items: [{ publishedAt: now, ...draft }], tagged: [tagged] } as const;
      const [stored] = await bot.store.recordCheck(feedId, outcome, now, plus(now, 3_600_000));
      return stored?.id ?? '';
    },
    /** Lets the second reader look at what waits. */
    async look(signal = new AbortController().signal) {
      const { store, secondReader } = bot;
      if (secondReader) await takeSecondLooks({ store, use: secondReader, clock, log, signal });
    },
    async taggedOf(id: string) {
      return (await bot.store.findItem(WORKSPACE.id, id))?.tagged;
    },
    why: (id: string) => say(`/barrier why ${id}`),
    say,
  };
}
