import type { Database } from 'better-sqlite3';
import type { Instant } from '../../src/model.ts';
import type { ItemStore } from '../../src/ports.ts';
import { comparableLink, linkHash } from './identity.ts';
import { EVENT, LISTED, POSTABLE, READ_COLUMNS, RELEVANT, type ReadRow, toReadItem } from './reading.ts';
import { recentItems } from './recent-items.ts';
import { ITEMS_OF_EVENTS } from './shown-event.ts';

/** Entries that surface again after so long are stored and found, but are no news. */
const SURFACING_MILLISECONDS = 14 * 86_400_000;

/** The fewest characters of an id that may stand for it. */
const SHORTEST_REFERENCE = 4;

const READ = `SELECT ${READ_COLUMNS} FROM items AS i ${LISTED}`;

type ItemReader = Pick<
  ItemStore,
  'findItem' | 'newItems' | 'itemsOfEvents' | 'recentItems' | 'countItems' | 'itemsById' | 'seenItems'
>;

/** Readings of the items of the feeds that a workspace lists. */
export function items(database: Database): ItemReader {
  return {
    findItem: findItem(database),
    newItems: newItems(database),
    recentItems: recentItems(database),
    itemsOfEvents: itemsOfEvents(database),
    countItems: countItems(database),
    itemsById: itemsById(database),
    seenItems: seenItems(database),
  };
}

function findItem(database: Database): ItemStore['findItem'] {
  // 'w' follows 'v', the last character an id can hold.
  const byId = database.prepare<[{ workspaceId: string; start: string }], ReadRow>(
    `${READ} WHERE i.id >= @start AND i.id < @start || 'w' LIMIT 2`,
  );
  const byLink = database.prepare<[{ workspaceId: string; hash: number }], ReadRow>(
    `${READ} WHERE i.link_hash = @hash ORDER BY ${RELEVANT} IS 1 DESC, i.number DESC`,
  );
  return async (workspaceId, reference) => {
    const text = reference.trim();
    const start = text.toLowerCase();
    if (start.length >= SHORTEST_REFERENCE && /^[0-9a-v]+$/.test(start)) {
      const [only, second] = byId.all({ workspaceId, start });
      if (only !== undefined && second === undefined) return toReadItem(only);
    }
    if (text === '') return undefined;
    const link = comparableLink(text);
    const rows = byLink.all({ workspaceId, hash: linkHash(text) });
    const row = rows.find(({ url }) => url !== null && comparableLink(url) === link);
    return row === undefined ? undefined : toReadItem(row);
  };
}

function newItems(database: Database): ItemStore['newItems'] {
  interface Values {
    workspaceId: string;
    from: Instant;
    to: Instant;
    oldest: Instant;
  }
  // A bare day counts as in the window when any of it is. What came in while the workspace had the feed paused is not news to it.
  const since = (instant: string) => `(i.published_at >= ${instant} OR i.published_at = substr(${instant}, 1, 10))`;
  const rows = database.prepare<[Values], ReadRow>(
    `${READ} WHERE i.fetched_at > @from AND i.fetched_at <= @to AND ${RELEVANT}
       AND iif(i.backlog, ${since('@from')}, i.published_at IS NULL OR ${since('@oldest')})
       AND (l.paused_at IS NULL OR i.fetched_at <= l.paused_at)
       AND NOT EXISTS (SELECT 1 FROM flood_items AS m WHERE m.item_number = i.number)
     ORDER BY i.fetched_at, i.number`,
  );
  // What was held is news from the moment it is released, however old it is.
  const released = database.prepare<[Omit<Values, 'oldest'>], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM flood_decisions AS r
       CROSS JOIN flood_items AS f ON f.flood_number = r.flood_number
       CROSS JOIN items AS i ON i.number = f.item_number ${LISTED}
     WHERE r.workspace_id = @workspaceId AND r.decision = 'released' AND r.at > @from AND r.at <= @to AND ${RELEVANT}
       AND l.paused_at IS NULL
     ORDER BY i.number`,
  );
  // What people found to be relevant is news from the moment they did, where it is no old story by then.
  const entered = database.prepare<[Values], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM corrections AS k CROSS JOIN items AS i ON i.number = k.item_number ${LISTED}
     WHERE k.workspace_id = @workspaceId AND k.state = 'confirmed' AND k.relevant = 1
       AND k.in_force_at > @from AND k.in_force_at <= @to AND i.relevant IS NOT 1
       AND i.fetched_at > @oldest AND i.fetched_at <= @from AND iif(i.published_at IS NULL, NOT i.backlog, ${since('@oldest')})
       AND l.paused_at IS NULL AND NOT EXISTS (SELECT 1 FROM flood_items AS m WHERE m.item_number = i.number)
     ORDER BY i.fetched_at, i.number`,
  );
  return async (workspaceId, { from, to }) => {
    const oldest = new Date(Date.parse(from) - SURFACING_MILLISECONDS).toISOString();
    const values = { workspaceId, from, to, oldest };
    const found = [...rows.all(values), ...released.all({ workspaceId, from, to }), ...entered.all(values)];
    return found.map(toReadItem);
  };
}

