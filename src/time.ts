/** Instants, local days and wall times. Zone rules come from Temporal, never from fixed offsets. */
import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate, Weekday } from './model.ts';
import { WEEKDAYS } from './model.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `milliseconds` later (earlier when negative). */
export function plus(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from one instant to another; negative when `to` is earlier. */
export function between(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

/** The later of two instants; an absent one loses. */
export function later(instant: Instant, other: Instant | undefined): Instant {
  return other !== undefined && other > instant ? other : instant;
}

/** True for an IANA name this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string, withTime: boolean): Intl.DateTimeFormat {
  const key = `${timeZone} ${withTime}`;
  const known = dayFormats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(withTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  });
  dayFormats.set(key, format);
  return format;
}

function isLocalDate(date: Instant | LocalDate): boolean {
  return date.length === 10;
}

/** `Thu 11 Dec 2025`: the day in the zone; a bare day is shown as it is, whatever the zone. */
export function showDay(date: Instant | LocalDate, timeZone: string): string {
  const zone = isLocalDate(date) ? 'UTC' : timeZone;
  return dayFormat(zone, false).format(new Date(date)).replaceAll(',', '');
}

/** `Thu 11 Dec 2025 08:30` in the zone. */
export function showTime(instant: Instant, timeZone: string): string {
  return dayFormat(timeZone, true).format(new Date(instant)).replaceAll(',', '');
}

/** How long ago in the largest whole unit: `5 min`, `3 h`, `2 days`. */
export function showAge(from: Instant, to: Instant): string {
  const age = Math.max(0, between(from, to));
  if (age < MINUTE) return 'a moment';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h`;
  return `${Math.floor(age / DAY)} days`;
}

/** The day that the calendar of the zone shows at an instant. */
export function localDateOf(instant: Instant, timeZone: string): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** So many days later, by the calendar (earlier when negative). */
export function plusDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

export function weekdayOf(date: LocalDate): Weekday {
  const day = WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7];
  if (day === undefined) throw new Error(`${date} is no date`);
  return day;
}

/**
 * The instant at which the wall clock of the zone shows `localTime` on the date; undefined for a date that the zone left out.
 * In a skipped hour that is the first minute that exists; in a doubled hour, the first of the two.
 */
export function wallTime(date: LocalDate, localTime: string, timeZone: string): Instant | undefined {
  const day = Temporal.PlainDate.from(date);
  const wanted = day.toPlainDateTime(Temporal.PlainTime.from(localTime));
  const zoned = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(wanted)) return new Date(zoned.epochMilliseconds).toISOString();
  if (!day.toZonedDateTime(timeZone).toPlainDate().equals(day)) return undefined;
  // In a gap `earlier` lies before it, so the next change of the clock is the gap's end.
  const first = zoned.getTimeZoneTransition('next') ?? zoned;
  return new Date(first.epochMilliseconds).toISOString();
}

/** The first instant after `after` at which the wall clock of the zone shows `localTime` on one of the days. */
export function nextWallTime(after: Instant, days: readonly Weekday[], localTime: string, timeZone: string): Instant {
  const start = localDateOf(after, timeZone);
  // A fortnight, since a zone may leave out the one day of a week (Pacific/Apia, Fri 30 Dec 2011); from the day before, since a
  // gap at midnight moves its last minutes into the next date.
  for (let ahead = -1; ahead <= 15; ahead++) {
    const date = plusDays(start, ahead);
    if (!days.includes(weekdayOf(date))) continue;
    const instant = wallTime(date, localTime, timeZone);
    if (instant !== undefined && instant > after) return instant;
  }
  throw new Error(`no digest day among ${JSON.stringify(days)}`);
}
