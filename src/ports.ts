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
import type { Composition, RevisionStore } from './revision.ts';
import type { SecondLookStore } from './second-reader.ts';
import type { PastKind } from './weight.ts';

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
  /** Events by barrier, mechanism and direction, dated within the window and first seen by its end. */
  pastKinds(workspaceId: string, window: Window): Promise<PastKind[]>;
  /** Those of the items that the workspace may see, in any order. */
  itemsById(workspaceId: string, itemIds: readonly string[]): Promise<ReadItem[]>;
  /** All that was first seen in the window, relevant or not, the newest first. */
  seenItems(workspaceId: string, window: Window, limit: number): Promise<ReadItem[]>;
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
  /** Subscriptions whose digest is due and that are neither paused at `now` nor suspended. */
  dueSubscriptions(now: Instant): Promise<Subscription[]>;
  /** Claims one window of one subscription before anything is sent, and sets when the next is due; undefined when it was claimed before. */
  claimDigest(claim: DigestClaim): Promise<Delivery | undefined>;
  /** Passes a due digest over without a post: its time is covered, and the next one is due at `nextDigestAt`. */
  passDigest(subscriptionId: string, coveredUntil: Instant, nextDigestAt: Instant): Promise<void>;
  /** Suspends the channel's subscription; undefined when it has none or was suspended before. */
  suspend(channel: Channel, suspension: Suspension): Promise<Subscription | undefined>;
  /** Ends a suspension; false when there was none. */
  liftSuspension(channel: Channel): Promise<boolean>;
  /** Ends a claim, and opens its window again where nothing was posted. */
  settleDelivery(deliveryId: string, end: DeliveryEnd, at: Instant): Promise<void>;
  /** Marks claims that a former run left open as doubtful and returns them: they may or may not have been sent. */
  doubtOpenClaims(at: Instant): Promise<Delivery[]>;
  /** The newest deliveries of a subscription first. */
  deliveries(subscriptionId: string, limit: number): Promise<Delivery[]>;
  /** The events a delivery held, as they were claimed. */
  eventsOfDelivery(deliveryId: string): Promise<readonly string[]>;
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
  readonly nextDigestAt: Instant;
  readonly at: Instant;
  /** What the digest is made of, kept so that it can be made again after a change; absent where nothing is to be kept. */
  readonly composition?: Composition;
}

/** How a claim ended: sent with the adapter's message reference, in doubt, or failed, to be tried again at `retryAt` where given. */
export type DeliveryEnd =
  | { readonly messageRef: string }
  | { readonly doubt: string }
  | { readonly error: string; readonly retryAt?: Instant };

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
    RevisionStore,
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
   * nothing can be until a person acts), and DoubtError when it may have been posted, or in part.
   */
  post(channel: Channel, card: Card, key: string): Promise<string>;
  /**
   * Shows another card in place of one that `post` showed under that reference and key, without a ping. False where that is not
   * possible: the platform cannot, the message is gone or too old, or the card needs more room than was posted. Asked again, it
   * changes nothing further. Throws WorldError (RouteError when the channel takes nothing) where it may be possible later.
   */
  revise(channel: Channel, messageRef: string, card: Card, key: string): Promise<boolean>;
  /** The web address of a message; absent where the platform gives none. */
  linkTo?(channel: Channel, messageRef: string): string | undefined;
  /** Shows a card to one person of a workspace alone; throws WorldError when that is not possible. */
  tell(workspaceId: string, userId: string, card: Card): Promise<void>;
  /** What keeps the bot from posting in a channel, with what to do about it; undefined when nothing does. Throws WorldError. */
  obstacle(channel: Channel): Promise<string | undefined>;
}
