import type { Database } from 'better-sqlite3';
import { BARRIER_IDS, type Instant } from '../../src/model.ts';
import type { ItemStore } from '../../src/ports.ts';
import type { PastKind } from '../../src/weight.ts';
import { EVENT, LISTED } from './reading.ts';
import { shownEvent } from './shown-event.ts';

interface KindRow extends Omit<PastKind, 'mechanism'> {
  mechanism: string | null;
}

/** What kinds of events a period held, to tell what is new from what comes every week. */
export function past(database: Database): Pick<ItemStore, 'pastKinds'> {
  // What came in later may be part of the very digest that is weighed, whatever its date.
  const kinds = database.prepare<[{ barriers: string; workspaceId: string; from: Instant; to: Instant }], KindRow>(
    `WITH corrected AS MATERIALIZED (
       SELECT item_number FROM corrections WHERE workspace_id = @workspaceId AND state = 'confirmed')
     SELECT barrier, direction, mechanism, count(DISTINCT event) AS events, max(occurred_at) AS lastAt FROM (
       SELECT t.barrier, t.direction, g.value ->> 'mechanism' AS mechanism, t.occurred_at,
         ifnull(${shownEvent('@workspaceId', 't.item_number', 't.event_id')}, t.item_number) AS event
       FROM json_each(@barriers) AS b
         CROSS JOIN taggings AS t ON t.barrier = b.value AND t.occurred_at > @from AND t.occurred_at <= @to
         CROSS JOIN items AS i ON i.number = t.item_number AND i.fetched_at <= @to
         CROSS JOIN json_each(i.tagged, '$.taggings') AS g ON g.value ->> 'barrier' = t.barrier
       WHERE t.feed_id IN (SELECT feed_id FROM feed_listings WHERE workspace_id = @workspaceId)
         AND t.item_number NOT IN (SELECT item_number FROM corrected)
       UNION ALL
       SELECT t.barrier, t.direction, g.value ->> 'mechanism' AS mechanism, t.occurred_at, ${EVENT} AS event
       FROM json_each(@barriers) AS b
         CROSS JOIN corrected_taggings AS t ON t.workspace_id = @workspaceId AND t.barrier = b.value
           AND t.occurred_at > @from AND t.occurred_at <= @to
         CROSS JOIN items AS i ON i.number = t.item_number AND i.fetched_at <= @to ${LISTED}
         CROSS JOIN json_each(c.judged, '$.taggings') AS g ON g.value ->> 'barrier' = t.barrier)
     GROUP BY barrier, direction, mechanism`,
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
