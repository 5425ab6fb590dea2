/** `npm run bench`: what ingest, tagging, look-ups and digests cost, beside the bare cost of fetching the same documents. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';
import { createService } from '../../src/service.ts';
import { tag } from '../../src/taxonomy/tag.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CHANNEL, keptLog, localUser, WORKSPACE } from '../test-bot.ts';
import { madeItem } from './documents.ts';
import { fillStore } from './fill.ts';
import { figure, latency, ms, s, seconds } from './measure.ts';
import { benchHardServers, benchIngest, benchManyFeeds } from './polling.ts';
import { benchSubscriptions } from './subscriptions.ts';

const BIG = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'barrierwatch-bench-'));
const log = keptLog();

const MILLION = 1_000_000;
/** Titles made to slow a reader down, each of 100 kB. */
const HOSTILE = [
  'a',
  'AI ',
  'AI Act not delay China US ',
  'AI. Act. ',
  "a'",
  'U.',
  'not ',
  'pre-empt state AI law ',
].map((part) => part.repeat(Math.ceil(100_000 / part.length)));

async function benchTagging(): Promise<void> {
  const next = repeatableNumbers(7);
  const items = Array.from({ length: 20_000 }, () => madeItem(next));
  for (const item of items.slice(0, 5_000)) tag(item);
  const time = await seconds(async () => {
    for (const item of items) tag(item);
  });
  figure('tagging', `${Math.round(items.length / time).toLocaleString('en')} items/s`);
  const held = () => {
    globalThis.gc?.();
    return Math.round(process.memoryUsage().heapUsed / 1e6);
  };
  const before = held();
  for (let tagged = 0; tagged < MILLION; tagged += 1) tag(madeItem(next));
  figure(`memory held before and after ${MILLION.toLocaleString('en')} items`, `${before} MB, ${held()} MB`);
  const slowest = Math.max(
    ...HOSTILE.map((title) => {
      const start = performance.now();
      tag({ title, summary: title });
      return performance.now() - start;
    }),
  );
  figure('slowest of the hostile titles of 100 kB', ms(slowest));
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
    lists: { parse: () => ({ feeds: [], filters: [], faults: [] }), write: () => '', fetch: async () => '' },
  });
  const user = localUser();
  const lines = [
    '/barrier',
    '/barrier deadlock',
    '/barrier search export controls',
    '/barrier search officials',
    '/barrier search ai treaty barrier:military',
    '/barrier why https://items.example/99000',
    '/barrier dates',
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

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  ingest: () => benchIngest(folder),
  hard: () => benchHardServers(folder),
  many: () => benchManyFeeds(folder),
  tagging: benchTagging,
  lookups: benchLookups,
  subscriptions: () => benchSubscriptions(folder),
};

try {
  // Names on the command line choose parts: `npm run bench -- ingest many`.
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !(name in PARTS));
  if (unknown) throw new Error(`There is no part ${unknown}. The parts are ${Object.keys(PARTS).join(', ')}.`);
  for (const [name, measure] of Object.entries(PARTS))
    if (chosen.length === 0 || chosen.includes(name)) await measure();
  figure('peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
