import type { Database } from 'better-sqlite3';
import { occurredAt } from '../../src/item-date.ts';
import type { IdentityRule, Instant, Item, ItemDraft, TaggedItem } from '../../src/model.ts';
import type { CheckOutcome } from '../../src/ports.ts';
import { correctionsOnEdit } from './corrections-in-force.ts';
import { floodJudge, holdFlood } from './floods.ts';
import { summaryComparison } from './forgotten.ts';
import { comparableLink, identityOf, itemId, linkHash } from './identity.ts';
import { ruleOf } from './identity-rule.ts';
import { knownItems } from './known-items.ts';
import { changeQueue } from './revisions.ts';
import type { ItemRow } from './rows.ts';
import { barrierRows, quotesFit } from './tagging.ts';

type Document = Pick<Extract<CheckOutcome, { kind: 'changed' }>, 'items' | 'tagged'>;
type SaveDocument = (feed: ReadBefore, document: Document, at: Instant) => Item[];

/** What is known of a feed before a document of it is stored. */
interface ReadBefore {
  readonly id: string;
  /** Null until it is chosen or recognised. */
  readonly identity: IdentityRule | null;
  /** Null before the first reading, whose items may be old news. */
  readonly succeededAt: Instant | null;
}

/** So many entries with a new guid on an old link show that a feed's guids change. */
const RENAMED = 2;

/** A text that is to be found by its words; `old` is what stood there before. */
interface Text {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly old?: { readonly title: string; readonly summary: string };
}

/** Returns a function that stores the entries of one document and gives back those that were new, in the document's order. */
export function documents(database: Database): SaveDocument {
  const recognise = recognition(database);
  const isFlood = floodJudge(database);
  const hold = holdFlood(database);
  const insert = itemInsert(database);
  const update = itemUpdate(database);
  const index = textIndex(database);
  const noteChange = changeQueue(database);
  return (feed, document, at) => {
    const backlog = feed.succeededAt === null;
    const { entries, rows } = recognise(feed, document, at);
    const fresh = entries.filter(({ id }) => !rows.has(id)).map(({ draft }) => draft);
    const brought = { feedId: feed.id, at, since: feed.succeededAt ?? at, fresh, window: entries.length };
    const held = !backlog && isFlood(brought);

    const added: Item[] = [];
    const numbers: number[] = [];
    const texts: Text[] = [];
    // Sources list the newest entry first; stored from the last to the first, a higher number means newer.
    for (const { id, draft, tagged } of entries.reverse()) {
      const { title, summary } = draft;
      const row = rows.get(id);
      if (row !== undefined) {
        if (update(row, draft)) {
          texts.push({ number: row.number, title, summary, old: row });
          noteChange({ id: `edit of ${row.id} at ${at}`, itemIds: [row.id], cause: 'edited', at });
        }
        continue;
      }
      const item = { ...draft, id, feedId: feed.id, fetchedAt: at, backlog };
      const number = insert(item, tagged);
      texts.push({ number, title, summary });
      numbers.push(number);
      added.push(item);
    }
    if (held) hold(brought, numbers);
    index(texts);
    return added.reverse();
  };
}

/** Returns a function that tells a document's entries apart and finds those that are stored, choosing the feed's rule where it must. */
function recognition(
  database: Database,
): (feed: ReadBefore, document: Document, at: Instant) => { entries: Entry[]; rows: ReadonlyMap<string, ItemRow> } {
  const find = knownItems(database);
  const choose = database.prepare<[IdentityRule, string]>('UPDATE feeds SET identity = ? WHERE id = ?');
  return (feed, document, at) => {
    const recognised = feed.identity === null ? ruleOf(document.items) : undefined;
    const rule = feed.identity ?? recognised;
    const entries = entriesOf(feed.id, document, rule);
    const { rows, renamed } = find(feed.id, entries, rule, at);
    const chosen = recognised ?? (rule === undefined && renamed >= RENAMED ? 'link' : undefined);
    if (chosen !== undefined) choose.run(chosen, feed.id);
    return { entries, rows };
  };
}

