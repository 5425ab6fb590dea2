/** What the core needs from outside itself. Each port has one contract suite in test/contracts. */
import type { Card } from './card.ts';
import type { CorrectionStore, RetagStore } from './correction-ports.ts';
import type { EventStore } from './event-ports.ts';
import type { FeedStore, NoticeStore } from './feed-ports.ts';
import type { KeepingStore } from './keeping.ts';
import type {
  BarrierId,
  Channel,
  Delivery,
  Direction,
  Feed,
  FeedHints,
  Instant,
  Item,
  ItemDraft,
  LocalDate,
  ReadItem,
  Stream,
  Subscription,
  Suspension,
  TaggedItem,
  Window,
} from './model.ts';
import type { PushStore } from './push.ts';
import type { SecondLookStore } from './second-reader.ts';

export type * from './correction-ports.ts';
export type * from './feed-ports.ts';

/** The time, passed in so that tests and the recorded sample can choose it. */
export interface Clock {
  now(): Instant;
}

/** What every answer of a source tells beside its content. */
interface ReadingFacts {
  /** Validators that hold from now on: those of the answer, or for a 304 that names none, those that were sent. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** The server's wish for the next look (Retry-After, Cache-Control). */
  readonly notBefore?: Instant;
  /** Hash of the document; absent for a 304, which brings none. */
  readonly bodyHash?: string;
  /** Where permanent redirects (301, 308) alone led to; absent where the address still holds. */
  readonly movedTo?: string;
  /** True where the site's robots.txt asks programs not to read this address. */
  readonly disallowed?: boolean;
}

/** What one look at a source brought: nothing new (304, or the same bytes again), or a document. */
export type Reading =
  | (ReadingFacts & { readonly outcome: 'unchanged' })
  | (ReadingFacts & {
      readonly outcome: 'changed';
      /** The source's own name; absent where it gives none. */
      readonly title?: string;
      readonly homepage?: string;
      /** In the order of the document. */
      readonly items: readonly ItemDraft[];
      /** What tagging says of each item, in the same order; absent where the reader leaves tagging to the caller. */
      readonly tagged?: readonly TaggedItem[];
      /** What the document says of when to ask; absent where it says nothing. */
      readonly hints?: FeedHints;
      /** What the reader wants to be given back at the next reading; absent for nothing. */
      readonly memory?: string;
      /** Entries wait for a second reading, which is due within the hour or so, whatever the source's rhythm; absent for none. */
      readonly isWaiting?: true;
    });

/** Reads sources of every kind over the network. */
export interface FeedReader {
  /** Throws WorldError when the source cannot be read, and UserError when the address itself is not allowed. */
  read(
    feed: Pick<Feed, 'url' | 'kind' | 'etag' | 'lastModified' | 'bodyHash' | 'memory'>,
    signal: AbortSignal,
  ): Promise<Reading>;
  /** Sources with the same lane share a server that is not asked twice at once; absent for one of our own, which may be. */
  lane?(url: string): string | undefined;
  close(): Promise<void>;
}

/** What `/barrier search` looks for. */
export interface ItemSearch {
  /** Plain words; all must occur, the last one may be the start of a word. */
  readonly words: string;
  readonly barrier?: BarrierId;
  readonly stream?: Stream;
  readonly since?: Instant;
  readonly limit: number;
}

/** A stretch of text, `[start, end)`. */
export type Span = readonly [start: number, end: number];

/** An item that matched, with the stretches of its title and summary that did. */
export interface SearchHit {
  readonly found: ReadItem;
  readonly title: readonly Span[];
  readonly summary: readonly Span[];
}

/** How many events moved a barrier one way. */
export interface Movement {
  readonly barrier: BarrierId;
  readonly direction: Direction;
  readonly events: number;
}

