/** Reads a schedule as people write it, the parts in any order: `weekdays 8:30 Brussels`, `mondays 9am New York military`. */
import { nearest } from './command-line.ts';
import { UserError } from './errors.ts';
import {
  type BarrierId,
  LENGTHS,
  type Length,
  type QuietDays,
  STREAMS,
  type Stream,
  WEEKDAYS,
  type Weekday,
} from './model.ts';
import { BARRIERS, matchBarriers } from './taxonomy/barriers.ts';
import { isTimeZone } from './time.ts';

/** What a person said of a schedule; what is absent was not spoken of. */
export interface ScheduleWords {
  /** Empty for no regular digest. */
  readonly days?: readonly Weekday[];
  readonly localTime?: string;
  readonly timeZone?: string;
  readonly barriers?: readonly BarrierId[];
  readonly streams?: readonly Stream[];
  /** 0 to 1. */
  readonly minimumConfidence?: number;
  readonly length?: Length;
  readonly quiet?: QuietDays;
  readonly instant?: { readonly crisis: boolean; readonly barriers: readonly BarrierId[] };
}

const WORKDAYS = WEEKDAYS.slice(0, 5);
const NOTHING_AT_ONCE = { crisis: false, barriers: [] } as const;

/** Whole rules for people in a hurry; what they do not name stays as it was, such as the zone, barriers, streams and quiet days. */
const PRESETS = {
  morning: { days: WORKDAYS, localTime: '08:30', length: 'normal', minimumConfidence: 0, instant: NOTHING_AT_ONCE },
  evening: { days: WORKDAYS, localTime: '18:00', length: 'short', minimumConfidence: 0, instant: NOTHING_AT_ONCE },
  weekly: { days: ['mon'], localTime: '08:30', length: 'full', minimumConfidence: 0, instant: NOTHING_AT_ONCE },
  crisis: { days: [], minimumConfidence: 0, instant: { crisis: true, barriers: [] } },
} as const satisfies Readonly<Record<string, ScheduleWords>>;

type Preset = keyof typeof PRESETS;

function presetOf(word: string): Preset | undefined {
  const name = word.toLowerCase();
  return name === 'morning' || name === 'evening' || name === 'weekly' || name === 'crisis' ? name : undefined;
}

const ZONES = Intl.supportedValuesOf('timeZone');
const AREAS = ['Africa', 'America', 'Asia', 'Atlantic', 'Australia', 'Europe', 'Indian', 'Pacific'];

/** What a person is told who typed nothing that is a schedule. */
export const SCHEDULE_EXAMPLE =
  'Type it like: /digest schedule weekdays 8:30 Europe/Brussels, or /digest schedule morning.';

/** Words that carry nothing here. */
const FILLERS = new Set("at on in each the and of for a with every o’clock o'clock time digest".split(' '));

