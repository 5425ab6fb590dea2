/** `npm run bench`: what ingest, tagging, look-ups and digests cost, beside the bare cost of fetching the same documents. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createFeedReader } from '../../feeds/feed-reader.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { systemClock } from '../../src/clock.ts';
import type { FeedDraft } from '../../src/model.ts';
import { pollFeeds } from '../../src/poll.ts';
import { createService } from '../../src/service.ts';
import { setUp } from '../../src/setup.ts';
import { tag } from '../../src/taxonomy/tag.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CHANNEL, keptLog, localUser, WORKSPACE } from '../test-bot.ts';
import { bareFetch } from './bare-fetch.ts';
import { madeItem, numbers } from './documents.ts';
import { fillStore } from './fill.ts';
import { figure, latency, ms, s, seconds } from './measure.ts';

const FEEDS = 500;
const ITEMS = 50;
const BIG = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'barrierwatch-bench-'));
const server = fork(new URL('./feed-server.ts', import.meta.url), [String(FEEDS), String(ITEMS)]);
const [port] = await once(server, 'message');
const urls = Array.from({ length: FEEDS }, (_, number) => `http://127.0.0.1:${port}/${number}`);
const log = keptLog();

async function benchIngest(): Promise<void> {
  const store = await openStore(join(folder, 'ingest.db'));
  const http = createHttpClient({ userAgent: 'Barrierwatch bench', allowPrivate: ['127.0.0.1'], clock: systemClock });
  const reader = createFeedReader(http);
  const feeds = urls.map(
    (url, number): FeedDraft => ({
      id: `feed-${number}`,
      kind: 'rss',
      url,
      title: `Feed ${number}`,
      stream: 'analysis',
      broad: true,
    }),
  );
  await setUp(store, {
    workspace: WORKSPACE,
    channel: CHANNEL,
    feeds: () => feeds,
    localTime: '08:30',
    now: systemClock.now(),
  });
  const dependencies = { store, reader, clock: systemClock, log, signal: new AbortController().signal };
  let lastCheck = 0;
  const poll = async () => {
    const checks = await pollFeeds(dependencies, await store.activeFeeds(systemClock.now()), () => {
      lastCheck = performance.now();
    });
    const failed = checks.filter((check) => check.kind === 'failed');
    if (failed.length > 0 || checks.length !== FEEDS)
      throw new Error(`${failed.length} of ${checks.length} checks failed: ${failed[0]?.error}`);
  };
  const etags = new Map<string, string>();
  const bareFirst = await seconds(() => bareFetch(urls, etags));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const whole = await seconds(poll);
  const first = (lastCheck - start) / 1000;
  delay.disable();
  const stored = await store.countItems(WORKSPACE.id);
  if (stored.items !== FEEDS * ITEMS) throw new Error(`${stored.items} items stored`);
  figure(`bare undici, ${FEEDS} documents`, s(bareFirst));
  figure(
    `first ingest of ${stored.items} items (fetch, parse, store, tag, index)`,
    `${s(first)}  (${(first / bareFirst).toFixed(1)} × bare)`,
  );
  figure(`grouping of ${stored.relevant} relevant ones into events`, s(whole - first));
  figure('event-loop delay while polling, p99', ms(delay.percentile(99) / 1e6));
  await bareFetch(urls, etags);
  const bareAgain = await seconds(() => bareFetch(urls, etags));
  const again = await seconds(poll);
  figure(`bare undici, ${FEEDS} × 304`, s(bareAgain));
  figure('re-poll, unchanged', `${s(again)}  (${(again / bareAgain).toFixed(1)} × bare)`);
  await reader.close();
  await store.close();
}

async function benchTagging(): Promise<void> {
  const next = numbers(7);
  const items = Array.from({ length: 20_000 }, () => madeItem(next));
  for (const item of items.slice(0, 2_000)) tag(item);
  const time = await seconds(async () => {
    for (const item of items) tag(item);
  });
  figure('tagging', `${Math.round(items.length / time).toLocaleString('en')} items/s`);
}

async function benchLookups(): Promise<void> {
  const store = await openStore(join(folder, 'big.db'));
  const fill = await seconds(() => fillStore(store, BIG));
  figure(`store filled with ${BIG} tagged, grouped items`, s(fill));
  const { bot, stop } = createService({
    store,
    clock: systemClock,
    log,
    adapters: [],
    admins: [],
    firstFeeds: () => [],
    reader: { read: () => Promise.reject(new Error('no network here')), close: async () => {} },
    lists: { parse: () => ({ feeds: [], faults: [] }), write: () => '', fetch: async () => '' },
  });
  const user = localUser();
  const lines = [
    '/barrier',
    '/barrier deadlock',
    '/barrier search export controls',
    '/barrier search officials',
    '/barrier search ai treaty barrier:military',
    '/digest preview',
  ];
  for (const text of lines) {
    const { p50, p99 } = await latency(100, async () => {
      const card = await bot.handle({ workspace: WORKSPACE, channel: CHANNEL, user, text });
      if (card.tone === 'bad') throw new Error(`${text}: ${card.title} ${log.lines.join()}`);
    });
    figure(`${text} at ${BIG} items`, `p50 ${ms(p50)}  p99 ${ms(p99)}`);
  }
  await stop();
}

try {
  await benchIngest();
  await benchTagging();
  await benchLookups();
  figure('peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  server.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