/** Items, their taggings and the events they form. All readings are of one workspace's listed feeds only. */
export interface ItemStore {
  /** Stored items that wait to be tagged, oldest first. */
  untaggedItems(limit: number): Promise<Item[]>;
  saveTagged(tagged: ReadonlyMap<string, TaggedItem>, at: Instant): Promise<void>;
  /** Relevant items that belong to no event yet, oldest date first. */
  ungroupedItems(limit: number): Promise<GroupingItem[]>;
  /** Grouped items dated within the window. */
  groupedItems(window: Window): Promise<GroupingItem[]>;
  /** Puts items into events, creating those that are new: item id → event id. */
  saveGrouping(events: ReadonlyMap<string, string>): Promise<void>;
  /** By item id, a unique start of one (4 characters at least), or link; undefined when there is none. */
  findItem(workspaceId: string, reference: string): Promise<ReadItem | undefined>;
  /**
   * Relevant items first seen in the window; those of a feed's first poll only when they are dated in it, those that came in a
   * flood only when the workspace released them in it.
   */
  newItems(workspaceId: string, window: Window): Promise<ReadItem[]>;
  /** What is held, or was dismissed, is left out. */
  itemsOfEvents(workspaceId: string, eventIds: readonly string[]): Promise<ReadItem[]>;
  /** The newest items tagged with the barrier (or, without one, any relevant item), by date. */
  recentItems(
    workspaceId: string,
    filter: { readonly barrier?: BarrierId; readonly stream?: Stream; readonly limit: number },
  ): Promise<ReadItem[]>;
  searchItems(workspaceId: string, search: ItemSearch): Promise<SearchHit[]>;
  movement(workspaceId: string, window: Window): Promise<Movement[]>;
  countItems(workspaceId: string): Promise<{ readonly items: number; readonly relevant: number }>;
}

/** What grouping needs to know of an item. */
export interface GroupingItem {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly url?: string;
  readonly occurredAt: Instant | LocalDate;
  /** Absent for an item that is not grouped yet. */
  readonly eventId?: string;
}

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
  /** Claims events to be posted at once, beside the windows of digests; undefined where that instant was claimed before. */
  claimInstant(claim: InstantClaim): Promise<Delivery | undefined>;
  /** Claims one window of one subscription before anything is sent, and sets when the next is due; undefined when it was claimed before. */
  claimDigest(claim: DigestClaim): Promise<Delivery | undefined>;
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
}

/** Events about to be posted at once. */
export type InstantClaim = Pick<DigestClaim, 'subscriptionId' | 'window' | 'eventIds' | 'card' | 'at'>;

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

/** How a post that was in doubt stands now. */
export interface Resumed {
  /** The platform's reference of the message. */
  readonly messageRef: string;
  /** Messages that had arrived before, of all that it consists of. */
  readonly found: number;
  readonly messages: number;
}

/** What platforms send twice and people press twice, and command lines too long for a platform's buttons. */
export interface PressStore {
  /** True for the first claim of a key in a workspace, until it expires (never, where no instant is given). */
  claimOnce(workspaceId: string, key: string, at: Instant, expiresAt?: Instant): Promise<boolean>;
  /** Keeps a command line and resolves with its id, the same for the same line: 20 letters and digits. */
  keepLine(workspaceId: string, line: string): Promise<string>;
  findLine(workspaceId: string, id: string): Promise<string | undefined>;
}

/** All state of the bot. Every call is one atomic step; "not found" is undefined, a throw is a failure. */
export interface Store
  extends FeedStore,
    NoticeStore,
    ItemStore,
    EventStore,
    CorrectionStore,
    RetagStore,
    DigestStore,
    PressStore,
    PushStore,
    SecondLookStore,
    KeepingStore {
  close(): Promise<void>;
}

/** Where people meet the bot: a terminal, Slack, Discord. */
export interface Adapter {
  readonly name: string;
  /**
   * Starts to listen; resolves, once messages can be posted, with where it is on and how to bring it elsewhere, in one
   * line. Throws UserError for what only a person can mend, such as a wrong token, and WorldError for what may pass, so
   * that starting again later helps.
   */
  start(): Promise<string>;
  stop(): Promise<void>;
  /**
   * Posts a card and resolves with the platform's reference of the message. `key` names the message for ever: asked again
   * with it, the platform shows nothing twice where it can tell. Throws WorldError when nothing was posted (RouteError when
   * nothing can be until a person acts, AwayError when it is not connected), and DoubtError when it may have been posted, or
   * in part.
   */
  post(channel: Channel, card: Card, key: string): Promise<string>;
  /**
   * Goes on with a post of which nobody knows how much arrived since `since`: looks for its messages by their key and posts
   * those that are surely not there. Throws DoubtError when that cannot be seen, WorldError when it was broken off and may be
   * tried again (RouteError: once a person acts there); what had arrived before then still stands.
   */
  resume(channel: Channel, card: Card, key: string, since: Instant): Promise<Resumed>;
  /** Shows a card to one person of a workspace alone; throws WorldError when that is not possible. */
  tell(workspaceId: string, userId: string, card: Card): Promise<void>;
  /** What keeps the bot from posting in a channel, with what to do about it; undefined when nothing does. Throws WorldError. */
  obstacle(channel: Channel): Promise<string | undefined>;
}
