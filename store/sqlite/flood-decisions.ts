import type { Database } from 'better-sqlite3';
import type { Instant } from '../../src/model.ts';

/** Floods of feeds `l` lists that its workspace has not decided; older ones than the listing never concerned it. */
export const OPEN_FLOODS = `floods AS o ON o.feed_id = l.feed_id AND o.at >= l.added_at
  AND NOT EXISTS (SELECT 1 FROM flood_decisions AS d WHERE d.workspace_id = l.workspace_id AND d.flood_number = o.number)`;

type DecideFloods = (
  workspaceId: string,
  feedId: string,
  action: 'release' | 'dismiss' | 'hold',
  at: Instant,
) => boolean;

/**
 * Returns a function that decides what a workspace wants of a feed's floods, or with `hold` lets those it dismissed wait again;
 * false when there was nothing to decide. What was released may have been posted, so it stays.
 */
export function decideFloods(database: Database): DecideFloods {
  const decide = database.prepare<['released' | 'dismissed', Instant, string, string]>(
    `INSERT INTO flood_decisions (workspace_id, flood_number, decision, at)
     SELECT l.workspace_id, o.number, ?, ? FROM feed_listings AS l JOIN ${OPEN_FLOODS}
     WHERE l.workspace_id = ? AND l.feed_id = ?`,
  );
  const reopen = database.prepare<[string, string]>(
    `DELETE FROM flood_decisions WHERE workspace_id = ? AND decision = 'dismissed'
       AND flood_number IN (SELECT number FROM floods WHERE feed_id = ?)`,
  );
  return (workspaceId, feedId, action, at) => {
    if (action === 'hold') return reopen.run(workspaceId, feedId).changes > 0;
    const decision = action === 'release' ? 'released' : 'dismissed';
    return decide.run(decision, at, workspaceId, feedId).changes > 0;
  };
}
