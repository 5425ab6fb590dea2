/** Events that arrive after the digest they belong to: they go into the next one, marked with their own date. Pure. */
import type { Event, Instant, LocalDate } from './model.ts';
import { showDay } from './time.ts';

/** The date of the newest item where all of an event is dated before `from`; undefined for what is not late or has no date. */
function lateSince({ items }: Event, from: Instant): Instant | LocalDate | undefined {
  const dates = items.map(({ item }) => item.publishedAt);
  const newest = dates
    .flatMap((date) => date ?? [])
    .sort()
    .at(-1);
  if (newest === undefined || dates.includes(undefined)) return undefined;
  // Of a bare day any hour may be meant.
  const isBefore = newest.length === from.length ? newest < from : newest < from.slice(0, newest.length);
  return isBefore ? newest : undefined;
}

/** `late, of 20 Nov`; undefined for what is not late. */
export function lateWords(event: Event, from: Instant, timeZone: string): string | undefined {
  const date = lateSince(event, from);
  // showDay writes `Thu 20 Nov 2025`.
  return date && `late, of ${showDay(date, timeZone).split(' ').slice(1, 3).join(' ')}`;
}
