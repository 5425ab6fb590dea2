/** Dates to come as lines of a card. */
import type { TextRun } from './card.ts';
import { showDay } from './time.ts';
import type { UpcomingDate } from './upcoming.ts';

const CERTAINTIES: Readonly<Record<UpcomingDate['certainty'], string>> = {
  law: 'in law',
  decided: 'decided',
  named: 'an item says so',
};

/** An item's own title and words may be long. */
const LONGEST = 200;

/** `Wed 2 Dec 2026 · AI Act: … · in law`, linked to what says so. */
export function dateRuns(
  { date, until, what, source, certainty }: UpcomingDate,
  timeZone: string,
  goesOn: boolean,
): TextRun[] {
  const days = until ? `${showDay(date, timeZone)} to ${showDay(until, timeZone)}` : showDay(date, timeZone);
  const words = what.length > LONGEST ? `${what.slice(0, LONGEST - 1)}…` : what;
  return [
    { text: `${days} · ` },
    // Without a link it may be an item's own words all the same.
    { text: words, ...(source ? { link: source } : { marks: [] }) },
    { text: ` · ${CERTAINTIES[certainty]}${goesOn ? '\n' : ''}`, style: 'quiet' },
  ];
}
