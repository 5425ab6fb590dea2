import type { Database } from 'better-sqlite3';
import type { Instant, Notice, NoticeKind, NoticeRoute, Workspace } from '../../src/model.ts';
import type { NoticeEnd, NoticeStore } from '../../src/ports.ts';
import { DAY, plus } from '../../src/time.ts';
import { OPEN_FLOODS } from './flood-decisions.ts';

/** A single failure is no outage, however long ago the last success. */
const FAILURES = 3;

/** Redirects on fewer days may be maintenance. */
const DAYS_MOVED = 3;

interface NoticeRow {
  workspaceId: string;
  feedId: string;
  kind: NoticeKind;
  key: string;
}

const LISTED = 'feed_listings AS l JOIN feeds AS f ON f.id = l.feed_id';
const COLUMNS = 'l.workspace_id AS workspaceId, l.feed_id AS feedId';

/**
 * What could be told now, by the feeds' state. A feed is down after a day of failures, and only once it was asked again:
 * after a long stop of the program its last failure says nothing. What a workspace paused is told once more only as gone.
 */
const CANDIDATES = `
  SELECT ${COLUMNS}, 'down' AS kind, f.failing_since AS key FROM ${LISTED}
    WHERE l.paused_at IS NULL AND f.error_count >= ${FAILURES} AND f.failing_since <= @dayAgo AND f.next_check_at > @now
  UNION ALL
  SELECT ${COLUMNS}, 'recovered', n.key FROM ${LISTED}
    JOIN notices AS n ON n.workspace_id = l.workspace_id AND n.feed_id = l.feed_id AND n.kind = 'down' AND n.state = 'told'
    WHERE l.paused_at IS NULL AND f.error_count = 0 AND f.succeeded_at > n.key
      AND n.key = (SELECT max(m.key) FROM notices AS m
        WHERE m.workspace_id = n.workspace_id AND m.feed_id = n.feed_id AND m.kind = 'down')
  UNION ALL
  SELECT ${COLUMNS}, 'gone', f.gone_at FROM ${LISTED} WHERE f.gone_at IS NOT NULL AND l.paused_at = f.gone_at
  UNION ALL
  SELECT ${COLUMNS}, 'moved', f.moved_to FROM ${LISTED} WHERE f.moved_days >= ${DAYS_MOVED} AND l.paused_at IS NULL
  UNION ALL
  SELECT ${COLUMNS}, 'held', CAST(min(o.number) AS TEXT) FROM feed_listings AS l JOIN ${OPEN_FLOODS}
    WHERE l.paused_at IS NULL GROUP BY l.workspace_id, l.feed_id`;

/** What workspaces are told of their feeds, each thing once. */
export function notices(database: Database): NoticeStore {
  const due = database.prepare<[{ now: Instant; dayAgo: Instant }], NoticeRow>(
    `SELECT c.workspaceId, c.feedId, c.kind, c.key FROM (${CANDIDATES}) AS c
       JOIN workspaces AS w ON w.id = c.workspaceId AND w.notices_off = 0
       LEFT JOIN notices AS n ON n.workspace_id = c.workspaceId AND n.feed_id = c.feedId AND n.kind = c.kind AND n.key = c.key
     WHERE n.state IS NULL OR (n.state = 'failed' AND n.next_try_at <= @now)
     ORDER BY c.workspaceId, c.kind, c.feedId`,
  );
  const claim = database.prepare<[string, string, NoticeKind, string, Instant]>(
    `INSERT INTO notices (workspace_id, feed_id, kind, key, state, at) VALUES (?, ?, ?, ?, 'claimed', ?)
     ON CONFLICT DO UPDATE SET state = 'claimed', at = excluded.at WHERE state = 'failed' AND next_try_at <= excluded.at`,
  );
  const settle = database.prepare<[string, Instant, Instant | null, string, string, NoticeKind, string]>(
    `UPDATE notices SET state = ?, at = ?, next_try_at = ?
     WHERE workspace_id = ? AND feed_id = ? AND kind = ? AND key = ?`,
  );
  const claimAll = database.transaction((all: readonly Notice[], at: Instant) =>
    all.filter(({ workspaceId, feedId, kind, key }) => claim.run(workspaceId, feedId, kind, key, at).changes === 1),
  );
  const settleAll = database.transaction((all: readonly Notice[], end: NoticeEnd, at: Instant) => {
    const state = end.told ? 'told' : 'failed';
    const next = end.told ? null : (end.retryAt ?? null);
    for (const { workspaceId, feedId, kind, key } of all) settle.run(state, at, next, workspaceId, feedId, kind, key);
  });
  const route = routeReader(database);
  const workspace = database.prepare<[string], Workspace>(
    'SELECT id, adapter, name, time_zone AS timeZone FROM workspaces WHERE id = ?',
  );
  return {
    async dueNotices(now) {
      return due.all({ now, dayAgo: plus(now, -DAY) });
    },
    async claimNotices(wanted, at) {
      return claimAll.immediate(wanted, at);
    },
    async settleNotices(claimed, end, at) {
      settleAll.immediate(claimed, end, at);
    },
    async noticeRoute(workspaceId) {
      return route(workspaceId);
    },
    async findWorkspace(workspaceId) {
      return workspace.get(workspaceId);
    },
  };
}

function routeReader(database: Database): (workspaceId: string) => NoticeRoute | undefined {
  const read = database.prepare<[string], { channel: string | null; off: number }>(
    'SELECT notices_channel AS channel, notices_off AS off FROM workspaces WHERE id = ?',
  );
  return (workspaceId) => {
    const row = read.get(workspaceId);
    if (row?.off === 1) return 'off';
    return row === undefined || row.channel === null ? undefined : { channelId: row.channel };
  };
}

/** Where notices went and go, as the audit trail keeps it. */
interface Routed {
  readonly subject: string;
  readonly before: { readonly route?: NoticeRoute };
  readonly after: { readonly route?: NoticeRoute };
}

/** Returns a function that says where a workspace's notices go; undefined when they go there already. */
export function routeNotices(
  database: Database,
): (workspaceId: string, route: NoticeRoute | undefined) => Routed | undefined {
  const read = routeReader(database);
  const write = database.prepare<[string | null, number, string]>(
    'UPDATE workspaces SET notices_channel = ?, notices_off = ? WHERE id = ?',
  );
  return (workspaceId, route) => {
    const before = read(workspaceId);
    if (JSON.stringify(before) === JSON.stringify(route)) return undefined;
    const channel = route === undefined || route === 'off' ? null : route.channelId;
    write.run(channel, Number(route === 'off'), workspaceId);
    return { subject: 'notices', before: { ...(before && { route: before }) }, after: { ...(route && { route }) } };
  };
}
