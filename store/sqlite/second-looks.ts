import type { Database } from 'better-sqlite3';
import type { Instant, TaggedItem } from '../../src/model.ts';
import type { SecondLook, SecondLookStore, WaitingItem } from '../../src/second-reader.ts';
import { fromJson, ITEM_COLUMNS, type ItemRow, toItem } from './rows.ts';
import { tagWriter } from './tagging.ts';

interface WaitingRow extends ItemRow {
  tagged: string;
  tagged_at: Instant;
  look: string | null;
}

interface Target {
  number: number;
  /** Null while it waits to be tagged, when there is nothing to look at. */
  tagged_at: Instant | null;
}

/** Second looks at taggings, one an item. */
export function secondLooks(
  database: Database,
): Pick<SecondLookStore, 'itemsForSecondLook' | 'saveSecondLooks' | 'findSecondLook' | 'countSecondLooks'> {
  // Found by the time of first sight, which has an index; those of a feed's first reading may be dated long before.
  // Chosen before their texts are read, since sorting whole rows would read all of them.
  const waiting = database.prepare<[Instant, Instant, Instant, number], WaitingRow>(
    `WITH chosen AS MATERIALIZED (
       SELECT i.number, s.look FROM items AS i
       LEFT JOIN second_looks AS s ON s.item_number = i.number AND s.tagged_at = i.tagged_at
       WHERE i.fetched_at >= ? AND i.occurred_at >= ? AND i.relevant IS NOT NULL
         AND (s.item_number IS NULL OR s.next_try_at <= ?)
       ORDER BY i.occurred_at DESC, i.number DESC LIMIT ?
     )
     SELECT ${ITEM_COLUMNS}, i.tagged, i.tagged_at, c.look FROM chosen AS c JOIN items AS i ON i.number = c.number
     ORDER BY i.occurred_at DESC, i.number DESC`,
  );
  const target = database.prepare<[string], Target>('SELECT number, tagged_at FROM items WHERE id = ?');
  const keep = database.prepare<[number, Instant, SecondLook['state'], Instant, Instant | null, string]>(
    `INSERT INTO second_looks (item_number, tagged_at, state, at, next_try_at, look) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (item_number) DO UPDATE SET tagged_at = excluded.tagged_at, state = excluded.state, at = excluded.at,
       next_try_at = excluded.next_try_at, look = excluded.look`,
  );
  const find = database
    .prepare<[string], string>(
      `SELECT s.look FROM second_looks AS s JOIN items AS i ON i.number = s.item_number AND i.tagged_at = s.tagged_at
       WHERE i.id = ?`,
    )
    .pluck();
  const count = database.prepare<[Instant], { state: 'read' | 'waiting' | 'failed'; looks: number }>(
    `SELECT state, count(*) AS looks FROM second_looks WHERE at >= ? AND state <> 'unneeded' GROUP BY state`,
  );
  const retag = tagWriter(database);
  const end = (item: Target, { taggedAt, item: { id: itemId } }: WaitingItem, look: SecondLook, at: Instant): void => {
    const tagged = look.state === 'read' ? look.tagged : undefined;
    if (tagged !== undefined) {
      if (!retag(itemId, tagged, at, 'tagged'))
        throw new Error(`A second look at item ${item.number} quotes what is not in its text`);
    }
    const nextTryAt = look.state === 'waiting' ? look.nextTryAt : null;
    keep.run(item.number, tagged === undefined ? taggedAt : at, look.state, at, nextTryAt, JSON.stringify(look));
  };
  const save = database.transaction((looks: ReadonlyMap<WaitingItem, SecondLook>, at: Instant): void => {
    for (const [seen, look] of looks) {
      const item = target.get(seen.item.id);
      // What was edited, or tagged by a person, since the look began is not what was looked at.
      if (item !== undefined && item.tagged_at === seen.taggedAt) end(item, seen, look, at);
    }
  });
  return {
    async itemsForSecondLook(since, now, limit) {
      return waiting.all(since, since, now, limit).map(toWaiting);
    },
    async saveSecondLooks(looks, at) {
      save.immediate(looks, at);
    },
    async findSecondLook(itemId) {
      const look = find.get(itemId);
      return look === undefined ? undefined : fromJson<SecondLook>(look);
    },
    async countSecondLooks(since) {
      const counts = { read: 0, waiting: 0, failed: 0 };
      for (const { state, looks } of count.all(since)) counts[state] = looks;
      return counts;
    },
  };
}

function toWaiting(row: WaitingRow): WaitingItem {
  const look = row.look === null ? undefined : fromJson<SecondLook>(row.look);
  return {
    item: toItem(row),
    tagged: fromJson<TaggedItem>(row.tagged),
    taggedAt: row.tagged_at,
    tries: look?.state === 'waiting' ? look.tries : 0,
  };
}
