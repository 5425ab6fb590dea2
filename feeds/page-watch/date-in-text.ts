import { readDate } from '../document/date.ts';
import { type Element, elementsOf, textOf } from './tree.ts';

/** A date with a year within other words: `July 30, 2026 - Sanctions List Updates`, `Posted on 21st September 2026`. */
const DATES: readonly RegExp[] = [
  /\b\d{1,2}(?:st|nd|rd|th)?[\s.-]+(?:de\s+)?\p{L}{3,12}\.?,?[\s-]+(?:de\s+)?(?:19|20)\d\d\b/u,
  /\b\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b/u,
  /\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b/,
  /\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d\b/,
];
const EAST_ASIAN = /((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/;
/** A date stands near the start of what is named as one. */
const LOOKED_AT = 300;

/** The first date in a text, as a bare day; undefined where there is none. */
export function dateIn(text: string): string | undefined {
  const start = text.slice(0, LOOKED_AT);
  const [, year, month = '', day = ''] = EAST_ASIAN.exec(start) ?? [];
  if (year !== undefined) return readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  let first: { readonly at: number; readonly date: string } | undefined;
  for (const pattern of DATES) {
    const found = pattern.exec(start);
    const date = found ? readDate(found[0]) : undefined;
    if (found && date !== undefined && (first === undefined || found.index < first.at))
      first = { at: found.index, date };
  }
  return first?.date;
}

/** The date that an element shows: what a `<time>` says for programs, else the first date in its text. */
export function dateOf(element: Element): string | undefined {
  for (const each of [element, ...elementsOf(element)]) {
    const written = each.name === 'time' ? each.attributes.datetime : undefined;
    const date = written === undefined ? undefined : readDate(written);
    if (date !== undefined) return date;
  }
  return dateIn(textOf(element));
}
