/** The digest as a card: header with local date and counts, a section a barrier, the rest, and sources that failed. */
import { type Block, type Button, type Card, type Entry, paragraph } from './card.ts';
import { type Digest, directionCounts, eventsOf, LONGEST_WINDOW, spansDays } from './digest.ts';
import { eventEntry } from './entries.ts';
import { lateWords } from './late.ts';
import type { Event, Length } from './model.ts';
import { overview } from './overview.ts';
import { plural } from './plural.ts';
import { barrierOf } from './taxonomy/barriers.ts';
import { DAY, showDay, showTime } from './time.ts';
import { dateRuns } from './upcoming-card.ts';

/** Compact by default: the rest is one command away. */
const EVENTS_A_SECTION: Readonly<Record<Length, number>> = { short: 2, normal: 5, full: Number.POSITIVE_INFINITY };
const FAILING_FEEDS = 5;

interface DigestCardOptions {
  /** Shows every event. */
  readonly full?: boolean;
  /** How much of each section stands in the card itself; normal where absent. */
  readonly length?: Length;
  /** The command that shows every event, where the card does not. */
  readonly more?: string;
  /** Names the sources that could not be read; true where absent. */
  readonly failing?: boolean;
  readonly buttons?: readonly Button[];
  /** What was changed after it was posted, in one line. */
  readonly edits?: string;
}

/** Renders a digest for a channel in its zone; a quiet window is one line. What a section does not show goes into the thread. */
export function digestCard(
  digest: Digest,
  timeZone: string,
  {
    full = false,
    length = 'normal',
    more = '/digest last',
    failing = true,
    buttons = [],
    edits,
  }: DigestCardOptions = {},
): Card {
  const most = EVENTS_A_SECTION[full ? 'full' : length];
  const events = eventsOf(digest);
  const sections = sectionsOf(digest);
  const entryOf = (event: Event) => eventEntry(event, undefined, lateWords(event, digest.window.from, timeZone));
  const thread = sections.flatMap((section) => restBlocks(section, most, entryOf));
  const title = `AI governance digest · ${titleDays(digest, timeZone)}`;
  const unread = failing ? failingBlocks(digest) : [];
  const editBlocks = edits === undefined ? [] : [paragraph(edits, 'quiet')];
  const base = { title, timeZone, public: true, tone: 'plain' } as const;
  if (events.length === 0) {
    return { ...base, blocks: [paragraph(quietWords(digest, timeZone)), ...editBlocks, ...unread] };
  }
  return {
    ...base,
    blocks: [
      openingBlock(digest, countsLine(digest, events, timeZone)),
      ...editBlocks,
      ...sections.flatMap(({ heading, events: found }): Block[] => [heading, entriesBlock(found, most, more, entryOf)]),
      ...datesBlocks(digest, timeZone),
      ...unread,
      { kind: 'divider' },
      paragraph(closingWords(digest), 'quiet'),
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
    ...(thread.length > 0 ? { thread } : {}),
  };
}

/** `Thu 26 Nov 2026`, or for a digest after a gap the days it makes up for. */
function titleDays({ window: { from, to }, catchUp }: Digest, timeZone: string): string {
  const day = showDay(to, timeZone);
  if (catchUp === undefined) return day;
  const cut = catchUp.isCut ? `, cut to the last ${plural(Math.round(LONGEST_WINDOW / DAY), 'day')}` : '';
  return `catch-up, ${showDay(from, timeZone)} to ${day}${cut}`;
}

/** What moved in one sentence, then the counts. Titles in it are an item's own words, which no command name is put into. */
function openingBlock(digest: Digest, counts: string): Block {
  const line = overview(digest);
  const quiet = (text: string) => ({ text, style: 'quiet' }) as const;
  return {
    kind: 'text',
    runs: line === undefined ? [quiet(counts)] : [{ text: line, marks: [] }, quiet(`\n${counts}`)],
  };
}

function closingWords({ dates }: Digest): string {
  const why = 'How an item was tagged, word by word: /barrier why and its id.';
  return dates.length > 0 ? `${why} All dates: /barrier dates.` : why;
}

function datesBlocks({ dates }: Digest, timeZone: string): Block[] {
  if (dates.length === 0) return [];
  return [
    { kind: 'heading', text: 'Coming up', note: 'within three weeks' },
    { kind: 'text', runs: dates.flatMap((date, index) => dateRuns(date, timeZone, index < dates.length - 1)) },
  ];
}

interface Section {
  readonly heading: Extract<Block, { kind: 'heading' }>;
  readonly events: readonly Event[];
}

/** One a barrier, then what is relevant without one. */
function sectionsOf({ sections, alsoRelevant }: Digest): Section[] {
  const ofBarriers = sections.map(({ barrier, events }): Section => {
    const { name, sections: defined } = barrierOf(barrier);
    return { heading: { kind: 'heading', text: name, note: defined.map((each) => `[${each}]`).join(' ') }, events };
  });
  const rest: Section = {
    heading: { kind: 'heading', text: 'Also relevant', note: 'no barrier' },
    events: alsoRelevant,
  };
  return alsoRelevant.length > 0 ? [...ofBarriers, rest] : ofBarriers;
}

/** The events of a section beyond the first `most`. */
function restBlocks({ heading, events }: Section, most: number, entryOf: (event: Event) => Entry): Block[] {
  if (events.length <= most) return [];
  const entries = events.slice(most).map(entryOf);
  return [
    { ...heading, text: `${heading.text} (continued)` },
    { kind: 'entries', entries },
  ];
}

/** What was not read may well have moved, so silence counts only for what was. */
function quietWords(digest: Digest, timeZone: string): string {
  const since = sinceWords(digest, timeZone);
  const read = digest.feeds - digest.failing.length;
  if (read <= 0 && digest.feeds > 0)
    return `Nothing is known ${since}: none of ${plural(digest.feeds, 'source')} could be read.`;
  return `Quiet: nothing moved ${since} in ${plural(read, 'source')}.`;
}

function sinceWords({ window }: Digest, timeZone: string): string {
  return `since ${showTime(window.from, timeZone)}`;
}

function countsLine(digest: Digest, events: readonly Event[], timeZone: string): string {
  const span = spansDays(digest.window) ? sinceWords(digest, timeZone) : 'in the last day';
  const counts = directionCounts(digest.directions);
  const found = `${plural(events.length, 'event')} from ${plural(digest.items, 'item')} ${span}`;
  return [found, ...(counts ? [counts] : [])].join(' · ');
}

function entriesBlock(
  events: readonly Event[],
  most: number,
  command: string,
  entryOf: (event: Event) => Entry,
): Block {
  const entries = events.slice(0, most).map(entryOf);
  const count = events.length - entries.length;
  return { kind: 'entries', entries, ...(count > 0 ? { more: { count, command } } : {}) };
}

function failingBlocks({ failing }: Digest): Block[] {
  if (failing.length === 0) return [];
  const named = failing.slice(0, FAILING_FEEDS).map((feed) => `${feed.title}: ${feed.lastError ?? 'not read'}`);
  const more = failing.length > FAILING_FEEDS ? [`and ${failing.length - FAILING_FEEDS} more: /feeds health`] : [];
  return [
    { kind: 'heading', text: 'Not read', note: plural(failing.length, 'source') },
    { kind: 'text', runs: [{ text: [...named, ...more].join('\n'), style: 'quiet' }] },
  ];
}
