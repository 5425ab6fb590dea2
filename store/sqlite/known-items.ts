import type { Database } from 'better-sqlite3';
import { occurredAt } from '../../src/item-date.ts';
import type { IdentityRule, Instant, ItemDraft } from '../../src/model.ts';
import { summaryComparison } from './forgotten.ts';
import { comparableLink, linkHash } from './identity.ts';
import { ITEM_COLUMNS, type ItemRow } from './rows.ts';

/** An entry of a document with the id that its feed's rule gives it. */
interface IdentifiedEntry {
  readonly id: string;
  readonly draft: ItemDraft;
}

/** The stored items that the entries of a document are, by the entries' ids. */
interface KnownItems {
  readonly rows: ReadonlyMap<string, ItemRow>;
  /** How many of them were found by their link although their guids had changed. */
  readonly renamed: number;
}

/** So many entries, each with a link of its own, show that the links of a feed tell its entries apart. */
const ENOUGH_LINKS = 3;

type FindKnown = (
  feedId: string,
  entries: readonly IdentifiedEntry[],
  rule: IdentityRule | undefined,
  at: Instant,
) => KnownItems;

/**
 * Returns a function that finds the stored items of a document's entries: by id, and where the feed's rule is not to trust
 * guids alone, by the same link, or by the same title and date. A stored item that the document shows under its own id is
 * never taken for another entry, nor is one that several entries could be.
 */
export function knownItems(database: Database): FindKnown {
  const byId = database.prepare<[string], ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items AS i WHERE i.id = ?`);
  const byLink = database.prepare<[number, string], ItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM items AS i WHERE i.link_hash = ? AND i.feed_id = ? ORDER BY i.number DESC LIMIT 8`,
  );
  const byDate = database.prepare<[string, string, string], ItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM items AS i WHERE i.feed_id = ? AND i.occurred_at = ? AND i.title = ? LIMIT 3`,
  );

  const isSummary = summaryComparison(database);
  const any = database.prepare<[string], number>('SELECT 1 FROM items WHERE feed_id = ? LIMIT 1').pluck();

  /** The stored item with the same link that `fits`. */
  const sameLink = (feedId: string, draft: ItemDraft, taken: ReadonlySet<string>, fits: (row: ItemRow) => boolean) => {
    if (draft.url === undefined) return undefined;
    const link = comparableLink(draft.url);
    const rows = byLink.all(linkHash(draft.url), feedId).filter(({ id }) => !taken.has(id));
    return rows.find((row) => row.url !== null && comparableLink(row.url) === link && fits(row));
  };
  /** The stored item with the same title and date, where it is the only one; a bare day needs the same summary too. */
  const sameWords = (feedId: string, draft: ItemDraft, taken: ReadonlySet<string>, at: Instant) => {
    const { publishedAt, title, summary } = draft;
    if (publishedAt === undefined) return undefined;
    const date = occurredAt({ publishedAt, fetchedAt: at, backlog: false });
    const rows = byDate.all(feedId, date, title).filter(({ id }) => !taken.has(id));
    const [only, second] = publishedAt.length > 10 ? rows : rows.filter((row) => isSummary(row, summary));
    return second === undefined && only?.published_at === publishedAt ? only : undefined;
  };

  return (feedId, entries, rule, at) => {
    const rows = new Map<string, ItemRow>();
    // The first document of a feed holds nothing known, and may hold a thousand entries.
    if (any.get(feedId) === undefined) return { rows, renamed: 0 };
    const taken = new Set<string>();
    const keep = (id: string, row: ItemRow | undefined): boolean => {
      if (row === undefined) return false;
      rows.set(id, row);
      taken.add(row.id);
      return true;
    };
    for (const { id } of entries) keep(id, byId.get(id));
    const unknown = entries.filter(({ id }) => !rows.has(id));
    // Who chose guids means guids.
    if (unknown.length === 0 || rule === 'guid') return { rows, renamed: 0 };
    // Most entries that are unknown are new, and nothing stored could be them: the others are looked at only where something could.
    const links = once(() => countsOf(entries, linkOf));
    const words = once(() => countsOf(entries, wordsOf));
    const isLinkTelling = () => links().size >= ENOUGH_LINKS && links().size === entries.length;
    let renamed = 0;
    for (const { id, draft } of unknown) {
      // Where nothing says that guids change, a new guid may be a new entry of a feed that links to one page always.
      const fits = ({ title, published_at }: ItemRow) =>
        rule !== undefined ||
        (title === draft.title && (published_at === (draft.publishedAt ?? null) || isLinkTelling()));
      const linked = sameLink(feedId, draft, taken, fits);
      if (linked !== undefined && links().get(linkOf(draft)) === 1) {
        keep(id, linked);
        renamed += 1;
        continue;
      }
      const worded = sameWords(feedId, draft, taken, at);
      if (worded !== undefined && words().get(wordsOf(draft)) === 1) keep(id, worded);
    }
    return { rows, renamed };
  };
}

function wordsOf({ title, publishedAt = '' }: ItemDraft): string {
  return `${title}\0${publishedAt}`;
}

/** Empty for an entry without a link. */
function linkOf({ url }: ItemDraft): string {
  return url === undefined ? '' : comparableLink(url);
}

function countsOf(
  entries: readonly IdentifiedEntry[],
  name: (draft: ItemDraft) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { draft } of entries) counts.set(name(draft), (counts.get(name(draft)) ?? 0) + 1);
  return counts;
}

/** What `work` makes, made at the first call. */
function once<Made extends object>(work: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= work();
    return made;
  };
}
