/** What the core needs from outside itself. Each port has one contract suite in test/contracts. */
import type { Card } from './card.ts';
import type { CorrectionStore, RetagStore } from './correction-ports.ts';
import type { DigestStore } from './digest-ports.ts';
import type { EventStore } from './event-ports.ts';
import type { FeedStore, NoticeStore } from './feed-ports.ts';
import type { KeepingStore } from './keeping.ts';
import type {
  BarrierId,
  Channel,
  Direction,
  Feed,
  FeedHints,
  Instant,
  Item,
  ItemDraft,
  LocalDate,
  ReadItem,
  Stream,
  TaggedItem,
  Window,
} from './model.ts';
import type { PushStore } from './push.ts';
import type { RevisionStore } from './revision.ts';
import type { SecondLookStore } from './second-reader.ts';
import type { PastKind } from './weight.ts';

export type * from './correction-ports.ts';
export type * from './digest-ports.ts';
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

/** What `/barrier search`, and the look-up of dates, look for. */
export interface ItemSearch {
  /** Plain words; all must occur, the last one may be the start of a word unless they must be near each other. */
  readonly words: string;
  /** The words must stand near each other, in any order, with no more other words between them than this; anywhere where absent. */
  readonly near?: number;
  /** Only items that count as about AI governance in the workspace, and that no undecided or refused flood holds back. */
  readonly relevantOnly?: boolean;
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
