import type { Database } from 'better-sqlite3';
import { BARRIER_IDS, type Instant } from '../../src/model.ts';
import type { GroupingItem, ItemStore, Movement } from '../../src/ports.ts';
import { EVENT, LISTED, OWN_EVENT } from './reading.ts';
import { shownEvent } from './shown-event.ts';

interface GroupingRow {
  id: string;
  title: string;
  summary: string;
  url: string | null;
  occurred_at: string;
  event_id: string | null;
}

const GROUPING = 'SELECT id, title, summary, url, occurred_at, event_id FROM items';

type GroupingStore = Pick<ItemStore, 'ungroupedItems' | 'groupedItems' | 'saveGrouping' | 'movement'>;

/** Which items form one event, across all workspaces, and how the events of a workspace moved each barrier. */
export function grouping(database: Database): GroupingStore {
  const ungrouped = database.prepare<[number], GroupingRow>(
    `${GROUPING} WHERE relevant = 1 AND event_id IS NULL ORDER BY occurred_at, number LIMIT ?`,
  );
  const grouped = database.prepare<[Instant, Instant], GroupingRow>(
    `${GROUPING} WHERE relevant = 1 AND event_id IS NOT NULL AND occurred_at > ? AND occurred_at <= ?
     ORDER BY occurred_at, number`,
  );
  const assign = database
    .prepare<[string, string], number>('UPDATE items SET event_id = ? WHERE id = ? RETURNING number')
    .pluck();
  const assignTaggings = database.prepare<[string, number]>('UPDATE taggings SET event_id = ? WHERE item_number = ?');
  const movedBy = (ruled: string, corrected: string) =>
    database.prepare<[{ barriers: string; workspaceId: string; from: Instant; to: Instant }], Movement>(
      `WITH corrected AS MATERIALIZED (
       SELECT item_number FROM corrections WHERE workspace_id = @workspaceId AND state = 'confirmed')
     SELECT barrier, direction, count(DISTINCT event) AS events FROM (
       SELECT t.barrier, t.direction, ifnull(${ruled}, t.item_number) AS event
       FROM json_each(@barriers) AS b
         CROSS JOIN taggings AS t ON t.barrier = b.value AND t.occurred_at > @from AND t.occurred_at <= @to
       WHERE t.feed_id IN (SELECT feed_id FROM feed_listings WHERE workspace_id = @workspaceId)
         AND t.item_number NOT IN (SELECT item_number FROM corrected)
       UNION ALL
       SELECT t.barrier, t.direction, ${corrected} AS event
       FROM json_each(@barriers) AS b
         CROSS JOIN corrected_taggings AS t ON t.workspace_id = @workspaceId AND t.barrier = b.value
           AND t.occurred_at > @from AND t.occurred_at <= @to
         CROSS JOIN items AS i ON i.number = t.item_number ${LISTED})
     GROUP BY barrier, direction`,
    );
  // Nearly all workspaces mend nothing, and asking of each tagging whether it was mended takes twice the time.
  const [moved, movedMended] = [
    movedBy('t.event_id', OWN_EVENT),
    movedBy(shownEvent('@workspaceId', 't.item_number', 't.event_id'), EVENT),
  ];
  const isMended = database
    .prepare<[{ workspaceId: string }], number>(
      `SELECT EXISTS (SELECT 1 FROM event_splits WHERE workspace_id = @workspaceId)
         OR EXISTS (SELECT 1 FROM event_merges WHERE workspace_id = @workspaceId)`,
    )
    .pluck();
  const save = database.transaction((events: ReadonlyMap<string, string>) => {
    for (const [itemId, eventId] of events) {
      const number = assign.get(eventId, itemId);
      if (number === undefined) throw new Error(`There is no item ${itemId} to put into an event`);
      assignTaggings.run(eventId, number);
    }
  });
  const barriers = JSON.stringify(BARRIER_IDS);
  return {
    async ungroupedItems(limit) {
      return ungrouped.all(limit).map(toGroupingItem);
    },
    async groupedItems({ from, to }) {
      return grouped.all(from, to).map(toGroupingItem);
    },
    async saveGrouping(events) {
      save.immediate(events);
    },
    async movement(workspaceId, { from, to }) {
      const statement = isMended.get({ workspaceId }) === 1 ? movedMended : moved;
      return statement.all({ barriers, workspaceId, from, to });
    },
  };
}

function toGroupingItem(row: GroupingRow): GroupingItem {
  return {
    id: row.id,
    title: row.title,
    summary: row.summary,
    ...(row.url !== null && { url: row.url }),
    occurredAt: row.occurred_at,
    ...(row.event_id !== null && { eventId: row.event_id }),
  };
}
