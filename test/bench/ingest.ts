/** A bot's polling, ready to be measured: a store in a file, a reader, and feeds on loopback. */
import { createFeedReader } from '../../feeds/feed-reader.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { systemClock } from '../../src/clock.ts';
import type { FeedDraft } from '../../src/model.ts';
import { type Check, pollFeeds } from '../../src/poll.ts';
import { setUp } from '../../src/setup.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CHANNEL, keptLog, WORKSPACE } from '../test-bot.ts';

/** Lists the feeds and polls nothing yet. */
export async function openIngest(file: string, urls: readonly string[], timeoutMs = 20_000) {
  const store = await openStore(file);
  const http = createHttpClient({
    ...{ userAgent: 'Barrierwatch bench', allowPrivate: ['127.0.0.1'], clock: systemClock, timeoutMs },
  });
  const reader = createFeedReader(http);
  const drafts = urls.map(
    (url, number): FeedDraft => ({
      ...{ id: `feed-${number}`, kind: 'rss', url, title: `Feed ${number}`, stream: 'analysis', broad: true },
    }),
  );
  await setUp(store, {
    ...{ workspace: WORKSPACE, channel: CHANNEL, feeds: () => drafts, localTime: '08:30', now: systemClock.now() },
  });
  const dependencies = { store, reader, clock: systemClock, log: keptLog(), signal: new AbortController().signal };
  return {
    store,
    /** Checks every feed once; `onCheck` hears of each as it ends. */
    poll: async (onCheck?: (check: Check) => void) =>
      pollFeeds(dependencies, await store.activeFeeds(systemClock.now()), onCheck),
    async close() {
      await reader.close();
      await store.close();
    },
  };
}

/** Throws where a check failed, because then the time measured is of something else. */
export function mustSucceed(checks: readonly Check[], count: number): void {
  const failed = checks.filter(({ kind }) => kind === 'failed' || kind === 'held');
  if (failed.length > 0 || checks.length !== count)
    throw new Error(`${failed.length} of ${checks.length} checks failed: ${failed[0]?.error}`);
}
