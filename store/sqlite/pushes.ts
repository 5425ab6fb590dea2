import type { Database } from 'better-sqlite3';
import type { Instant } from '../../src/model.ts';
import type { Push, PushStore } from '../../src/push.ts';
import { FEED_COLUMNS, type FeedRow, toFeed } from './rows.ts';

interface PushRow {
  feed_id: string;
  hub: string;
  topic: string;
  token: string;
  secret: string;
  state: Push['state'];
  tries: number;
  next_try_at: Instant;
  expires_at: Instant | null;
}

const WANTED = 'EXISTS (SELECT 1 FROM feed_listings AS l WHERE l.feed_id = f.id AND l.paused_at IS NULL)';

/** Subscriptions at hubs, one a feed. */
export function pushes(database: Database): PushStore {
  const byFeed = database.prepare<[string], PushRow>('SELECT * FROM pushes WHERE feed_id = ?');
  const due = database.prepare<[Instant, number], FeedRow>(
    `SELECT ${FEED_COLUMNS} FROM feeds AS f LEFT JOIN pushes AS p ON p.feed_id = f.id
     WHERE f.hints LIKE '%"hub":%' AND ${WANTED}
       AND (p.feed_id IS NULL OR p.next_try_at <= ? OR p.hub <> json_extract(f.hints, '$.hub'))
     ORDER BY f.id LIMIT ?`,
  );
  const save = database.prepare<
    [string, string, string, string, string, Push['state'], number, Instant, Instant | null]
  >(
    `INSERT INTO pushes (feed_id, hub, topic, token, secret, state, tries, next_try_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (feed_id) DO UPDATE SET hub = excluded.hub, topic = excluded.topic, token = excluded.token,
       secret = excluded.secret, state = excluded.state, tries = excluded.tries, next_try_at = excluded.next_try_at,
       expires_at = excluded.expires_at`,
  );
  const byToken = database.prepare<[string], PushRow & { wanted: number; checked_at: Instant | null }>(
    `SELECT p.*, ${WANTED} AS wanted, f.checked_at FROM pushes AS p JOIN feeds AS f ON f.id = p.feed_id WHERE p.token = ?`,
  );
  // A server's wish for quiet goes before a hub's news.
  const hasten = database.prepare<[Instant, string, Instant]>(
    `UPDATE feeds SET next_check_at = max(?, ifnull(held_until, ''))
     WHERE id = ? AND next_check_at > max(?, ifnull(held_until, ''))`,
  );
  return {
    async duePushes(now, limit) {
      return due.all(now, limit).map((row) => {
        const push = byFeed.get(row.id);
        return { feed: toFeed(row), ...(push === undefined ? {} : { push: toPush(push) }) };
      });
    },
    async savePush({ feedId, hub, topic, token, secret, state, tries, nextTryAt, expiresAt = null }) {
      save.run(feedId, hub, topic, token, secret, state, tries, nextTryAt, expiresAt);
    },
    async findPush(token) {
      const row = byToken.get(token);
      if (row === undefined) return undefined;
      const { checked_at: checkedAt } = row;
      return { push: toPush(row), isWanted: row.wanted === 1, ...(checkedAt !== null && { checkedAt }) };
    },
    async hastenCheck(feedId, at) {
      return hasten.run(at, feedId, at).changes === 1;
    },
  };
}

function toPush(row: PushRow): Push {
  return {
    feedId: row.feed_id,
    hub: row.hub,
    topic: row.topic,
    token: row.token,
    secret: row.secret,
    state: row.state,
    tries: row.tries,
    nextTryAt: row.next_try_at,
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  };
}
