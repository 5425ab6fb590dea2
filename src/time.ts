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

/** The day that it is in the zone at an instant. */
export function localDay(instant: Instant, timeZone: string): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** How long ago in the largest whole unit: `5 min`, `3 h`, `2 days`. */
export function showAge(from: Instant, to: Instant): string {
  const age = Math.max(0, between(from, to));
  if (age < MINUTE) return 'a moment';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h`;
  return `${Math.floor(age / DAY)} days`;
}

/**
 * The first instant after `after` at which the wall clock of the zone shows `localTime` on one of the days.
 * In a skipped hour that is the first minute that exists; in a doubled hour, the first of the two.
 */
export function nextWallTime(after: Instant, days: readonly Weekday[], localTime: string, timeZone: string): Instant {
  const start = Temporal.Instant.from(after).toZonedDateTimeISO(timeZone).toPlainDate();
  const time = Temporal.PlainTime.from(localTime);
  for (let ahead = 0; ahead <= 8; ahead++) {
    const date = start.add({ days: ahead });
    const weekday = WEEKDAYS[date.dayOfWeek - 1];
    if (weekday === undefined || !days.includes(weekday)) continue;
    const instant = atWallTime(date, time, timeZone);
    if (instant > after) return instant;
  }
  throw new Error(`no digest day among ${JSON.stringify(days)}`);
}

function atWallTime(date: Temporal.PlainDate, time: Temporal.PlainTime, timeZone: string): Instant {
  const zoned = date.toZonedDateTime({ timeZone, plainTime: time });
  const skipped = !zoned.toPlainTime().equals(time);
  const first = skipped ? (zoned.getTimeZoneTransition('previous') ?? zoned) : zoned;
  return new Date(first.epochMilliseconds).toISOString();
}
