/** Items with taggings, as the store would return them, for tests of events and digests. */
import type { BarrierId, ReadItem, Tagging } from '../../src/model.ts';

export function tagging(barrier: BarrierId, extra: Partial<Tagging> = {}): Tagging {
  return {
    barrier,
    direction: 'deepens',
    confidence: 0.7,
    evidence: [{ field: 'title', start: 0, end: 5, quote: 'quote' }],
    section: 'CH 2.1',
    method: 'rules@1',
    reasons: [],
    ...extra,
  };
}

export interface Wish {
  readonly event?: string;
  readonly feed?: string;
  readonly stream?: ReadItem['feed']['stream'];
  readonly date?: string;
  readonly fetchedAt?: string;
  readonly taggings?: readonly Tagging[];
  readonly primary?: BarrierId;
  readonly crisis?: boolean;
}

export function readItem(id: string, wish: Wish = {}): ReadItem {
  const {
    event = id,
    feed = 'Feed',
    stream = 'us',
    date,
    fetchedAt = '2026-06-10T06:00:00.000Z',
    taggings = [],
  } = wish;
  const primary = wish.primary ?? taggings[0]?.barrier;
  return {
    item: {
      id,
      feedId: feed,
      title: `Title of ${id}`,
      summary: '',
      categories: [],
      fetchedAt,
      backlog: false,
      ...(date ? { publishedAt: date } : {}),
    },
    feed: { id: feed, title: feed, stream },
    eventId: event,
    tagged: {
      relevant: true,
      relevance: [],
      taggings,
      crisis: wish.crisis ?? false,
      method: 'rules@1',
      ...(primary ? { primary } : {}),
    },
  };
}
