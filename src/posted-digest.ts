/** A digest, or events told at once, as they stand in a channel: the card, and what is kept so that it can be made again. */
import { createHash } from 'node:crypto';
import type { Card } from './card.ts';
import { compose, type Digest, eventsOf } from './digest.ts';
import { digestCard } from './digest-card.ts';
import { toEvents } from './event.ts';
import { instantCard } from './instant-card.ts';
import type { Event, InstantWish, ReadItem, Subscription, Window } from './model.ts';
import type { Composition, DigestComposition, InstantComposition } from './revision.ts';

const BUTTONS = [
  { label: 'More', command: '/digest last' },
  { label: 'Pause', command: '/digest pause' },
];

/** The card of a digest in its channel; `edits` says in one line what was changed since it was posted. */
export function postedCard(
  digest: Digest,
  { timeZone, length = 'normal' }: Pick<Subscription, 'timeZone' | 'length'>,
  edits?: string,
): Card {
  return digestCard(digest, timeZone, { buttons: BUTTONS, length, ...(edits === undefined ? {} : { edits }) });
}

/** What is kept of a digest about to be posted as `card`. */
export function compositionOf(digest: Digest, subscription: Subscription, card: Card): DigestComposition {
  const { barriers, streams, minimumConfidence, length, timeZone } = subscription;
  const { catchUp, feeds, dates, past } = digest;
  const failing = digest.failing.map(({ id, title, lastError }) => ({
    id,
    title,
    ...(lastError ? { lastError } : {}),
  }));
  return {
    barriers,
    streams,
    timeZone,
    ...(minimumConfidence === undefined ? {} : { minimumConfidence }),
    ...(length ? { length } : {}),
    ...(catchUp ? { catchUp } : {}),
    itemIds: itemIdsOf(eventsOf(digest)),
    feeds,
    failing,
    dates,
    past,
    shown: hashOf(card),
  };
}

/** What is kept of events about to be posted at once as `card`. */
export function instantCompositionOf(
  events: readonly Event[],
  { timeZone }: Pick<Subscription, 'timeZone'>,
  { crisis, barriers }: InstantWish,
  card: Card,
): InstantComposition {
  return { timeZone, instant: { crisis, barriers }, itemIds: itemIdsOf(events), shown: hashOf(card) };
}

/** The same card again with its items as they are now; one that is off topic by now is no longer in it. */
export function cardAgain(composition: Composition, window: Window, items: readonly ReadItem[], edits?: string): Card {
  const relevant = items.filter(({ tagged }) => tagged?.relevant);
  if ('instant' in composition) {
    const { itemIds, instant, timeZone } = composition;
    const place = (event: Event) => Math.min(...event.items.map(({ item }) => itemIds.indexOf(item.id)));
    const events = toEvents(relevant).sort((one, other) => place(one) - place(other));
    return instantCard(events, timeZone, instant, edits);
  }
  const { feeds, failing, dates, past, catchUp } = composition;
  const digest = { ...compose(composition, window, relevant, [], { past, dates }), feeds, failing };
  return postedCard({ ...digest, ...(catchUp ? { catchUp } : {}) }, composition, edits);
}

/** Tells one card from another. */
export function hashOf(card: Card): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 32);
}

function itemIdsOf(events: readonly Event[]): string[] {
  return events.flatMap(({ items }) => items.map(({ item }) => item.id));
}
