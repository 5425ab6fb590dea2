/** The ports to feeds, their lists and notices. Part of src/ports.ts in all but place. */
import type {
  Change,
  FailureKind,
  Feed,
  FeedDraft,
  FeedHints,
  Filter,
  Instant,
  Item,
  ItemDraft,
  ListedDraft,
  ListedFeed,
  LocalDate,
  Notice,
  NoticeRoute,
  Rhythm,
  ScopedFilter,
  Stream,
  TaggedItem,
  Workspace,
} from './model.ts';

/** The end of one check of one feed. */
export type CheckOutcome =
  | {
      readonly kind: 'changed';
      readonly items: readonly ItemDraft[];
      /** What tagging says of each item, in the same order; without it new items wait untagged. */
      readonly tagged?: readonly TaggedItem[];
      readonly etag?: string;
      readonly lastModified?: string;
      readonly bodyHash?: string;
      readonly movedTo?: string;
      readonly hints?: FeedHints;
      readonly rhythm?: Rhythm;
      /** Kept in place of what the reader asked for before; absent forgets it. */
      readonly memory?: string;
    }
  /** With `bodyHash` a whole document came and was the same, so its validators replace the former ones. */
  | {
      readonly kind: 'unchanged';
      readonly etag?: string;
      readonly lastModified?: string;
      readonly bodyHash?: string;
      readonly movedTo?: string;
    }
  /** A source that is gone for good is paused on every list in the same step. */
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly failure?: FailureKind;
      readonly heldUntil?: Instant;
    }
  /** Not asked, because its server or a neighbour of it wants quiet; no failure, and the last check still counts. */
  | { readonly kind: 'held'; readonly reason: string; readonly heldUntil: Instant };

/** One edit of a workspace's feed list, of the filters that belong to it, or of where its notices go. */
export type ListEdit =
  | { readonly action: 'add'; readonly feed: ListedDraft }
  | { readonly action: 'remove' | 'pause' | 'resume'; readonly feedId: string }
  | { readonly action: 'title'; readonly feedId: string; readonly title: string }
  | { readonly action: 'stream'; readonly feedId: string; readonly stream: Stream }
  /** Another address for the same source; other workspaces keep theirs. */
  | { readonly action: 'move'; readonly feedId: string; readonly url: string }
  /** What came in a flood is posted with the next digest, stays unposted, or waits again. */
  | { readonly action: 'release' | 'dismiss' | 'hold'; readonly feedId: string }
  /** Without a filter the one there was goes. */
  | { readonly action: 'filter'; readonly feedId: string; readonly filter?: Filter }
  | { readonly action: 'filter'; readonly scope: ScopedFilter['scope']; readonly filter?: Filter }
  | { readonly action: 'notices'; readonly route?: NoticeRoute };

/** Feeds, who lists them, and when each is due. */
export interface FeedStore {
  /** Creates the workspace with its first feed list, in one step, or updates its name and zone; true when it was created. */
  saveWorkspace(workspace: Workspace, firstFeeds: () => readonly FeedDraft[], at: Instant): Promise<boolean>;
  /** All workspaces of an adapter, in the order of their names. */
  workspaces(adapter: string): Promise<Workspace[]>;
  listFeeds(workspaceId: string): Promise<ListedFeed[]>;
  /** Makes one edit and its line in the audit trail in one step; undefined when it changes nothing (already or not on the list). */
  editFeedList(workspaceId: string, edit: ListEdit, actor: string, at: Instant): Promise<Change | undefined>;
  /** Feeds that at least one workspace lists unpaused and whose next check is due, longest overdue first. */
  dueFeeds(now: Instant, limit: number): Promise<Feed[]>;
  /** Every feed that at least one workspace lists unpaused and that is not held by its server at `now`. */
  activeFeeds(now: Instant): Promise<Feed[]>;
  /**
   * Stores the outcome, the schedule and the items in one step; returns the items that were new, by the feed's identity rule,
   * which is recognised where it is not given and then stays. An item that was edited since waits to be tagged again; where
   * most of a known feed's entries look new at once they are held (see Flood).
   */
  recordCheck(feedId: string, outcome: CheckOutcome, at: Instant, nextCheckAt: Instant): Promise<Item[]>;
  /** Addresses of the feeds whose servers want quiet at `now`, with the instant it ends. */
  heldFeeds(now: Instant): Promise<readonly { readonly url: string; readonly until: Instant }[]>;
  /** The days (UTC) on which each listed feed posted, by feed, the newest first; what came in a flood does not count. */
  postingDays(workspaceId: string): Promise<ReadonlyMap<string, readonly LocalDate[]>>;
  /** Filters of the list and its streams; those of feeds stand with the feeds. */
  filters(workspaceId: string): Promise<ScopedFilter[]>;
  /** The newest changes of a workspace first, without the steps of corrections. */
  history(workspaceId: string, limit: number): Promise<Change[]>;
  findChange(workspaceId: string, changeId: string): Promise<Change | undefined>;
  /** Notes that a change was taken back; false when it already was. */
  markUndone(workspaceId: string, changeId: string, by: string): Promise<boolean>;
  /** Keeps what a person is called in a workspace; a new name replaces the old one. */
  savePerson(workspaceId: string, personId: string, name: string): Promise<void>;
  /** What people of a workspace are called, by id; those who are not known are not in it. */
  namesOf(workspaceId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What workspaces are told of their feeds: what is due is asked of the feeds' state, what was told is kept. */
export interface NoticeStore {
  /** Things to tell that were neither told nor are to be tried later, for workspaces that want to be told. */
  dueNotices(now: Instant): Promise<Notice[]>;
  /** Claims notices before they are sent, and returns those that nobody claimed before; a claim is never given twice. */
  claimNotices(notices: readonly Notice[], at: Instant): Promise<Notice[]>;
  /** Ends claims: told, or not, to be tried again at `retryAt` (absent: never). */
  settleNotices(notices: readonly Notice[], end: NoticeEnd, at: Instant): Promise<void>;
  /** Where notices go; undefined where nobody chose. */
  noticeRoute(workspaceId: string): Promise<NoticeRoute | undefined>;
  findWorkspace(workspaceId: string): Promise<Workspace | undefined>;
}

/** How a claimed notice ended. */
export type NoticeEnd = { readonly told: true } | { readonly told: false; readonly retryAt?: Instant };

/** What a feed list's file holds. */
export interface FeedListContent {
  readonly feeds: readonly ListedDraft[];
  readonly filters: readonly ScopedFilter[];
}

/** Feed lists as files, OPML 2.0 or JSON, for first runs, imports and exports. */
export interface FeedListFiles {
  /** Reads a list in either format; throws UserError when the text is neither. `faults` names entries that were left out, in words. */
  parse(text: string): FeedListContent & { readonly faults: readonly string[] };
  write(content: FeedListContent, format: 'opml' | 'json'): string;
  /** Fetches a list from a link, under the same rules as feeds; throws WorldError or UserError. */
  fetch(link: string, signal: AbortSignal): Promise<string>;
}