function itemsOfEvents(database: Database): ItemStore['itemsOfEvents'] {
  const rows = database.prepare<[{ workspaceId: string; events: string }], ReadRow>(
    `SELECT ${READ_COLUMNS} FROM (${ITEMS_OF_EVENTS}) AS m CROSS JOIN items AS i ON i.number = m.number ${LISTED}
     WHERE ${EVENT} IN (SELECT value FROM json_each(@events)) AND ${RELEVANT} AND ${POSTABLE}
     ORDER BY i.number`,
  );
  return async (workspaceId, eventIds) => rows.all({ workspaceId, events: JSON.stringify(eventIds) }).map(toReadItem);
}

function itemsById(database: Database): ItemStore['itemsById'] {
  const rows = database.prepare<[{ workspaceId: string; ids: string }], ReadRow>(
    `${READ} WHERE i.id IN (SELECT value FROM json_each(@ids))`,
  );
  return async (workspaceId, itemIds) => rows.all({ workspaceId, ids: JSON.stringify(itemIds) }).map(toReadItem);
}

function seenItems(database: Database): ItemStore['seenItems'] {
  const rows = database.prepare<[{ workspaceId: string; from: Instant; to: Instant; limit: number }], ReadRow>(
    `${READ} WHERE i.fetched_at > @from AND i.fetched_at <= @to ORDER BY i.fetched_at DESC, i.number DESC LIMIT @limit`,
  );
  return async (workspaceId, { from, to }, limit) => rows.all({ workspaceId, from, to, limit }).map(toReadItem);
}

function countItems(database: Database): ItemStore['countItems'] {
  const LISTED_FEEDS = 'feed_id IN (SELECT feed_id FROM feed_listings WHERE workspace_id = @workspaceId)';
  // The plus keeps SQLite from reading every item of every feed, where an index holds the relevant ones.
  const count = database.prepare<[{ workspaceId: string }], { items: number; relevant: number }>(
    `SELECT (SELECT count(*) FROM items WHERE ${LISTED_FEEDS}) AS items,
       (SELECT count(*) FROM items WHERE relevant = 1 AND +${LISTED_FEEDS})
         + (SELECT count(*) FILTER (WHERE c.relevant = 1 AND i.relevant IS NOT 1)
              - count(*) FILTER (WHERE c.relevant = 0 AND i.relevant IS 1)
            FROM corrections AS c CROSS JOIN items AS i ON i.number = c.item_number
            WHERE c.workspace_id = @workspaceId AND c.state = 'confirmed' AND i.${LISTED_FEEDS}) AS relevant`,
  );
  return async (workspaceId) => count.get({ workspaceId }) ?? { items: 0, relevant: 0 };
}
