/** Events that were posted as soon as they were known, as a card. */
import { type Card, paragraph } from './card.ts';
import { eventEntry } from './entries.ts';
import type { Event, InstantWish } from './model.ts';
import { plural } from './plural.ts';
import { instantWords } from './subscription.ts';

/** The card for a channel with that wish in that zone; `edits` says in one line what was changed since it was posted. */
export function instantCard(
  events: readonly Event[],
  timeZone: string,
  instant: Pick<InstantWish, 'crisis' | 'barriers'>,
  edits?: string,
): Card {
  const isAllCrisis = events.length > 0 && events.every(({ items }) => items.some(({ tagged }) => tagged?.crisis));
  return {
    title: `${isAllCrisis ? 'Crisis signal' : 'Just seen'} · ${plural(events.length, 'event')}`,
    tone: isAllCrisis ? 'warning' : 'plain',
    timeZone,
    public: true,
    blocks: [
      ...(edits === undefined ? [] : [paragraph(edits, 'quiet')]),
      events.length > 0
        ? { kind: 'entries', entries: events.map((event) => eventEntry(event)) }
        : paragraph('Nothing of what stood here is about AI governance.'),
      paragraph(`This channel gets ${instantWords(instant)} at once. /digest schedule instant off ends that.`, 'quiet'),
      { kind: 'buttons', buttons: [{ label: 'Pause', command: '/digest pause' }] },
    ],
  };
}
