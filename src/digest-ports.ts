/** The port to subscriptions and the ledger of what was sent. Part of src/ports.ts in all but place. */
import type { Card } from './card.ts';
import type { Channel, Delivery, Instant, LocalDate, Subscription, Suspension, Window } from './model.ts';
import type { PostedComposition } from './revision.ts';

/** Subscriptions and the ledger of what was sent. */
export interface DigestStore {
  subscriptions(workspaceId: string): Promise<Subscription[]>;
  subscriptionOf(channel: Channel): Promise<Subscription | undefined>;
  /** Creates or replaces a subscription, with its line in the audit trail. */
  saveSubscription(subscription: Subscription, action: string, actor: string, at: Instant): Promise<void>;
  /**
   * Subscriptions to look at: their time has come, or their next one was set by a clock that has gone back since. Those
   * paused at `now` or suspended are left out, as are those with a delivery that is to be tried again.
   */
  dueSubscriptions(now: Instant): Promise<Subscription[]>;
  /** Every subscription of every workspace, for a look at all plans. */
  allSubscriptions(): Promise<Subscription[]>;
  /** Sets when to look at a subscription next; `at` is the time by the clock that says so. */
  planDigest(subscriptionId: string, nextDigestAt: Instant, at: Instant): Promise<void>;
  /** The local dates from `from` on whose digest was claimed and did not fail. */
  sentDates(subscriptionId: string, from: LocalDate): Promise<ReadonlySet<LocalDate>>;
  /** Subscriptions that want events at once and are neither paused at `now` nor suspended. */
  instantSubscriptions(now: Instant): Promise<Subscription[]>;
  /** Claims events to be posted at once, beside the windows of digests; undefined where that instant, or one of the events, was claimed before. */
  claimInstant(claim: InstantClaim): Promise<Delivery | undefined>;
  /** Claims one window of one subscription before anything is sent, and sets when the next is due; undefined when it, or one of the events, was claimed before. */
  claimDigest(claim: DigestClaim): Promise<Delivery | undefined>;
  /** Passes a due digest over without a post: the time until `at` is covered, and the next one is due at `nextDigestAt`. */
  passDigest(subscriptionId: string, nextDigestAt: Instant, at: Instant): Promise<void>;
  /** Suspends the channel's subscription; undefined when it has none or was suspended before. */
  suspend(channel: Channel, suspension: Suspension): Promise<Subscription | undefined>;
  /** Ends a suspension; false when there was none. */
  liftSuspension(channel: Channel): Promise<boolean>;
  /** Deliveries to be tried again by `now`, oldest first, of subscriptions that are neither paused nor suspended. */
  openDeliveries(now: Instant): Promise<OpenDelivery[]>;
  /** The oldest delivery of a subscription that is to be tried again, now or later; undefined when there is none. */
  openDelivery(subscriptionId: string): Promise<Delivery | undefined>;
  /** Claims an open delivery for another try and resolves with what it is to show; undefined when it is no longer open. */
  reclaimDelivery(deliveryId: string): Promise<Card | undefined>;
  /** Ends a claim, and opens its window again where nothing was posted and it is not tried again. */
  settleDelivery(deliveryId: string, end: DeliveryEnd, at: Instant): Promise<void>;
  /** Marks claims that a former run left as doubtful, to be settled at once, and returns them: they may or may not have been sent. */
  doubtOpenClaims(at: Instant): Promise<Delivery[]>;
  /** The newest deliveries of a subscription first. */
  deliveries(subscriptionId: string, limit: number): Promise<Delivery[]>;
  /** The events a delivery held, as they were claimed. */
  eventsOfDelivery(deliveryId: string): Promise<readonly string[]>;
  /** The items that a delivery showed; none for one that was posted before this was kept. */
  itemsOfDelivery(deliveryId: string): Promise<readonly string[]>;
  /** The newest digest of the subscription that may have arrived and held the item, or its event, whatever event it is in by now. */
  deliveryOf(
    subscriptionId: string,
    of: { readonly itemId: string; readonly eventId?: string },
  ): Promise<Delivery | undefined>;
  /** Those of `eventIds` that an earlier digest of the subscription already held. */
  deliveredEvents(subscriptionId: string, eventIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** A digest about to be sent. */
export interface DigestClaim {
  readonly subscriptionId: string;
  readonly window: Window;
  readonly eventIds: readonly string[];
  /** What is shown, kept until the delivery is over so that every try shows the same. */
  readonly card: Card;
  readonly nextDigestAt: Instant;
  readonly at: Instant;
  /** Absent for a regular digest. */
  readonly occasion?: 'asked';
  /** The local date whose digest it is: claimed once, unless that failed; absent for what counts as no day's digest. */
  readonly localDate?: LocalDate;
  /** What it is made of, kept so that it can be made again after a change; absent where nothing is to be kept. */
  readonly composition?: PostedComposition;
}

/** Events about to be posted at once. */
export type InstantClaim = Pick<DigestClaim, 'subscriptionId' | 'window' | 'eventIds' | 'card' | 'composition' | 'at'>;

/** A delivery that is not over, with whose it is. */
export interface OpenDelivery {
  readonly delivery: Delivery;
  readonly subscription: Subscription;
}

/** What holds for an end that is none yet. */
interface Again {
  /** When it is tried again; absent for never. */
  readonly retryAt?: Instant;
  /** The platform was not even asked, so this was no attempt. */
  readonly isUntried?: boolean;
}

/**
 * How a try ended: sent with the adapter's message reference, in doubt, or failed; one that failed for good may bring the next
 * look at what is due forward to `nextDigestAt`, where the claim had put it off.
 */
export type DeliveryEnd =
  | { readonly messageRef: string; readonly settledBy?: string }
  | ({ readonly doubt: string } & Again)
  | ({ readonly error: string; readonly nextDigestAt?: Instant } & Again);
