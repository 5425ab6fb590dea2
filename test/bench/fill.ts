/** Fills a store with made-up items through its own port, as polling would. */

import { systemClock } from '../../src/clock.ts';
import type { FeedDraft } from '../../src/model.ts';
import { finishItems } from '../../src/poll.ts';
import type { Store } from '../../src/ports.ts';
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';
import { setUp } from '../../src/setup.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/time.ts';
import { CHANNEL, WORKSPACE } from '../test-bot.ts';
import { madeItem } from './documents.ts';

const FEEDS = 80;
const BATCH = 250;

/** `count` items over the last 200 days, tagged and grouped. */
export async function fillStore(store: Store, count: number): Promise<void> {
  const now = systemClock.now();
  const drafts = Array.from(
    { length: FEEDS },
    (_, number): FeedDraft => ({
      id: `feed-${number}`,
      kind: 'rss',
      url: `https://feed-${number}.example/`,
      title: `Feed ${number}`,
      stream: 'us',
      broad: true,
    }),
  );
  await setUp(store, { workspace: WORKSPACE, channel: CHANNEL, feeds: () => drafts, localTime: '08:30', now });
  for (const { id } of drafts) await store.recordCheck(id, { kind: 'changed', items: [] }, plus(now, -201 * DAY), now);
  const next = repeatableNumbers(3);
  for (let done = 0; done < count; done += BATCH) {
    const at = plus(now, -Math.round(200 * DAY * (1 - done / count)));
    const items = Array.from({ length: BATCH }, (_, index) => ({
      ...madeItem(next),
      guid: `${done + index}`,
      url: `https://items.example/${done + index}`,
      publishedAt: plus(at, -HOUR + index * 10 * (MINUTE / 60)),
      categories: [],
    }));
    await store.recordCheck(`feed-${(done / BATCH) % FEEDS}`, { kind: 'changed', items }, at, plus(at, HOUR));
    await finishItems({ store, clock: { now: () => at } });
  }
}
