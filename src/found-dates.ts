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

const LAST_DATE = new RegExp(`\\b${DATE}$`);

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
  'not? later than',
  'will (?:meet|convene|open|be held|take place|start|begin|apply|host|vote)',
  'scheduled',
  'set for',
  'to be held',
].join('|');

/** What moves a day: the new one stands after `to` or `until`, and any other may be the old one. */
const MOVED = '(?:[Pp]ostponed|[Dd]elayed|[Dd]eferred|extended|moved|pushed back)';
const NEW_DAY = '(?:to|until)(?: at least| not? (?:later|earlier) than)?';

/**
 * A cue, a few words of the same sentence, and an exact date. What follows the cue is only looked at, so that a cue within it
 * gets its own turn. No part repeats without a bound, or a long text could take very long.
 */
const NAMED = new RegExp(
  `\\b(?:(?<moved>${MOVED})(?=(?<toNewDay>\\b[^.;!?\\n]{0,80}?\\b${NEW_DAY} ${DATE}\\b))` +
    `|(?:${CUES})\\b(?=(?<toDay>(?<between>(?:(?!\\b${MOVED}\\b)[^.;!?\\n]){0,40}?)\\b${DATE}\\b)))`,
  'g',
);

/** What may stand between `not` or `was` and the cue that it governs: “was originally due to take effect on …”. */
const HELPERS = `(?: (?:${[
  'yet|be|been|to|due|going|expected|scheduled|set|planned|meant|supposed|originally|initially|previously',
  'open|accepted|welcome',
  MOVED,
].join('|')})){0,4} $`;
const DENIED = "\\b(?:not|never|cannot|no longer)|n['’]t";
const PAST = '\\b(?:was|were|had been)';
const DENIED_BEFORE = new RegExp(`(?:${DENIED})${HELPERS}`, 'i');
const PAST_BEFORE = new RegExp(`${PAST}${HELPERS}`, 'i');
const UNDONE_BETWEEN = new RegExp(`(?:${DENIED}|${PAST})\\b(?! (?:only|later|earlier)\\b)`);
const UNDONE_AFTER = new RegExp(
  `^,? (?:(?:has|have|is|are|was|were|will|be|been) ){0,2}(?:${MOVED}|cancell?ed|withdrawn)\\b`,
);

/** As far as the words above reach. */
const AROUND = 80;

/** The dates that a text names as still to come. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  let end = 0;
  for (const match of text.matchAll(NAMED)) {
    const { moved, toNewDay, toDay = toNewDay ?? '', between = '' } = match.groups ?? {};
    const quote = match[0] + toDay;
    const after = match.index + quote.length;
    // A cue within what was quoted names the same day.
    if (match.index < end || isUndone(text, match.index, after, moved === undefined ? between : undefined)) continue;
    const date = dateIn(toDay);
    if (date === undefined) continue;
    found.push({ date, quote });
    end = after;
  }
  return found;
}

/** True where the words around a date say that nothing will be on it; what was moved is still to come, so there is nothing between. */
function isUndone(text: string, start: number, end: number, between: string | undefined): boolean {
  const before = text.slice(Math.max(0, start - AROUND), start);
  if (DENIED_BEFORE.test(before)) return true;
  if (between === undefined) return false;
  return PAST_BEFORE.test(before) || UNDONE_BETWEEN.test(between) || UNDONE_AFTER.test(text.slice(end, end + AROUND));
}

/** The words that a search finds texts of a month by, such as `August 2027`. */
export function monthWords(date: LocalDate): string {
  return `${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** The date that a stretch ends with; undefined for a day that does not exist, such as 31 June. */
function dateIn(stretch: string): LocalDate | undefined {
  const [, dayFirst, monthAfter, yearLast, monthFirst, dayAfter, yearAfter] = LAST_DATE.exec(stretch) ?? [];
  const [year = '', month = '', day = ''] = [yearLast ?? yearAfter, monthAfter ?? monthFirst, dayFirst ?? dayAfter];
  const number = MONTHS.indexOf(month) + 1;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(date);
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== date ? undefined : date;
}
