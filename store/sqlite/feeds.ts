import type { Database } from 'better-sqlite3';
import { type Filter, type Instant, type ListedFeed, type LocalDate, STREAMS, type Stream } from '../../src/model.ts';
import type { FeedStore } from '../../src/ports.ts';
import { OPEN_FLOODS } from './flood-decisions.ts';
import { FEED_COLUMNS, type FeedRow, fromJson, toFeed } from './rows.ts';

interface ListedFeedRow extends FeedRow {
  title: string;
  stream: Stream;
  added_by: string;
  added_at: Instant;
  paused_at: Instant | null;
  filter: string | null;
  flood_at: Instant | null;
  flood_items: number | null;
  flood_window: number | null;
}

/** So many of a feed's newest items tell its rhythm. */
const ITEMS_COUNTED = 120;

const POLLED = 'EXISTS (SELECT 1 FROM feed_listings AS l WHERE l.feed_id = f.id AND l.paused_at IS NULL)';

/** The feeds that workspaces list, which of them are due, and how they post. */
export function feeds(database: Database): Pick<FeedStore, 'listFeeds' | 'dueFeeds' | 'activeFeeds' | 'postingDays'> {
  const listed = database.prepare<[string], ListedFeedRow>(
    `SELECT ${FEED_COLUMNS}, l.title, l.stream, l.added_by, l.added_at, l.paused_at, l.filter,
       h.flood_at, h.flood_items, h.flood_window
     FROM feed_listings AS l JOIN feeds AS f ON f.id = l.feed_id
       LEFT JOIN (SELECT l.workspace_id, l.feed_id, min(o.at) AS flood_at, sum(o.items) AS flood_items,
           sum(o.window) AS flood_window
         FROM feed_listings AS l JOIN ${OPEN_FLOODS} GROUP BY l.workspace_id, l.feed_id) AS h
         ON h.workspace_id = l.workspace_id AND h.feed_id = l.feed_id
     WHERE l.workspace_id = ?`,
  );
  const due = database.prepare<[Instant, number], FeedRow>(
    `SELECT ${FEED_COLUMNS} FROM feeds AS f WHERE f.next_check_at <= ? AND ${POLLED} ORDER BY f.next_check_at, f.id LIMIT ?`,
  );
  const active = database.prepare<[Instant], FeedRow>(
    `SELECT ${FEED_COLUMNS} FROM feeds AS f WHERE (f.held_until IS NULL OR f.held_until <= ?) AND ${POLLED} ORDER BY f.id`,
  );
  const ids = database.prepare<[string], string>('SELECT feed_id FROM feed_listings WHERE workspace_id = ?').pluck();
  const days = database
    .prepare<[string, number], LocalDate>(
      `SELECT DISTINCT substr(occurred_at, 1, 10) FROM (
         SELECT i.occurred_at FROM items AS i
         WHERE i.feed_id = ? AND (i.published_at IS NOT NULL OR i.backlog = 0)
           AND NOT EXISTS (SELECT 1 FROM flood_items AS m WHERE m.item_number = i.number)
         ORDER BY i.occurred_at DESC LIMIT ?)`,
    )
    .pluck();
  return {
    async postingDays(workspaceId) {
      return new Map(ids.all(workspaceId).map((id) => [id, days.all(id, ITEMS_COUNTED)]));
    },
    async listFeeds(workspaceId) {
      return listed.all(workspaceId).map(toListedFeed).sort(inDigestOrder);
    },
    async dueFeeds(now, limit) {
      return due.all(now, limit).map(toFeed);
    },
    async activeFeeds(now) {
      return active.all(now).map(toFeed);
    },
  };
}

function toListedFeed(row: ListedFeedRow): ListedFeed {
  return {
    ...toFeed(row),
    title: row.title,
    stream: row.stream,
    addedBy: row.added_by,
    addedAt: row.added_at,
    ...(row.paused_at !== null && { pausedAt: row.paused_at }),
    ...(row.filter !== null && { filter: fromJson<Filter>(row.filter) }),
    ...(row.flood_at !== null && {
      held: { at: row.flood_at, items: row.flood_items ?? 0, window: row.flood_window ?? 0 },
    }),
  };
}

function inDigestOrder(one: ListedFeed, other: ListedFeed): number {
  return STREAMS.indexOf(one.stream) - STREAMS.indexOf(other.stream) || one.title.localeCompare(other.title, 'en');
}
