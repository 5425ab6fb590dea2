import type { Database } from 'better-sqlite3';
import { BARRIER_IDS, type Instant } from '../../src/model.ts';
import type { ItemStore } from '../../src/ports.ts';
import type { PastKind } from '../../src/weight.ts';

interface KindRow extends Omit<PastKind, 'mechanism'> {
  mechanism: string | null;
}

/** What kinds of events a period held, to tell what is new from what comes every week. */
export function past(database: Database): Pick<ItemStore, 'pastKinds'> {
  // What came in later may be part of the very digest that is weighed, whatever its date.
  const kinds = database.prepare<[{ barriers: string; workspaceId: string; from: Instant; to: Instant }], KindRow>(
    `SELECT t.barrier, t.direction, g.value ->> 'mechanism' AS mechanism,
       count(DISTINCT ifnull(t.event_id, t.item_number)) AS events, max(t.occurred_at) AS lastAt
     FROM json_each(@barriers) AS b
       CROSS JOIN taggings AS t ON t.barrier = b.value AND t.occurred_at > @from AND t.occurred_at <= @to
       CROSS JOIN items AS i ON i.number = t.item_number AND i.fetched_at <= @to
       CROSS JOIN json_each(i.tagged, '$.taggings') AS g ON g.value ->> 'barrier' = t.barrier
     WHERE t.feed_id IN (SELECT feed_id FROM feed_listings WHERE workspace_id = @workspaceId)
     GROUP BY t.barrier, t.direction, mechanism`,
  );
  const barriers = JSON.stringify(BARRIER_IDS);
  return {
    async pastKinds(workspaceId, { from, to }) {
      return kinds
        .all({ barriers, workspaceId, from, to })
        .map(({ mechanism, ...rest }) => ({ ...rest, ...(mechanism !== null && { mechanism }) }));
    },
  };
}
