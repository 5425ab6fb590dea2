import type { Judgement, ReadItem, Stream, TaggedItem } from '../../src/model.ts';
import { fromJson, ITEM_COLUMNS, type ItemRow, toItem } from './rows.ts';
import { shownEvent } from './shown-event.ts';

/** A row of `items` as one workspace reads it. */
export interface ReadRow extends ItemRow {
  /** Null until the item is tagged. */
  tagged: string | null;
  /** What the correction in force says, and its number; null for items that nobody corrected. */
  judged: string | null;
  correction: number | null;
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

/** The event of an item before admins mend it: that of the rules, else the one that a correction gave it; null for neither. */
export const OWN_EVENT = 'ifnull(i.event_id, c.event_id)';

/** The event of an item as the workspace's admins mended it. */
export const EVENT = shownEvent('l.workspace_id', 'i.number', OWN_EVENT);

/** The columns of a ReadRow, from `items AS i`, `feed_listings AS l` and `corrections AS c`. */
export const READ_COLUMNS = `${ITEM_COLUMNS}, i.tagged, c.judged, c.number AS correction, ${EVENT} AS event_id,
  l.title AS feed_title, l.stream AS feed_stream, ${FLOOD} AS flood`;

/** Joins the correction in force to items `i`: what people of the workspace said outranks the rules. */
export const CORRECTED = `LEFT JOIN corrections AS c ON c.workspace_id = @workspaceId AND c.item_number = i.number
  AND c.state = 'confirmed'`;

/** True of items that count as about AI governance in the workspace. */
export const RELEVANT = 'ifnull(c.relevant, i.relevant) = 1';

/**
 * Joins items to the listing through which a workspace may see them; every reading of a workspace goes through it.
 * CROSS JOIN keeps SQLite from starting at the listings, which would sort every item of every feed.
 */
export const LISTED = `CROSS JOIN feed_listings AS l ON l.workspace_id = @workspaceId AND l.feed_id = i.feed_id ${CORRECTED}`;

export function toReadItem(row: ReadRow): ReadItem {
  const rules = row.tagged === null ? undefined : fromJson<TaggedItem>(row.tagged);
  const tagged = row.judged === null ? rules : outranked(rules, fromJson<Judgement>(row.judged));
  return {
    item: toItem(row),
    feed: { id: row.feed_id, title: row.feed_title, stream: row.feed_stream },
    ...(tagged && { tagged }),
    ...(row.correction !== null && { corrected: { number: row.correction, ...(rules && { rules }) } }),
    ...(row.event_id !== null && { eventId: row.event_id }),
    ...(row.flood && { flood: row.flood }),
  };
}

/** What people said in place of the rules; what they were not asked stays the rules'. */
function outranked(rules: TaggedItem | undefined, judged: Judgement): TaggedItem {
  const { primary: _, ...others } = rules ?? { relevance: [] };
  return { ...others, ...judged };
}
