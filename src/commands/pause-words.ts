/** Reads how long a pause lasts, as people write it: `until monday`, `2026-12-24`, `24 december`, `for 2 weeks`. */
import { UserError } from '../errors.ts';
import type { Instant, LocalDate } from '../model.ts';
import { dayOf } from '../schedule-words.ts';
import { localDateOf, plusDays, wallTime, weekdayOf } from '../time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The first minute, in the zone, of the day on which the pause is over. Throws UserError. */
export function readUntil(words: string, now: Instant, timeZone: string): Instant {
  const text = words
    .trim()
    .toLowerCase()
    .replace(/^(until|till|to|for)\s+/, '')
    .replaceAll(',', ' ');
  const today = localDateOf(now, timeZone);
  const date = afterSpan(text, today) ?? dayNamed(text, today) ?? dateNamed(text, today);
  if (date === undefined) {
    throw new UserError(
      `“${words}” is not a day. Use a weekday such as monday, a date such as 2026-12-24, or a span such as for 2 weeks.`,
    );
  }
  // A zone may leave out a day; its pause ends with the next one.
  const start = wallTime(date, '00:00', timeZone) ?? wallTime(plusDays(date, 1), '00:00', timeZone);
  if (start === undefined || start <= now) throw new UserError(`${date} is not ahead. Name a day to come.`);
  return start;
}

function afterSpan(text: string, today: LocalDate): LocalDate | undefined {
  const found = /^(an?|one|\d{1,3})\s*(d|days?|w|weeks?|months?)$/.exec(text);
  if (found === null) return undefined;
  const count = /^\d/.test(found[1] ?? '') ? Number(found[1]) : 1;
  const unit = found[2]?.charAt(0);
  return plusDays(today, count * (unit === 'd' ? 1 : unit === 'w' ? 7 : 30));
}

function dayNamed(text: string, today: LocalDate): LocalDate | undefined {
  if (text === 'tomorrow') return plusDays(today, 1);
  const day = text === 'next week' ? 'mon' : dayOf(text.replace(/^next /, ''));
  if (day === undefined) return undefined;
  return [1, 2, 3, 4, 5, 6, 7].map((ahead) => plusDays(today, ahead)).find((date) => weekdayOf(date) === day);
}

/** A date; one without a year is the next of that name. */
function dateNamed(text: string, today: LocalDate): LocalDate | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return checked(text);
  const found =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3})[a-z]*|([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?)(?: +(\d{4}))?$/.exec(
      text,
    );
  const month = MONTHS.indexOf(found?.[2] ?? found?.[3] ?? '') + 1;
  if (found === null || month === 0) return undefined;
  const rest = `${String(month).padStart(2, '0')}-${(found[1] ?? found[4] ?? '').padStart(2, '0')}`;
  const year = Number(found[5] ?? today.slice(0, 4));
  const date = checked(`${year}-${rest}`);
  return found[5] === undefined && date !== undefined && date <= today ? checked(`${year + 1}-${rest}`) : date;
}

/** Undefined for a date that no calendar has, such as 30 February. */
function checked(date: string): LocalDate | undefined {
  const time = Date.parse(`${date}T00:00:00.000Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : date;
}
