/** A digest, or events told at once, as they stand in a channel: the card, and what is kept so that it can be made again. */
import { createHash } from 'node:crypto';
import type { Card } from './card.ts';
import { compose, type Digest, eventsOf } from './digest.ts';
import { digestCard } from './digest-card.ts';
import { toEvents } from './event.ts';
import { instantCard } from './instant-card.ts';
import type { Event, InstantWish, ReadItem, Subscription, Window } from './model.ts';
import type { Composition, DigestComposition, PostedComposition } from './revision.ts';

const BUTTONS = [
  { label: 'More', command: '/digest last' },
  { label: 'Pause', command: '/digest pause' },
];

/** The card of a digest in its channel; `edits` says in one line what was changed since it was posted. */
function postedCard(
  digest: Digest,
  { timeZone, length = 'normal' }: Pick<Subscription, 'timeZone' | 'length'>,
  edits?: string,
): Card {
  return digestCard(digest, timeZone, { buttons: BUTTONS, length, ...(edits === undefined ? {} : { edits }) });
}

/** A digest that is ready to be claimed and posted. */
export interface ReadyDigest {
  readonly eventIds: readonly string[];
  readonly card: Card;
  readonly composition: PostedComposition;
}

/** The card of a digest for a channel, with what is kept of it. */
export function readyDigest(digest: Digest, subscription: Subscription): ReadyDigest {
  const card = postedCard(digest, subscription);
  const events = eventsOf(digest);
  const composition = posted(compositionOf(digest, events, subscription), card);
  return { eventIds: events.map(({ id }) => id), card, composition };
}

function compositionOf(digest: Digest, events: readonly Event[], subscription: Subscription): DigestComposition {
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
    itemIds: itemIdsOf(events),
    feeds,
    failing,
    dates,
    past,
  };
}

/** What is kept of events about to be posted at once as `card`. */
export function instantCompositionOf(
  events: readonly Event[],
  { timeZone }: Pick<Subscription, 'timeZone'>,
  { crisis, barriers }: InstantWish,
  card: Card,
): PostedComposition {
  return posted({ timeZone, instant: { crisis, barriers }, itemIds: itemIdsOf(events) }, card);
}

function posted(composition: Composition, card: Card): PostedComposition {
  return { id: hashOf(composition), composition, shown: hashOf(card) };
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

/** Tells one card, or composition, from another. */
export function hashOf(value: Card | Composition): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

function itemIdsOf(events: readonly Event[]): string[] {
  return events.flatMap(({ items }) => items.map(({ item }) => item.id));
}
