import type { Database } from 'better-sqlite3';
import { occurredAt } from '../../src/item-date.ts';
import type { Instant, Item, ItemDraft, TaggedItem } from '../../src/model.ts';
import type { CheckOutcome } from '../../src/ports.ts';
import { identityOf, itemId, linkHash } from './identity.ts';
import { ITEM_COLUMNS, type ItemRow } from './rows.ts';
import { barrierRows, quotesFit } from './tagging.ts';

type Document = Pick<Extract<CheckOutcome, { kind: 'changed' }>, 'items' | 'tagged'>;
type SaveDocument = (feedId: string, document: Document, at: Instant, backlog: boolean) => Item[];

/** A text that is to be found by its words; `old` is what stood there before. */
interface Text {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly old?: { readonly title: string; readonly summary: string };
}

/** Returns a function that stores the entries of one document and gives back those that were new, in the document's order. */
export function documents(database: Database): SaveDocument {
  const known = database.prepare<[string], ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items AS i WHERE i.id = ?`);
  const insert = database.prepare(
    `INSERT INTO items (id, feed_id, occurred_at, fetched_at, published_at, backlog, link_hash, guid, url, language,
       categories, title, summary, relevant, tagged, tagged_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = itemUpdate(database);
  const index = textIndex(database);
  const addTaggings = barrierRows(database);
  return (feedId, document, at, backlog) => {
    const added: Item[] = [];
    const texts: Text[] = [];
    // Sources list the newest entry first; stored from the last to the first, a higher number means newer.
    for (const [id, draft, tagged] of entriesOf(feedId, document).reverse()) {
      const { guid = null, url = null, language = null, publishedAt = null, title, summary } = draft;
      const row = known.get(id);
      if (row !== undefined) {
        if (update(row, draft)) texts.push({ number: row.number, title, summary, old: row });
        continue;
      }
      const link = url === null ? null : linkHash(url);
      const categories = JSON.stringify(draft.categories);
      const date = occurredAt({ ...draft, fetchedAt: at, backlog });
      const values = [id, feedId, date, at, publishedAt, Number(backlog), link, guid, url, language, categories];
      const said = tagged ? [Number(tagged.relevant), JSON.stringify(tagged), at] : [null, null, null];
      const number = Number(insert.run(...values, title, summary, ...said).lastInsertRowid);
      if (tagged) addTaggings({ number, feed_id: feedId, occurred_at: date, event_id: null }, tagged);
      texts.push({ number, title, summary });
      added.push({ ...draft, id, feedId, fetchedAt: at, backlog });
    }
    index(texts);
    return added.reverse();
  };
}

type Entry = readonly [id: string, draft: ItemDraft, tagged: TaggedItem | undefined];

/** The entries with their ids, in words that SQLite can keep; of two with one identity the first counts. */
function entriesOf(feedId: string, { items, tagged }: Document): Entry[] {
  const entries = new Map<string, Entry>();
  for (const [index, given] of items.entries()) {
    // Half a surrogate pair would be stored as another character, and the entry would look edited at every check.
    const draft = { ...given, title: given.title.toWellFormed(), summary: given.summary.toWellFormed() };
    const id = itemId(feedId, identityOf(draft));
    const said = tagged?.[index];
    if (!entries.has(id)) entries.set(id, [id, draft, said && quotesFit(draft, said) ? said : undefined]);
  }
  return [...entries.values()];
}

/**
 * Returns a function that brings a stored item up to its newest wording; true when title or summary changed. Then its
 * taggings go, since their quotes may no longer fit, and the item waits to be tagged again; its event stays.
 */
function itemUpdate(database: Database): (row: ItemRow, draft: ItemDraft) => boolean {
  const write = database.prepare(
    `UPDATE items SET occurred_at = ?, published_at = ?, link_hash = ?, guid = ?, url = ?, language = ?, categories = ?
     WHERE number = ?`,
  );
  const rewrite = database.prepare<[string, string, number]>(
    `UPDATE items SET title = ?, summary = ?, relevant = NULL, tagged = NULL, tagged_at = NULL WHERE number = ?`,
  );
  const date = database.prepare<[string, number]>('UPDATE taggings SET occurred_at = ? WHERE item_number = ?');
  const untag = database.prepare<[number]>('DELETE FROM taggings WHERE item_number = ?');
  return (row, draft) => {
    const { guid = null, url = null, language = null, publishedAt = null, title, summary } = draft;
    const categories = JSON.stringify(draft.categories);
    const newDate = row.published_at !== publishedAt;
    const newDetail =
      row.guid !== guid || row.url !== url || row.language !== language || row.categories !== categories;
    if (newDate || newDetail) {
      const link = url === null ? null : linkHash(url);
      const newest = occurredAt({ ...draft, fetchedAt: row.fetched_at, backlog: row.backlog === 1 });
      write.run(newest, publishedAt, link, guid, url, language, categories, row.number);
      if (newDate) date.run(newest, row.number);
    }
    if (row.title === title && row.summary === summary) return false;
    untag.run(row.number);
    rewrite.run(title, summary, row.number);
    return true;
  };
}

/** Returns a function that brings the full-text index up to the stored texts; called last, see the migration. */
function textIndex(database: Database): (texts: readonly Text[]) => void {
  const add = database.prepare<[number, string, string]>(
    'INSERT INTO items_text (rowid, title, summary) VALUES (?, ?, ?)',
  );
  // An index without a copy of the text must be told what it is to forget.
  const forget = database.prepare<[number, string, string]>(
    "INSERT INTO items_text (items_text, rowid, title, summary) VALUES ('delete', ?, ?, ?)",
  );
  return (texts) => {
    for (const { number, title, summary, old } of texts) {
      if (old !== undefined) forget.run(number, old.title, old.summary);
      add.run(number, title, summary);
    }
  };
}
