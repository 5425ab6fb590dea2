import type { Database } from 'better-sqlite3';
import type { BarrierId, Instant, Stream } from '../../src/model.ts';
import type { ItemStore, Span } from '../../src/ports.ts';
import { LISTED, POSTABLE, READ_COLUMNS, RELEVANT, type ReadRow, toReadItem } from './reading.ts';
import { searchQuery } from './search-words.ts';

/** Of a word that stands in every second item only this many of the newest items are looked at. */
const MOST_MATCHES = 2_000;

/** Further where most matches do not count, since what is off topic must not hide what is not. */
const MOST_MATCHES_RELEVANT = 20_000;

/** Noncharacters (Unicode §23.7), which no text that was meant to be read holds. */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';

interface Filter {
  workspaceId: string;
  query: string;
  barrier: BarrierId | null;
  stream: Stream | null;
  since: Instant | null;
  relevantOnly: 0 | 1;
  mostMatches: number;
  limit: number;
}

interface HitRow extends ReadRow {
  marked_title: string;
  marked_summary: string;
}

/** Full-text search over title and summary. */
export function search(database: Database): Pick<ItemStore, 'searchItems'> {
  const find = database
    .prepare<[Filter], number>(
      `SELECT i.number
       FROM (SELECT rowid AS number FROM items_text WHERE items_text MATCH @query ORDER BY rowid DESC LIMIT @mostMatches) AS m
         CROSS JOIN items AS i ON i.number = m.number ${LISTED}
       WHERE (@stream IS NULL OR l.stream = @stream)
         AND (@relevantOnly = 0 OR (${RELEVANT} AND ${POSTABLE}))
         AND (@since IS NULL OR i.occurred_at >= @since OR i.occurred_at = substr(@since, 1, 10))
         AND (@barrier IS NULL OR iif(c.number IS NULL,
           EXISTS (SELECT 1 FROM taggings AS t WHERE t.item_number = i.number AND +t.barrier = @barrier),
           EXISTS (SELECT 1 FROM corrected_taggings AS t
             WHERE t.item_number = i.number AND t.workspace_id = @workspaceId AND +t.barrier = @barrier)))
       ORDER BY i.occurred_at DESC, i.number DESC LIMIT @limit`,
    )
    .pluck();
  const mark = marking(database);
  const searchItems = database.transaction((filter: Filter): HitRow[] => {
    const numbers = find.all(filter);
    return numbers.length === 0 ? [] : mark(filter.workspaceId, filter.query, JSON.stringify(numbers));
  });
  return {
    async searchItems(workspaceId, search) {
      const { words, near, barrier = null, stream = null, since = null, relevantOnly = false, limit } = search;
      const query = searchQuery(words, near);
      if (query === undefined) return [];
      const asked = { workspaceId, query, barrier, stream, since, limit };
      const rows = relevantOnly
        ? searchItems({ ...asked, relevantOnly: 1, mostMatches: MOST_MATCHES_RELEVANT })
        : searchItems({ ...asked, relevantOnly: 0, mostMatches: MOST_MATCHES });
      return rows.map((row) => ({
        found: toReadItem(row),
        title: spansOf(row.title, row.marked_title),
        summary: spansOf(row.summary, row.marked_summary),
      }));
    },
  };
}

/**
 * Returns a function that reads the items that are shown and marks what matched in them. It asks a small index in memory,
 * since the large one would read every text that matches, or look up the start of a word a second time.
 */
function marking(database: Database): (workspaceId: string, query: string, numbers: string) => HitRow[] {
  // The tokenizer is that of items_text, or other words would be marked than were found.
  database.exec(
    'CREATE VIRTUAL TABLE temp.shown_text USING fts5 (title, summary, tokenize = "unicode61 remove_diacritics 2")',
  );
  const fill = database.prepare<[string]>(
    `INSERT INTO temp.shown_text (rowid, title, summary)
     SELECT number, title, summary FROM items WHERE number IN (SELECT value FROM json_each(?))`,
  );
  const read = database.prepare<[{ workspaceId: string; query: string }], HitRow>(
    `SELECT ${READ_COLUMNS}, m.title AS marked_title, m.summary AS marked_summary
     FROM (SELECT rowid AS number, highlight(shown_text, 0, '${OPEN}', '${CLOSE}') AS title,
             highlight(shown_text, 1, '${OPEN}', '${CLOSE}') AS summary
           FROM temp.shown_text WHERE shown_text MATCH @query) AS m
       CROSS JOIN items AS i ON i.number = m.number ${LISTED}
     ORDER BY i.occurred_at DESC, i.number DESC`,
  );
  const empty = database.prepare('DELETE FROM temp.shown_text');
  return (workspaceId, query, numbers) => {
    fill.run(numbers);
    const rows = read.all({ workspaceId, query });
    empty.run();
    return rows;
  };
}

/** Reads the marked stretches as offsets in the text without marks; none where the text itself holds a mark. */
function spansOf(text: string, marked: string): Span[] {
  if (text.includes(OPEN) || text.includes(CLOSE)) return [];
  const spans: Span[] = [];
  let length = 0;
  for (const [index, part] of marked.split(OPEN).entries()) {
    const [inside = '', outside = ''] = index === 0 ? ['', part] : part.split(CLOSE);
    if (inside !== '') spans.push([length, length + inside.length]);
    length += inside.length + outside.length;
  }
  return spans;
}