/** Throws UserError for words that are no part of a schedule. `crisis` beside a day or time comes beside the digest. */
export function readSchedule(text: string): ScheduleWords {
  const [regular = '', ...atOnce] = text.replace(/["“”„«»]/g, ' ').split(/\binstant(?:ly)?\b:?/i);
  const words = regular.split(/\s+/).filter((word) => word !== '');
  const presets = [...new Set(words.flatMap((word) => presetOf(word) ?? []))];
  const [preset, second] = presets.filter((word) => word !== 'crisis');
  if (second) throw new UserError(`A channel has one digest, not ${preset} and ${second}. ${SCHEDULE_EXAMPLE}`);
  const parts = readParts(words.filter((word) => presetOf(word) === undefined).join(' '));
  const instant = atOnce.length > 0 ? { instant: readInstant(atOnce.join(' ')) } : {};
  if (!presets.includes('crisis')) return { ...(preset && PRESETS[preset]), ...parts, ...instant };
  const isAlone = preset === undefined && parts.days === undefined && parts.localTime === undefined;
  if (isAlone) return { ...PRESETS.crisis, ...parts, ...instant };
  return { ...(preset && PRESETS[preset]), ...parts, instant: { crisis: true, barriers: [] }, ...instant };
}

/** `crisis`, barriers, or both, separated by commas; `off` for nothing. Throws UserError. */
export function readInstant(text: string): NonNullable<ScheduleWords['instant']> {
  const names = text
    .split(/[,;]|\band\b/i)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0)
    throw new UserError(`What is to be posted at once? Type it like: instant crisis, or instant military.`);
  if (names.length === 1 && /^(off|none|nothing|no)$/i.test(names[0] ?? '')) return NOTHING_AT_ONCE;
  const isCrisis = (name: string) => /^cris[ei]s( signals?)?$/i.test(name);
  const barriers = names
    .filter((name) => !isCrisis(name))
    .map((name) => {
      const found = matchBarriers(name)[0];
      if (found) return found.id;
      throw new UserError(
        `“${name}” is neither crisis nor a barrier: ${BARRIERS.map((each) => each.name).join(', ')}.`,
      );
    });
  return { crisis: names.some(isCrisis), barriers: [...new Set(barriers)] };
}

/** A share such as `60%`, `60 %`, `60` or `0.6`. Throws UserError. */
export function readConfidence(text: string): number {
  const found = /^(\d{1,3}(?:\.\d+)?)\s*(%?)$/.exec(text.trim());
  const value = Number(found?.[1]);
  const share = found?.[2] === '%' || value > 1 ? value / 100 : value;
  if (found && share <= 1) return share;
  throw new UserError(`“${text.trim()}” is not a confidence. Use a share from 0 to 100 %, such as 60%.`);
}

function readParts(text: string): ScheduleWords {
  let left = ` ${text.replace(/[,;]/g, ' , ').replace(/\s+/g, ' ')} `;
  /** Takes what fits out of the text. */
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(left) ?? undefined;
    if (found) left = `${left.slice(0, found.index)} ${left.slice(found.index + found[0].length)}`;
    return found;
  };
  const confidence = take(
    /\s(?:from |confidence |minimum |above )*(?:confidence )?(\d{1,3})\s?%(?: confidence)?(?=\s)/i,
  );
  const time = take(/\s(\d{1,2})(?:[:.h](\d{2}))?\s?([ap]\.?m\.?)?(?=\s)/i);
  const named = time ? undefined : take(/\s(noon|midnight)(?=\s)/i);
  const length = take(new RegExp(`\\s(${LENGTHS.join('|')})(?=\\s)`, 'i'));
  const words = meaningOf(left);
  const { days, others } = takeDays(words);
  const names = readNames(others);
  const clock = time ? clockTime(time) : named && (named[1]?.toLowerCase() === 'noon' ? '12:00' : '00:00');
  const size = LENGTHS.find((each) => each === length?.[1]?.toLowerCase());
  return {
    ...(days ? { days } : {}),
    ...(clock ? { localTime: clock } : {}),
    ...(confidence ? { minimumConfidence: readConfidence(`${confidence[1]}%`) } : {}),
    ...(size ? { length: size } : {}),
    ...names,
  };
}

