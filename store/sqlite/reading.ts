import type { ReadItem, Stream, TaggedItem } from '../../src/model.ts';
import { shownEvent } from './event-decisions.ts';
import { fromJson, ITEM_COLUMNS, type ItemRow, toItem } from './rows.ts';

/** A row of `items` as one workspace reads it. */
export interface ReadRow extends ItemRow {
  /** Null until the item is tagged. */
  tagged: string | null;
  /** As the workspace's admins mended it. */
  event_id: string | null;
  /** The workspace's own words for the feed. */
  feed_title: string;
  feed_stream: Stream;
  /** Null for items that came in no flood. */
  flood: ReadItem['flood'] | null;
}

/** What the workspace decided of the flood an item came in; null for the others. */
const FLOOD = `(SELECT ifnull(d.decision, 'undecided') FROM flood_items AS m
  LEFT JOIN flood_decisions AS d ON d.flood_number = m.flood_number AND d.workspace_id = l.workspace_id
  WHERE m.item_number = i.number)`;

/** True of items that are not held back. */
export const POSTABLE = `ifnull(${FLOOD}, 'released') = 'released'`;

/** The columns of a ReadRow, from `items AS i` and `feed_listings AS l`. */
export const READ_COLUMNS = `${ITEM_COLUMNS}, i.tagged, ${shownEvent('l.workspace_id', 'i.number', 'i.event_id')} AS event_id, l.title AS feed_title, l.stream AS feed_stream,
  ${FLOOD} AS flood`;

/**
 * Joins items to the listing through which a workspace may see them; every reading of a workspace goes through it.
 * CROSS JOIN keeps SQLite from starting at the listings, which would sort every item of every feed.
 */
export const LISTED = 'CROSS JOIN feed_listings AS l ON l.workspace_id = @workspaceId AND l.feed_id = i.feed_id';

export function toReadItem(row: ReadRow): ReadItem {
  return {
    item: toItem(row),
    feed: { id: row.feed_id, title: row.feed_title, stream: row.feed_stream },
    ...(row.tagged !== null && { tagged: fromJson<TaggedItem>(row.tagged) }),
    ...(row.event_id !== null && { eventId: row.event_id }),
    ...(row.flood && { flood: row.flood }),
  };
}
