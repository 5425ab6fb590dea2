import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { KeepingStore } from '../../src/keeping.ts';
import type { Instant } from '../../src/model.ts';

/** What keeps an item (`items AS i`) as it is, however old: anything that a person or a digest may have built on its text. */
const KEPT: readonly string[] = [
  'i.event_id IS NOT NULL',
  'EXISTS (SELECT 1 FROM corrections AS c WHERE c.item_number = i.number)',
];

interface ForgettableRow {
  number: number;
  fetched_at: Instant;
  title: string;
  summary: string;
}

/** Forgets texts of items that are off topic. */
export function forgetting(database: Database): Pick<KeepingStore, 'forgetTexts'> {
  // Numbers rise with time, so the first that is too new to be forgotten ends the search.
  const oldest = database.prepare<[number], ForgettableRow>(
    `SELECT i.number, i.fetched_at, i.title, i.summary FROM items AS i INDEXED BY forgettable_items
     WHERE i.relevant = 0 AND i.summary <> '' AND NOT (${KEPT.join(' OR ')}) ORDER BY i.number LIMIT ?`,
  );
  const note = database.prepare<[number, string]>(
    'INSERT OR REPLACE INTO forgotten_texts (item_number, hash) VALUES (?, ?)',
  );
  // What tagging quoted goes too: a quote that no text holds proves nothing.
  const empty = database.prepare<[number]>(
    `UPDATE items SET summary = '', tagged = json_set(tagged, '$.relevance', json('[]'), '$.taggings', json('[]'))
     WHERE number = ?`,
  );
  const unindex = database.prepare<[number, string, string]>(
    "INSERT INTO items_text (items_text, rowid, title, summary) VALUES ('delete', ?, ?, ?)",
  );
  const index = database.prepare<[number, string]>("INSERT INTO items_text (rowid, title, summary) VALUES (?, ?, '')");
  const forget = database.transaction((before: Instant, limit: number): number => {
    const rows = oldest.all(limit);
    const due = rows.filter(({ fetched_at }) => fetched_at < before);
    for (const { number, title, summary } of due) {
      note.run(number, textHash(summary));
      unindex.run(number, title, summary);
    }
    for (const { number, title } of due) {
      empty.run(number);
      index.run(number, title);
    }
    return due.length;
  });
  return {
    async forgetTexts(before, limit) {
      return forget.immediate(before, limit);
    },
  };
}

/** Returns a function that tells whether `summary` is what an item was stored with, be it forgotten since or not. */
export function summaryComparison(
  database: Database,
): (row: { readonly number: number; readonly summary: string }, summary: string) => boolean {
  const forgotten = database
    .prepare<[number], string>('SELECT hash FROM forgotten_texts WHERE item_number = ?')
    .pluck();
  return (row, summary) =>
    row.summary === summary || (row.summary === '' && forgotten.get(row.number) === textHash(summary));
}

/** 64 bits are enough to tell the versions of one text apart. */
function textHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
