import type { Instant, LocalDate } from '../../src/model.ts';
import { monthNumber } from './month.ts';
import { offsetInPlace, zoneOffset } from './zone.ts';

/**
 * Any date text seen in feeds: an instant, a bare day where the text gives no time, undefined where it is no date.
 * A time without a zone is UTC (never the zone of this machine).
 */
export function readDate(source: string): Instant | LocalDate | undefined {
  if (COMMON.test(source)) return new Date(source).toISOString();
  const text = tidy(source);
  for (const read of READERS) {
    const parts = read(text);
    if (parts !== undefined) return write(parts);
  }
  return undefined;
}

/**
 * What nearly all feeds write: RFC 822 or RFC 3339 in full, with a zone and a day that every month has. Of these alone the
 * engine's own reading is known to be right, and it is many times as fast.
 */
const COMMON =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?:0?[1-9]|1\d|2[0-8]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:GMT|[+-](?:0\d|1[0-3])[0-5]\d)|20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d))$/;

interface Parts {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number;
  readonly time: Time | undefined;
}

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** As written; absent for UTC. */
  readonly zone: string | undefined;
}

function tidy(source: string): string {
  const text = source.slice(0, 80);
  const plain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text) ? text : withoutAccents(text);
  return plain.replaceAll(' ,', ',');
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').replace(/\s+/g, ' ').trim();
}

const ZONE =
  '(?:gmt|utc)?\\s*:?-?[+-]\\d{1,2}(?::?\\d{2})?(?::00)?(?!\\d)|[a-z]+/[a-z_/]+|\\(?[a-z]{1,5}\\)?(?![a-z/])';
const TIME = `(?:(?:[T, ]|:(?=\\d\\d:))+(?:at |um )?(?<hour>\\d{1,2})[:h](?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,]\\d{0,9})?)?\\s*(?<half>[ap]\\.?m\\b\\.?)?\\s*(?<zone>${ZONE})?)?`;
const WEEKDAY = '(?:[^\\d\\s,]{1,12}[.,]*\\s+|[a-z]{2,9}[.,]+)?';

const YEAR_FIRST = new RegExp(`^${WEEKDAY}(?<year>\\d{4})[/.-](?<month>\\d{1,2})[/.-](?<day>\\d{1,2})${TIME}`, 'i');
/** Hungarian, and English lists: 2026. augusztus 28. */
const YEAR_MONTH_NAME = new RegExp(
  `^(?<year>\\d{4})[. -]+(?<name>\\p{L}{3,12})[. -]+(?<day>\\d{1,2})\\.?${TIME}`,
  'iu',
);
const DAY_MONTH_NAME = new RegExp(
  `^${WEEKDAY}(?<day>\\d{1,2})(?:[.,]|st|nd|rd|th)?[\\s-]+(?:de )?(?<name>\\p{L}{3,12})\\.?,?[\\s-]+(?:de )?(?<year>\\d{4}|\\d{2})${TIME}`,
  'iu',
);
const MONTH_NAME_DAY = new RegExp(
  `^${WEEKDAY}(?<name>[a-z]{3,12})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s*(?<year>\\d{4})(?!\\d|:)${TIME}`,
  'i',
);
const DAY_MONTH_NUMBER = new RegExp(
  `^${WEEKDAY}(?<first>\\d{1,2})(?<mark>[/.-])(?<next>\\d{1,2})[/.-](?<year>\\d{4})${TIME}`,
  'i',
);
const COMPACT =
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:T?(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/;
const CTIME =
  /^[a-z]{3,9},? (?<name>[a-z]{3,9}) +(?<day>\d{1,2}) (?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))? ?(?<zone>[a-z]{1,5}|[+-]\d{4})? ?(?<year>\d{4})(?: (?<lastZone>[a-z]{1,5}|[+-]\d{4}))?$/i;
