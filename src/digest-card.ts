/** The digest as a card: header with local date and counts, a section a barrier, the rest, and sources that failed. */
import { type Block, type Card, paragraph } from './card.ts';
import { type Digest, directionCounts, eventsOf, spansDays } from './digest.ts';
import { eventEntry } from './entries.ts';
import type { Event } from './model.ts';
import { plural } from './plural.ts';
import { barrierOf } from './taxonomy/barriers.ts';
import { showDay, showTime } from './time.ts';

/** Compact by default: the rest is one command away. */
const EVENTS_A_SECTION = 5;
const FAILING_FEEDS = 5;

/** Renders a digest for a channel in its zone; a quiet window is one line; `full` shows every event, else `more` is the command that does. */
export function digestCard(digest: Digest, timeZone: string, { full = false, more = '/digest last' } = {}): Card {
  const most = full ? Number.POSITIVE_INFINITY : EVENTS_A_SECTION;
  const events = eventsOf(digest);
  const title = `AI governance digest · ${showDay(digest.window.to, timeZone)}`;
  const base = { title, timeZone, public: true, tone: 'plain' } as const;
  if (events.length === 0) {
    return { ...base, blocks: [paragraph(quietWords(digest, timeZone)), ...failingBlocks(digest)] };
  }
  return {
    ...base,
    blocks: [
      { kind: 'text', runs: [{ text: countsLine(digest, events, timeZone), style: 'quiet' }] },
      ...digest.sections.flatMap(({ barrier, events: found }): Block[] => {
        const { name, sections } = barrierOf(barrier);
        return [
          { kind: 'heading', text: name, note: sections.map((section) => `[${section}]`).join(' ') },
          entriesBlock(found, most, more),
        ];
      }),
      ...alsoRelevantBlocks(digest.alsoRelevant, most, more),
      ...failingBlocks(digest),
      { kind: 'divider' },
      paragraph('How an item was tagged, word by word: /barrier why and its id.', 'quiet'),
    ],
  };
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

function entriesBlock(events: readonly Event[], most: number, command: string): Block {
  const entries = events.slice(0, most).map((event) => eventEntry(event));
  const count = events.length - entries.length;
  return { kind: 'entries', entries, ...(count > 0 ? { more: { count, command } } : {}) };
}

function alsoRelevantBlocks(events: readonly Event[], most: number, more: string): Block[] {
  if (events.length === 0) return [];
  return [{ kind: 'heading', text: 'Also relevant', note: 'no barrier' }, entriesBlock(events, most, more)];
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
