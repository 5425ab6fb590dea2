/** Where an item stands with the digests of one channel: posted, left out and why, or waiting. Pure. */
import { isRegular } from '../due.ts';
import type { ListFilters } from '../filter.ts';
import type { Delivery, Event, Instant, ListedFeed, ReadItem, Subscription } from '../model.ts';
import { isPaused } from '../subscription.ts';
import { showTime } from '../time.ts';
import { eventPlaceSentence } from './event-place.ts';
import {
  feedPausedSentence,
  filteredSentence,
  heldSentence,
  notWantedSentence,
  oldSentence,
  unsureSentence,
} from './left-out.ts';

/** What is known of an item and a channel. */
export interface StandingFacts {
  readonly read: ReadItem;
  /** Absent while the item belongs to none. */
  readonly event?: Event;
  /** What joined it to its event, in one line; absent where it stands alone. */
  readonly joined?: string;
  /** Absent where the feed is no longer on the list. */
  readonly feed?: ListedFeed;
  readonly filters: ListFilters;
  /** Absent for a channel without a digest. */
  readonly subscription?: Subscription;
  /** The digest of the channel that held the event; absent where none did. */
  readonly delivery?: Delivery;
  /** True where the next digest would look at it. */
  readonly isUpcoming: boolean;
  readonly now: Instant;
  readonly timeZone: string;
}

/** One sentence a fact: the place in its event, what keeps it back, what became of it or will. */
export function standingSentences(facts: StandingFacts): string[] {
  const { read, event, joined, feed, filters, delivery, timeZone } = facts;
  const withheld = heldSentence(read) ?? filteredSentence(filters, read) ?? feedPausedSentence(feed, read, timeZone);
  const became = delivery
    ? deliveredSentence(read, delivery, { isWithheld: withheld !== undefined, timeZone })
    : withheld
      ? undefined
      : nextSentence(facts);
  return [(event && eventPlaceSentence(read.item, event)) ?? [], joined ?? [], withheld ?? [], became ?? []].flat();
}

/** What becomes of an item that nothing holds back and no digest held. */
function nextSentence({ read, event, subscription, isUpcoming, now, timeZone }: StandingFacts): string {
  if (subscription === undefined) return 'This channel gets no digest. An admin sets one up with /digest schedule.';
  const unwanted = event && (notWantedSentence(event, subscription) ?? unsureSentence(event, subscription));
  if (unwanted) return unwanted;
  return isUpcoming ? waitingSentence(subscription, now, timeZone) : oldSentence(read.item);
}

/** The digest that held its event: the item with it, unless it is withheld, or came later. */
function deliveredSentence(
  { item }: Pick<ReadItem, 'item'>,
  { state, occasion, window, error, nextTryAt }: Delivery,
  { isWithheld, timeZone }: { readonly isWithheld: boolean; readonly timeZone: string },
): string {
  const what = occasion === 'instant' ? 'what was posted at once' : 'the digest';
  const where = `${what} of ${showTime(window.to, timeZone)}`;
  if (state === 'claimed') return `It is being posted in ${where}.`;
  if (state === 'failed')
    return `It is in ${where}, which did not arrive yet: ${error} ${againWords(nextTryAt, timeZone)}`;
  const doubt = state === 'doubtful' ? ', which may not have arrived' : '';
  if (item.fetchedAt > window.to)
    return `Its event was in ${where}${doubt}. This item came later, and an event is told once.`;
  return `${isWithheld ? 'Its event' : 'It'} was in ${where}${doubt}.`;
}

function againWords(nextTryAt: Instant | undefined, timeZone: string): string {
  return nextTryAt ? `The next try is at ${showTime(nextTryAt, timeZone)}.` : 'It is not tried again.';
}

/** When it comes, and what keeps it from coming. */
function waitingSentence(subscription: Subscription, now: Instant, timeZone: string): string {
  const { suspended, pausedUntil, nextDigestAt } = subscription;
  if (suspended)
    return `It waits: digests of this channel are held back since ${showTime(suspended.at, timeZone)}: ${suspended.reason}`;
  if (isPaused(subscription, now)) {
    const end = pausedUntil ? `until ${showTime(pausedUntil, timeZone)}` : 'until /digest resume';
    return `It waits: digests of this channel are paused ${end}, and one makes up for them when they come again.`;
  }
  if (!isRegular(subscription)) return 'This channel has no regular digest, and it was not posted at once.';
  return `It waits for the next digest, ${showTime(nextDigestAt, timeZone)}.`;
}
