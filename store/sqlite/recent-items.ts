import type { Database } from 'better-sqlite3';
import { occurredAt } from '../../src/item-date.ts';
import type { BarrierId, ReadItem, Stream } from '../../src/model.ts';
import type { ItemStore } from '../../src/ports.ts';
import { CORRECTED, LISTED, READ_COLUMNS, type ReadRow, toReadItem } from './reading.ts';

interface Values {
  workspaceId: string;
  stream: Stream | null;
  limit: number;
}

const OF_STREAM = '(@stream IS NULL OR l.stream = @stream)';
const NEWEST = 'ORDER BY i.occurred_at DESC, i.number DESC LIMIT @limit';

/**
 * The newest items, of one barrier or of all: those of the rules in the order of an index, and those that people corrected,
 * of which there are few. One query over both could use no index.
 */
export function recentItems(database: Database): ItemStore['recentItems'] {
  const relevant = database.prepare<[Values], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM items AS i ${LISTED}
     WHERE i.relevant = 1 AND c.relevant IS NOT 0 AND ${OF_STREAM} ${NEWEST}`,
  );
  const madeRelevant = database.prepare<[Values], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM corrections AS k CROSS JOIN items AS i ON i.number = k.item_number ${LISTED}
     WHERE k.workspace_id = @workspaceId AND k.state = 'confirmed' AND k.relevant = 1 AND i.relevant IS NOT 1 AND ${OF_STREAM}
     ${NEWEST}`,
  );
  const tagged = database.prepare<[Values & { barrier: BarrierId }], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM taggings AS t
       CROSS JOIN feed_listings AS l ON l.workspace_id = @workspaceId AND l.feed_id = t.feed_id
       CROSS JOIN items AS i ON i.number = t.item_number ${CORRECTED}
     WHERE t.barrier = @barrier AND c.number IS NULL AND ${OF_STREAM}
     ORDER BY t.occurred_at DESC, t.item_number DESC LIMIT @limit`,
  );
  const corrected = database.prepare<[Values & { barrier: BarrierId }], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM corrected_taggings AS t CROSS JOIN items AS i ON i.number = t.item_number ${LISTED}
     WHERE t.workspace_id = @workspaceId AND t.barrier = @barrier AND ${OF_STREAM}
     ORDER BY t.occurred_at DESC, t.item_number DESC LIMIT @limit`,
  );
  return async (workspaceId, { barrier, stream = null, limit }): Promise<ReadItem[]> => {
    const values = { workspaceId, stream, limit };
    const rows =
      barrier === undefined
        ? [...relevant.all(values), ...madeRelevant.all(values)]
        : [...tagged.all({ ...values, barrier }), ...corrected.all({ ...values, barrier })];
    return rows
      .map((row) => ({ number: row.number, read: toReadItem(row) }))
      .sort((one, other) => newestFirst(one.read, other.read) || other.number - one.number)
      .slice(0, limit)
      .map(({ read }) => read);
  };
}

function newestFirst({ item: one }: ReadItem, { item: other }: ReadItem): number {
  const [date, otherDate] = [occurredAt(one), occurredAt(other)];
  return date === otherDate ? 0 : date < otherDate ? 1 : -1;
}