interface Entry {
  readonly id: string;
  readonly draft: ItemDraft;
  readonly tagged: TaggedItem | undefined;
}

/** The entries with their ids, in words that SQLite can keep; of two with one identity the first counts. */
function entriesOf(feedId: string, { items, tagged }: Document, rule: IdentityRule | undefined): Entry[] {
  const entries = new Map<string, Entry>();
  for (const [index, given] of items.entries()) {
    // Half a surrogate pair would be stored as another character, and the entry would look edited at every check.
    const draft = { ...given, title: given.title.toWellFormed(), summary: given.summary.toWellFormed() };
    const id = freeId(feedId, draft, rule, entries);
    const said = tagged?.[index];
    if (id !== undefined) entries.set(id, { id, draft, tagged: said && quotesFit(draft, said) ? said : undefined });
  }
  return [...entries.values()];
}

/**
 * The entry's id; undefined for an entry that the document shows a second time. Two entries that share an identity but
 * neither title nor link are two all the same: the second is known by its link and its words.
 */
function freeId(
  feedId: string,
  draft: ItemDraft,
  rule: IdentityRule | undefined,
  entries: ReadonlyMap<string, Entry>,
): string | undefined {
  const id = itemId(feedId, identityOf(draft, rule));
  const first = entries.get(id)?.draft;
  if (first === undefined) return id;
  const isOther = first.title !== draft.title && linkOf(draft) !== '' && linkOf(first) !== linkOf(draft);
  const ownId = itemId(feedId, `${linkOf(draft)}\0${draft.title}`);
  return rule !== 'reference' && isOther && !entries.has(ownId) ? ownId : undefined;
}

function linkOf({ url }: ItemDraft): string {
  return url === undefined ? '' : comparableLink(url);
}

/** Returns a function that stores a new item with what tagging said of it, and gives back its number. */
function itemInsert(database: Database): (item: Item, tagged: TaggedItem | undefined) => number {
  const insert = database.prepare(
    `INSERT INTO items (id, feed_id, occurred_at, fetched_at, published_at, backlog, link_hash, guid, url, language,
       categories, title, summary, relevant, tagged, tagged_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addTaggings = barrierRows(database);
  return (item, tagged) => {
    const { id, feedId, fetchedAt, backlog, title, summary } = item;
    const { guid = null, url = null, language = null, publishedAt = null } = item;
    const link = url === null ? null : linkHash(url);
    const date = occurredAt(item);
    const categories = JSON.stringify(item.categories);
    const values = [id, feedId, date, fetchedAt, publishedAt, Number(backlog), link, guid, url, language, categories];
    const said = tagged ? [Number(tagged.relevant), JSON.stringify(tagged), fetchedAt] : [null, null, null];
    const number = Number(insert.run(...values, title, summary, ...said).lastInsertRowid);
    if (tagged) addTaggings({ number, feed_id: feedId, occurred_at: date, event_id: null }, tagged);
    return number;
  };
}

/**
 * Returns a function that brings a stored item up to its newest wording; true when title or summary changed. Then its
 * taggings go, since their quotes may no longer fit, and the item waits to be tagged again; its event and corrections stay.
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
  const correct = correctionsOnEdit(database);
  const isSummary = summaryComparison(database);
  return (row, draft) => {
    const { guid = null, url = null, language = null, publishedAt = null, title, summary } = draft;
    const categories = JSON.stringify(draft.categories);
    const newDate = row.published_at !== publishedAt;
    const newDetail =
      row.guid !== guid || row.url !== url || row.language !== language || row.categories !== categories;
    const newest = occurredAt({ ...draft, fetchedAt: row.fetched_at, backlog: row.backlog === 1 });
    const newText = row.title !== title || !isSummary(row, summary);
    if (newDate || newDetail) {
      const link = url === null ? null : linkHash(url);
      write.run(newest, publishedAt, link, guid, url, language, categories, row.number);
      if (newDate) date.run(newest, row.number);
    }
    if (newDate || newText) correct({ number: row.number, title, summary }, newest);
    if (!newText) return false;
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
