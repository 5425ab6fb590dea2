/** What is coming up: known dates, and those that items name in their own words. */

import { type EventWish, isItemWanted } from './event-wish.ts';
import { keptItems, type ListFilters } from './filter.ts';
import { findDates, monthWords } from './found-dates.ts';
import { occurredAt } from './item-date.ts';
import { type KnownDate, knownDates } from './known-dates.ts';
import type { Instant, LocalDate, ReadItem } from './model.ts';
import type { Store } from './ports.ts';
import { DAY, localDateOf, plus } from './time.ts';

/** How far ahead a digest looks, and how much of it it shows. */
const DIGEST_DAYS = 21;
const DIGEST_LINES = 3;

/** Further months are looked up in known dates alone. */
const MONTHS_SEARCHED = 24;
/** Many items only tell when they were published; the one that names a day to come may be the oldest of them. */
const ITEMS_A_MONTH = 400;

/** Between a month and its year only a day may stand: `June 2026`, and `June 25, 2026`. */
const DAY_BETWEEN = 1;

/** A date to come with the reason to believe it. */
export interface UpcomingDate {
  readonly date: LocalDate;
  readonly until?: LocalDate;
  readonly what: string;
  /** The address that says so; absent for an item without a link. */
  readonly source?: string;
  /** `law` or `decided` for known dates; `named` for what an item says, whose words stand in `what`. */
  readonly certainty: KnownDate['certainty'] | 'named';
}

/**
 * The next few dates within three weeks, for a digest at `now`; known ones before those that items name on the same day.
 * Known dates are for everyone, those of items for whom the item is: all where no wish is given.
 */
export async function datesForDigest(
  store: Store,
  workspaceId: string,
  filters: ListFilters,
  { now, timeZone, wish }: { readonly now: Instant; readonly timeZone: string; readonly wish?: EventWish },
): Promise<UpcomingDate[]> {
  const from = localDateOf(now, timeZone);
  const to = localDateOf(plus(now, DIGEST_DAYS * DAY), timeZone);
  const items = await itemsNaming(store, workspaceId, filters, monthsBetween(from, to));
  const wanted = wish === undefined ? items : items.filter((item) => isItemWanted(item, wish));
  return upcoming(wanted, from, to).slice(0, DIGEST_LINES);
}

/** All dates to come, known or named. */
export async function allDates(
  store: Store,
  workspaceId: string,
  filters: ListFilters,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): Promise<UpcomingDate[]> {
  const from = localDateOf(now, timeZone);
  const months = monthsFrom(from, MONTHS_SEARCHED);
  return upcoming(await itemsNaming(store, workspaceId, filters, months), from, '9999-12-31');
}

/** Joins known and named dates of a span of days, both ends in it, in their order; what two items say of one day is one line. */
export function upcoming(items: readonly ReadItem[], from: LocalDate, to: LocalDate): UpcomingDate[] {
  const known = knownDates().filter(({ date, until = date }) => until >= from && date <= to);
  const days = new Set(known.map(({ date }) => date));
  const named = items.flatMap(namedDates).filter(({ date }) => date >= from && date <= to);
  const fresh = named.filter(({ date }) => {
    // A known date is the better word on a day that items only name.
    if (days.has(date)) return false;
    days.add(date);
    return true;
  });
  return [...known, ...fresh].sort((one, other) => one.date.localeCompare(other.date));
}

/** A date is named as still to come only where it lies after the item itself. */
function namedDates({ item }: ReadItem): UpcomingDate[] {
  const own = occurredAt(item).slice(0, 10);
  const found = [...findDates(item.title), ...findDates(item.summary)].filter(({ date }) => date > own);
  return found.map(({ date, quote }) => ({
    date,
    what: `${item.title}: “${quote}”`,
    ...(item.url ? { source: item.url } : {}),
    certainty: 'named',
  }));
}

/** Items about AI governance whose words name one of the months, the newest first. */
async function itemsNaming(
  store: Store,
  workspaceId: string,
  filters: ListFilters,
  months: readonly LocalDate[],
): Promise<ReadItem[]> {
  const found = new Map<string, ReadItem>();
  for (const month of months) {
    const words = monthWords(month);
    const search = { words, near: DAY_BETWEEN, relevantOnly: true, limit: ITEMS_A_MONTH };
    for (const { found: read } of await store.searchItems(workspaceId, search)) found.set(read.item.id, read);
  }
  const kept = keptItems(filters, [...found.values()]);
  return kept.sort((one, other) => occurredAt(other.item).localeCompare(occurredAt(one.item)));
}

/** The first days of months, from the month of `from` to that of `to`. */
function monthsBetween(from: LocalDate, to: LocalDate): LocalDate[] {
  return monthsFrom(from, 2).filter((month) => month <= to);
}

function monthsFrom(from: LocalDate, count: number): LocalDate[] {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1];
  return Array.from({ length: count }, (_, ahead) =>
    new Date(Date.UTC(year, month + ahead)).toISOString().slice(0, 10),
  );
}
