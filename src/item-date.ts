/** The date an item counts under, in lists, windows and pressure; what is shown to people is its own date or none. */
import type { Instant, Item, LocalDate } from './model.ts';
import { DAY, plus } from './time.ts';

/**
 * An entry without a date that came with a feed's first reading may be years old: it counts as a quarter old, so that it neither
 * leads a list nor moves this month's pressure.
 */
const UNKNOWN_AGE = 90 * DAY;

/** The published date; the moment it was first seen where that is absent or lies more than a day ahead. */
export function occurredAt(item: Pick<Item, 'publishedAt' | 'fetchedAt' | 'backlog'>): Instant | LocalDate {
  const { publishedAt, fetchedAt, backlog } = item;
  // A source that dates its entries into the future would otherwise lead every list.
  if (publishedAt !== undefined) {
    return publishedAt <= fetchedAt || publishedAt <= plus(fetchedAt, DAY) ? publishedAt : fetchedAt;
  }
  return backlog ? plus(fetchedAt, -UNKNOWN_AGE) : fetchedAt;
}