/** Chinese, Japanese and Korean write year, month and day behind the numbers, Korean also the half of the day before the hour. */
const EAST_ASIAN =
  /^(?<year>\d{4})[년年-] ?(?<month>\d{1,2})[월月-] ?(?<day>\d{1,2})[일日]?(?:\([^()]{1,3}\))?(?: ?(?<half>오전|오후)? ?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?)?/;

type Reader = (text: string) => Parts | undefined;

function byPattern(pattern: RegExp): Reader {
  return (text) => {
    const match = pattern.exec(text);
    const found = match?.groups;
    if (match === null || found === undefined) return undefined;
    const month = found.name === undefined ? Number(found.month) : monthNumber(found.name);
    const time = readTime(found, text.slice(match[0].length));
    return { year: fullYear(found.year ?? ''), month, day: Number(found.day), time };
  };
}

/** 03/04/2026 is read as the third of April; month first only where the text leaves no choice or has a.m. or p.m. */
const readDayMonthNumber: Reader = (text) => {
  const match = DAY_MONTH_NUMBER.exec(text);
  const found = match?.groups;
  if (match === null || found === undefined) return undefined;
  const monthFirst = found.mark === '/' && (Number(found.next) > 12 || found.half !== undefined);
  const [day, month] = monthFirst ? [found.next, found.first] : [found.first, found.next];
  const time = readTime(found, text.slice(match[0].length));
  return { year: Number(found.year), month: Number(month), day: Number(day), time };
};

/** A time in Korean is Korean time. */
const readEastAsian: Reader = (text) => {
  if (!/[년年오]/.test(text)) return undefined;
  const parts = byPattern(EAST_ASIAN)(text);
  return parts?.time && /[년오]/.test(text) ? { ...parts, time: { ...parts.time, zone: 'kst' } } : parts;
};

/** Seconds since 1970, as some JSON sources write. */
const readSeconds: Reader = (text) => {
  if (!/^\d{10}$/.test(text)) return undefined;
  const at = new Date(Number(text) * 1000);
  const time = { hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds(), zone: undefined };
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), time };
};

const READERS: readonly Reader[] = [
  readEastAsian,
  byPattern(DAY_MONTH_NAME),
  byPattern(YEAR_FIRST),
  byPattern(YEAR_MONTH_NAME),
  byPattern(MONTH_NAME_DAY),
  byPattern(CTIME),
  byPattern(COMPACT),
  readDayMonthNumber,
  readSeconds,
];

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function readTime(found: Record<string, string | undefined>, rest: string): Time | undefined {
  // Digits after a day without a readable time mean that the text is not what it seemed.
  if (found.hour === undefined) return /\d/.test(rest) ? NO_TIME : undefined;
  const hour = Number(found.hour);
  const half = found.half?.toLowerCase();
  const shifted = half === undefined ? hour : (hour % 12) + (/^p|오후/.test(half) ? 12 : 0);
  const zone = found.zone ?? found.lastZone;
  return { hour: shifted, minute: Number(found.minute), second: Number(found.second ?? 0), zone };
}

const NO_TIME: Time = { hour: 99, minute: 0, second: 0, zone: undefined };

/** Undefined for days that do not exist, and outside the years that a publication can have. */
function write({ year, month, day, time }: Parts): Instant | LocalDate | undefined {
  if (month === undefined || year < 1901 || year > 2199 || month < 1 || month > 12) return undefined;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCDate() !== day || midnight.getTime() === 0) return undefined;
  if (time === undefined) return midnight.toISOString().slice(0, 10);
  const { hour, minute, second, zone } = time;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const offset = zone?.includes('/') ? offsetInPlace(zone, local) : zoneOffset(zone);
  if (offset === undefined || Math.abs(offset) > 16 * 60) return undefined;
  // The first second of 1970 is what programs write that have no date.
  const at = local - offset * 60_000;
  return at === 0 ? undefined : new Date(at).toISOString();
}