function clockTime([whole, hours, minutes = '0', half]: RegExpExecArray): string {
  const raw = Number(hours);
  const hour = half === undefined ? raw : (raw % 12) + (/^p/i.test(half) ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || (half && raw > 12)) {
    throw new UserError(`“${whole.trim()}” is not a time of day. Use HH:MM like 08:30.`);
  }
  return `${String(hour).padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}

/** `weekdays`, `daily`, or names of days; undefined for no days, or where other words are among them. */
export function readDayNames(text: string): readonly Weekday[] | undefined {
  const { days, others } = takeDays(meaningOf(text.replace(/[,;]/g, ' ')));
  return others.length === 0 ? days : undefined;
}

/** The words of a text that carry something. */
function meaningOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '' && word !== ',' && !FILLERS.has(word.toLowerCase()));
}

/** Days out of the words: `weekdays`, `daily`, `mondays`, `mon`, `tue-fri`; undefined where none is named. */
function takeDays(words: readonly string[]): {
  readonly days?: readonly Weekday[];
  readonly others: readonly string[];
} {
  const days = new Set<Weekday>();
  const others = words.filter((word) => {
    const found = daysOf(word.toLowerCase());
    for (const day of found) days.add(day);
    return found.length === 0;
  });
  return { others, ...(days.size > 0 ? { days: WEEKDAYS.filter((day) => days.has(day)) } : {}) };
}

function daysOf(word: string): readonly Weekday[] {
  if (/^(daily|days?|everyday)$/.test(word)) return WEEKDAYS;
  if (/^(weekdays?|workdays?)$/.test(word)) return WORKDAYS;
  if (/^weekends?$/.test(word)) return WEEKDAYS.slice(5);
  const [from, to] = word.split(/[-–]/).map(dayOf);
  if (from === undefined) return [];
  if (!/[-–]/.test(word)) return [from];
  if (to === undefined) return [];
  const start = WEEKDAYS.indexOf(from);
  const count = ((WEEKDAYS.indexOf(to) - start + 7) % 7) + 1;
  return [...WEEKDAYS, ...WEEKDAYS].slice(start, start + count);
}

const DAY_NAMES: Readonly<Record<Weekday, RegExp>> = {
  mon: /^mon(days?)?$/,
  tue: /^tue(s|sdays?)?$/,
  wed: /^wed(s|nesdays?)?$/,
  thu: /^thu(r|rs|rsdays?)?$/,
  fri: /^fri(days?)?$/,
  sat: /^sat(urdays?)?$/,
  sun: /^sun(days?)?$/,
};

/** The weekday of a name or its short form; undefined for any other word. */
export function dayOf(word: string): Weekday | undefined {
  return WEEKDAYS.find((day) => DAY_NAMES[day].test(word.toLowerCase()));
}

type Names = Pick<ScheduleWords, 'timeZone' | 'barriers' | 'streams'>;

/** Zones, streams and barriers, of one word or several. Throws UserError for what is none of them. */
function readNames(words: readonly string[]): Names {
  const barriers: BarrierId[] = [];
  const streams: Stream[] = [];
  const zones: string[] = [];
  for (let at = 0; at < words.length; ) {
    const taken = longest(words, at, barriers, streams, zones);
    if (taken === 0) throw unknownWord(words[at] ?? '');
    at += taken;
  }
  if (zones.length > 1) throw new UserError(`A digest has one time zone, not ${zones.join(' and ')}.`);
  return {
    ...(zones[0] ? { timeZone: zones[0] } : {}),
    ...(barriers.length > 0 ? { barriers: [...new Set(barriers)] } : {}),
    ...(streams.length > 0 ? { streams: [...new Set(streams)] } : {}),
  };
}

/** Reads the longest name that starts at a word and tells how many words it took. */
function longest(
  words: readonly string[],
  at: number,
  barriers: BarrierId[],
  streams: Stream[],
  zones: string[],
): number {
  const single = STREAMS.find((each) => each === words[at]?.toLowerCase());
  if (single) {
    streams.push(single);
    return 1;
  }
  for (let count = Math.min(4, words.length - at); count > 0; count--) {
    const name = words.slice(at, at + count).join(' ');
    if (/^all (barriers|streams)$/i.test(name)) return count;
    const zone = zoneOf(name);
    const barrier = zone || holdsOther(words.slice(at, at + count)) ? undefined : barrierOfName(name);
    if (zone) zones.push(zone);
    if (barrier) barriers.push(barrier);
    if (zone ?? barrier) return count;
  }
  return 0;
}

/** True where some of several words are a zone or a stream of their own: a barrier is found by part of its name, beside them too. */
function holdsOther(words: readonly string[]): boolean {
  if (words.length === 1) return false;
  const parts = words.flatMap((_, start) => words.map((__, end) => words.slice(start, end + 1).join(' ')));
  return parts.some((part) => STREAMS.some((each) => each === part.toLowerCase()) || zoneOf(part) !== undefined);
}

/** A name of fewer letters fits too much. */
function barrierOfName(name: string): BarrierId | undefined {
  return name.length < 4 ? undefined : matchBarriers(name)[0]?.id;
}

/** An IANA zone by its name or its city, in any case; undefined for any other words. */
export function zoneOf(words: string): string | undefined {
  const name = words.trim().toLowerCase().replaceAll(' ', '_');
  const found =
    ZONES.find((zone) => zone.toLowerCase() === name) ?? ZONES.find((zone) => zone.toLowerCase().endsWith(`/${name}`));
  if (found) return found;
  if (/^(utc|gmt)$/.test(name)) return name.toUpperCase();
  if (name.includes('/')) return isTimeZone(words.trim()) ? words.trim() : undefined;
  // Names of today that a machine lists under their old ones, such as Asia/Kolkata; three letters are other words.
  if (!/^[a-z_]{4,}$/.test(name)) return undefined;
  const city = name.replace(/(^|_)[a-z]/g, (start) => start.toUpperCase());
  return AREAS.map((area) => `${area}/${city}`).find(isTimeZone);
}

function unknownWord(word: string): UserError {
  if (/\d/.test(word)) return new UserError(`“${word}” is not a time of day. ${SCHEDULE_EXAMPLE}`);
  const near = nearest(word, [...ZONES, 'weekdays', 'daily', ...Object.keys(PRESETS)]);
  const hint = near ? `Did you mean ${near}? ` : '';
  return new UserError(`“${word}” is no time of day, day, time zone, barrier or stream. ${hint}${SCHEDULE_EXAMPLE}`);
}
