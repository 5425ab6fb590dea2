/** Dates that items name in their own words, such as “applies from 2 August 2027”. Pure; what is not exact is no date. */
import type { LocalDate } from './model.ts';

/** A date with the words that name it. */
export interface FoundDate {
  readonly date: LocalDate;
  /** An exact stretch of the text, from the cue to the end of the date. */
  readonly quote: string;
}

const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const MONTH = MONTHS.join('|');
const DATE = `(?:(\\d{1,2})(?:st|nd|rd|th)? (${MONTH}),? (20\\d{2})|(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?,? (20\\d{2}))`;

/** What says that something will be on a day. A date alone may be that of the text itself, or of something past. */
const CUES = [
  'appl(?:y|ies)',
  'tak(?:e|es|ing) effect',
  'com(?:e|es|ing) into (?:force|effect)',
  'enter(?:s|ing)? into (?:force|effect|application)',
  'effective',
  '(?:comments?|submissions?|responses?|replies|contributions) (?:are |is )?(?:due|welcome|accepted|open)?',
  'deadlines?',
  'due',
  'closes?',
  'until',
  'no later than',
  'postponed',
  'delayed',
  'deferred',
  'will (?:meet|convene|open|be held|take place|start|begin|apply|host|vote)',
  'scheduled',
  'set for',
  'to be held',
].join('|');

/** A cue, a few words of the same sentence, and an exact date. */
const NAMED = new RegExp(`\\b(?:${CUES})\\b[^.;!?\\n]{0,40}?\\b${DATE}\\b`, 'g');

/** The dates that a text names as still to come. */
export function findDates(text: string): FoundDate[] {
  return [...text.matchAll(NAMED)].flatMap((match) => {
    const [quote, day, month, year, monthFirst, dayAfter, yearAfter] = match;
    const date = dateOf(year ?? yearAfter, month ?? monthFirst, day ?? dayAfter);
    return date === undefined ? [] : [{ date, quote }];
  });
}

/** The words that a search finds texts of a month by, such as `August 2027`. */
export function monthWords(date: LocalDate): string {
  return `${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** Undefined for days that do not exist, such as 31 June. */
function dateOf(year = '', month = '', day = ''): LocalDate | undefined {
  const number = MONTHS.indexOf(month) + 1;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(date);
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== date ? undefined : date;
}
