import type { Database } from 'better-sqlite3';
import { type Instant, type ListedFeed, STREAMS, type Stream } from '../../src/model.ts';
import type { FeedStore } from '../../src/ports.ts';
import { FEED_COLUMNS, type FeedRow, toFeed } from './rows.ts';

interface ListedFeedRow extends FeedRow {
  title: string;
  stream: Stream;
  added_by: string;
  added_at: Instant;
  paused_at: Instant | null;
}

const POLLED = 'EXISTS (SELECT 1 FROM feed_listings AS l WHERE l.feed_id = f.id AND l.paused_at IS NULL)';

/** The feeds that workspaces list, and which of them are due. */
export function feeds(database: Database): Pick<FeedStore, 'listFeeds' | 'dueFeeds' | 'activeFeeds'> {
  const listed = database.prepare<[string], ListedFeedRow>(
    `SELECT ${FEED_COLUMNS}, l.title, l.stream, l.added_by, l.added_at, l.paused_at
     FROM feed_listings AS l JOIN feeds AS f ON f.id = l.feed_id WHERE l.workspace_id = ?`,
  );
  const due = database.prepare<[Instant, number], FeedRow>(
    `SELECT ${FEED_COLUMNS} FROM feeds AS f WHERE f.next_check_at <= ? AND ${POLLED} ORDER BY f.next_check_at, f.id LIMIT ?`,
  );
  const active = database.prepare<[Instant], FeedRow>(
    `SELECT ${FEED_COLUMNS} FROM feeds AS f WHERE (f.held_until IS NULL OR f.held_until <= ?) AND ${POLLED} ORDER BY f.id`,
  );
  return {
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
  };
}

function inDigestOrder(one: ListedFeed, other: ListedFeed): number {
  return STREAMS.indexOf(one.stream) - STREAMS.indexOf(other.stream) || one.title.localeCompare(other.title, 'en');
}
