/** What polling costs: beside other programs, over many feeds, and where servers are slow or documents huge. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WORKSPACE } from '../test-bot.ts';
import { bareFetch } from './bare-fetch.ts';
import { mustSucceed, openIngest } from './ingest.ts';
import { figure, megabytes, middle, ms, processorSeconds, s, seconds } from './measure.ts';
import { type Peer, peers } from './peers.ts';
import { startFeeds } from './servers.ts';

const FEEDS = 500;
const ITEMS = 50;
const TURNS = 9;
const MANY = 5_000;
const ROUNDS = 6;
const SLOW = 8;
const FAST = 200;
const SLOW_TIMEOUT = 3_000;
/** About 5 MB. */
const BIG_ITEMS = 9_600;

/** 500 feeds of 50 items: first ingest and unchanged re-poll beside undici alone, newsboat and sfeed, all in one run. */
export async function benchIngest(folder: string): Promise<void> {
  const { urls, stop } = await startFeeds(FEEDS, ITEMS);
  const { store, poll, close } = await openIngest(join(folder, 'ingest.db'), urls);
  const etags = new Map<string, string>();
  const bareFirst = await seconds(() => bareFetch(urls, etags));
  figure(`bare undici, ${FEEDS} documents`, s(bareFirst));
  const { found, missing } = peers(folder, urls);
  const firsts = await reload(found, 'first reload', FEEDS * ITEMS);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let lastCheck = 0;
  const start = performance.now();
  const processor = processorSeconds();
  const whole = await seconds(async () => {
    mustSucceed(
      await poll(() => {
        lastCheck = performance.now();
      }),
      FEEDS,
    );
  });
  const used = processorSeconds() - processor;
  const first = (lastCheck - start) / 1000;
  delay.disable();
  const stored = await store.countItems(WORKSPACE.id);
  if (stored.items !== FEEDS * ITEMS) throw new Error(`${stored.items} items stored`);
  figure(
    `first ingest of ${stored.items} items (fetch, parse, store, tag, index)`,
    `${s(first)}  (${times(first, bareFirst)} bare${beside(firsts, first)})`,
  );
  figure(`with grouping of ${stored.relevant} relevant ones into events`, `${s(whole)}${beside(firsts, whole)}`);
  figure('  its processor time, on all threads', s(used));
  figure('event-loop delay while polling, p99', ms(delay.percentile(99) / 1e6));
  const agains = await reload(found, 'reload, unchanged', FEEDS * ITEMS);
  // Turn by turn, because both are so short that anything else on the machine shows.
  const bares: number[] = [];
  const owns: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    bares.push(await seconds(() => bareFetch(urls, etags)));
    owns.push(await seconds(async () => mustSucceed(await poll(), FEEDS)));
  }
  const [bareAgain, again] = [middle(bares), middle(owns)];
  figure(`bare undici, ${FEEDS} × 304, middle of ${TURNS}`, s(bareAgain));
  figure(
    `re-poll, unchanged, middle of ${TURNS}`,
    `${s(again)}  (${times(again, bareAgain)} bare${beside(agains, again)})`,
  );
  for (const name of missing) figure(name, 'not installed, so not measured');
  await close();
  stop();
}

async function reload(found: readonly Peer[], what: string, items: number): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const peer of found) {
    let used = 0;
    const time = await seconds(async () => {
      used = await peer.reload();
    });
    if (peer.items() !== items) throw new Error(`${peer.name} holds ${peer.items()} items`);
    times.set(peer.name, time);
    figure(`${peer.name}, ${what}`, `${s(time)}  (processor ${s(used)})`);
  }
  return times;
}

const times = (one: number, other: number) => `${(one / other).toFixed(1)} ×`;

/** How many times as fast as each peer. */
function beside(peers: ReadonlyMap<string, number>, own: number): string {
  return [...peers].map(([name, time]) => `, ${(time / own).toFixed(1)} × as fast as ${name}`).join('');
}

/** Polls 5,000 feeds again and again: memory has to stay where it is. */
export async function benchManyFeeds(folder: string): Promise<void> {
  const { urls, stop } = await startFeeds(MANY, 10);
  const { poll, close } = await openIngest(join(folder, 'many.db'), urls);
  const sizes: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const time = await seconds(async () => mustSucceed(await poll(), MANY));
    globalThis.gc?.();
    const size = process.memoryUsage().rss;
    sizes.push(size);
    figure(
      round === 0 ? `${MANY} feeds, first ingest` : `${MANY} feeds, re-poll ${round}`,
      `${s(time)}  memory ${megabytes(size)}`,
    );
  }
  const [, second = 0] = sizes;
  figure(
    `memory after re-poll ${ROUNDS} against after the first`,
    `${(((sizes.at(-1) ?? 0) / second - 1) * 100).toFixed(1)} %`,
  );
  await close();
  stop();
}

/** Feeds that never end beside feeds that do, and one document of 5 MB. */
export async function benchHardServers(folder: string): Promise<void> {
  const { urls, url, stop } = await startFeeds(FAST, ITEMS, BIG_ITEMS);
  const slow = Array.from({ length: SLOW }, (_, number) => url(`/slow/${number}`));
  const alone = await openIngest(join(folder, 'fast.db'), urls);
  const fastAlone = await seconds(async () => mustSucceed(await alone.poll(), FAST));
  await alone.close();
  const mixed = await openIngest(join(folder, 'slow.db'), [...slow, ...urls], SLOW_TIMEOUT);
  const start = performance.now();
  let lastFast = 0;
  const whole = await seconds(() =>
    mixed.poll(({ kind }) => {
      if (kind !== 'failed') lastFast = performance.now();
    }),
  );
  await mixed.close();
  figure(
    `${FAST} feeds beside ${SLOW} that never end`,
    `${s((lastFast - start) / 1000)} (alone ${s(fastAlone)}; all ${s(whole)} with a limit of ${SLOW_TIMEOUT / 1000} s)`,
  );
  const big = await openIngest(join(folder, 'big-feed.db'), [url('/big')]);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const time = await seconds(async () => mustSucceed(await big.poll(), 1));
  delay.disable();
  const size = (await fetch(url('/big')).then((answer) => answer.arrayBuffer())).byteLength;
  figure(
    `one feed of ${(size / 1e6).toFixed(1)} MB, ${BIG_ITEMS} items`,
    `${s(time)}  event-loop delay p99 ${ms(delay.percentile(99) / 1e6)}, longest ${ms(delay.max / 1e6)}`,
  );
  await big.close();
  stop();
}
