/** A digest as it stands in a channel: its card, the key it is posted under, and what is kept so that it can be made again. */
import { createHash } from 'node:crypto';
import type { Card } from './card.ts';
import { compose, type Digest, eventsOf } from './digest.ts';
import { digestCard } from './digest-card.ts';
import type { ReadItem, Subscription, Window } from './model.ts';
import type { Composition } from './revision.ts';

const BUTTONS = [
  { label: 'More', command: '/digest last' },
  { label: 'Pause', command: '/digest pause' },
];

/** The card of a digest in its channel; `edits` says in one line what was changed since it was posted. */
export function postedCard(digest: Digest, timeZone: string, edits?: string): Card {
  return digestCard(digest, timeZone, { buttons: BUTTONS, ...(edits === undefined ? {} : { edits }) });
}

/** Names the message of a digest for ever, as `Adapter.post` and `Adapter.revise` want it. */
export function digestKey(subscriptionId: string, window: Window): string {
  return `digest ${subscriptionId} ${window.to}`;
}

/** What is kept of a digest about to be posted. */
export function compositionOf(digest: Digest, subscription: Subscription): Composition {
  const { barriers, streams, timeZone } = subscription;
  const { feeds, dates, past } = digest;
  const itemIds = eventsOf(digest).flatMap(({ items }) => items.map(({ item }) => item.id));
  const failing = digest.failing.map(({ id, title, lastError }) => ({
    id,
    title,
    ...(lastError ? { lastError } : {}),
  }));
  const shown = hashOf(postedCard(digest, timeZone));
  return { barriers, streams, timeZone, itemIds, feeds, failing, dates, past, shown };
}

/** The same digest again with its items as they are now; one that is off topic by now is no longer in it. */
export function composeAgain(composition: Composition, window: Window, items: readonly ReadItem[]): Digest {
  const { feeds, failing, dates, past } = composition;
  const relevant = items.filter(({ tagged }) => tagged?.relevant);
  return { ...compose(composition, window, relevant, [], { past, dates }), feeds, failing };
}

/** Tells one card from another. */
export function hashOf(card: Card): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 32);
}
