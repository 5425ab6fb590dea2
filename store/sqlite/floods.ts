import type { Database } from 'better-sqlite3';
import type { Instant, ItemDraft } from '../../src/model.ts';
import { between, DAY, plus } from '../../src/time.ts';

/** Fewer entries than this are read sooner than asked about. */
const HANDFUL = 5;

/** So many of the newest items tell how much a feed posts on a busy day. */
const ITEMS_COUNTED = 200;

/** What a document brought of a feed that was read before. */
export interface Brought {
  readonly feedId: string;
  readonly at: Instant;
  /** The last reading before this one. */
  readonly since: Instant;
  readonly fresh: readonly ItemDraft[];
  /** How many entries the document holds. */
  readonly window: number;
}

/**
 * Returns a function that judges whether a document is a flood, to be asked before its items are stored: more than half of it,
 * and at least a handful, is new to a feed that is known. Not where the feed may simply have been busy: every new entry is
 * dated after the last reading, and there are no more of them than the days since then held on the feed's busiest day.
 */
export function floodJudge(database: Database): (brought: Brought) => boolean {
  const stored = database
    .prepare<[string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM items WHERE feed_id = ? ORDER BY occurred_at DESC LIMIT ?)',
    )
    .pluck();
  const busiest = database
    .prepare<[string, number], number | null>(
      `SELECT max(items) FROM (
         SELECT count(*) AS items FROM (
           SELECT substr(i.occurred_at, 1, 10) AS day FROM items AS i
           WHERE i.feed_id = ? AND (i.published_at IS NOT NULL OR i.backlog = 0)
             AND NOT EXISTS (SELECT 1 FROM flood_items AS m WHERE m.item_number = i.number)
           ORDER BY i.occurred_at DESC LIMIT ?
         ) GROUP BY day)`,
    )
    .pluck();
  return ({ feedId, at, since, fresh, window }) => {
    if (fresh.length < HANDFUL || fresh.length * 2 <= window) return false;
    if ((stored.get(feedId, HANDFUL) ?? 0) < HANDFUL) return false;
    const earliest = plus(since, -DAY);
    const isDatedNew = fresh.every(
      ({ publishedAt }) => publishedAt !== undefined && publishedAt > earliest && publishedAt <= plus(at, DAY),
    );
    const days = Math.max(1, Math.ceil(between(since, at) / DAY));
    return !isDatedNew || fresh.length > days * (busiest.get(feedId, ITEMS_COUNTED) ?? 0);
  };
}

/** Returns a function that holds items of a flood, by their numbers. */
export function holdFlood(database: Database): (brought: Brought, items: readonly number[]) => void {
  const insert = database.prepare<[string, Instant, number, number]>(
    'INSERT INTO floods (feed_id, at, items, window) VALUES (?, ?, ?, ?)',
  );
  const member = database.prepare<[number, number]>(
    'INSERT INTO flood_items (item_number, flood_number) VALUES (?, ?)',
  );
  return ({ feedId, at, window }, items) => {
    const flood = Number(insert.run(feedId, at, items.length, window).lastInsertRowid);
    for (const item of items) member.run(item, flood);
  };
}
