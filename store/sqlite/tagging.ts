import type { Database } from 'better-sqlite3';
import type { BarrierId, Direction, Evidence, Instant, Item, TaggedItem } from '../../src/model.ts';
import type { ItemStore } from '../../src/ports.ts';
import { changeQueue } from './revisions.ts';
import { ITEM_COLUMNS, type ItemRow, toItem } from './rows.ts';

interface Target {
  number: number;
  feed_id: string;
  occurred_at: string;
  relevant: number | null;
  event_id: string | null;
  title: string;
  summary: string;
}

/** What tagging said of each item. */
export function tagging(database: Database): Pick<ItemStore, 'untaggedItems' | 'saveTagged'> {
  const untagged = database.prepare<[number], ItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM items AS i WHERE i.relevant IS NULL ORDER BY i.number LIMIT ?`,
  );
  const write = tagWriter(database);
  /** Returns the ids whose quotes no longer fit; they stay untagged. */
  const save = database.transaction((all: ReadonlyMap<string, TaggedItem>, at: Instant): string[] =>
    [...all].flatMap(([id, tagged]) => (write(id, tagged, at, 'all') ? [] : [id])),
  );
  return {
    async untaggedItems(limit): Promise<Item[]> {
      return untagged.all(limit).map(toItem);
    },
    async saveTagged(tagged, at) {
      const misfits = save.immediate(tagged, at);
      if (misfits.length > 0) {
        throw new Error(`Left untagged, because their quotes are not in their stored text: ${misfits.join(', ')}`);
      }
    },
  };
}

/**
 * Returns a function that writes what tagging says of an item, inside a transaction; false, with nothing written, where its
 * quotes no longer fit, or where only items that are `tagged` are meant and it waits to be. Throws for an unknown item.
 */
export function tagWriter(
  database: Database,
): (id: string, tagged: TaggedItem, at: Instant, which: 'all' | 'tagged') => boolean {
  const target = database.prepare<[string], Target>(
    'SELECT number, feed_id, occurred_at, relevant, event_id, title, summary FROM items WHERE id = ?',
  );
  // An item that turns out not to be relevant leaves its event.
  const update = database.prepare<[number, string, Instant, string | null, number]>(
    'UPDATE items SET relevant = ?, tagged = ?, tagged_at = ?, event_id = ? WHERE number = ?',
  );
  const clear = database.prepare<[number]>('DELETE FROM taggings WHERE item_number = ?');
  const addTaggings = barrierRows(database);
  const noteChange = changeQueue(database);
  return (id, tagged, at, which) => {
    const item = target.get(id);
    if (item === undefined) throw new Error(`There is no item ${id} to tag`);
    if (!quotesFit(item, tagged) || (which === 'tagged' && item.relevant === null)) return false;
    const { number, occurred_at, feed_id } = item;
    const eventId = tagged.relevant ? item.event_id : null;
    if (item.relevant !== null) {
      clear.run(number);
      noteChange({ id: `tags of ${id} at ${at}`, itemIds: [id], cause: 'tagged anew', at });
    }
    update.run(Number(tagged.relevant), JSON.stringify(tagged), at, eventId, number);
    addTaggings({ number, feed_id, occurred_at, event_id: eventId }, tagged);
    return true;
  };
}

/** Returns a function that writes what a tagged item says of barriers; of two taggings with one barrier the first counts. */
export function barrierRows(
  database: Database,
): (item: Pick<Target, 'number' | 'feed_id' | 'occurred_at' | 'event_id'>, tagged: TaggedItem) => void {
  const insert = database.prepare<[BarrierId, string, number, Direction, string, string | null]>(
    `INSERT OR IGNORE INTO taggings (barrier, occurred_at, item_number, direction, feed_id, event_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  return ({ number, feed_id, occurred_at, event_id }, { relevant, taggings }) => {
    for (const { barrier, direction } of relevant ? taggings : []) {
      insert.run(barrier, occurred_at, number, direction, feed_id, event_id);
    }
  };
}

/** A check may have rewritten the item while it was being tagged; a quote the reader cannot find proves nothing. */
export function quotesFit(item: Pick<Target, 'title' | 'summary'>, tagged: Pick<TaggedItem, 'taggings'>): boolean {
  const fits = ({ field, start, end, quote }: Evidence) => item[field].slice(start, end) === quote;
  return tagged.taggings.every((one) => one.evidence.every(fits));
}
