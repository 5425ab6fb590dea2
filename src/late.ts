/** Events that arrive after the digest they belong to: they go into the next one, marked with their own date. Pure. */
import type { Event, Instant, LocalDate } from './model.ts';
import { localDateOf, showDay } from './time.ts';

/**
 * `late, of 20 Nov`, the day of its newest item in the zone, where that lies before the day on which the window began; undefined
 * for what is not late or has an item without a date. Hours do not count: what was published shortly before a digest and read
 * shortly after it is no old news.
 */
export function lateWords({ items }: Event, from: Instant, timeZone: string): string | undefined {
  const days = items.map(({ item }) => item.publishedAt && dayOf(item.publishedAt, timeZone));
  const newest = days
    .flatMap((day) => day ?? [])
    .sort()
    .at(-1);
  if (newest === undefined || days.includes(undefined) || newest >= localDateOf(from, timeZone)) return undefined;
  // showDay writes `Thu 20 Nov 2025`.
  return `late, of ${showDay(newest, timeZone).split(' ').slice(1, 3).join(' ')}`;
}

function dayOf(date: Instant | LocalDate, timeZone: string): LocalDate {
  return date.length === 10 ? date : localDateOf(date, timeZone);
}
