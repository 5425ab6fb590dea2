/** The nouns of sources: feeds, the lists they stand on, and what is told of them. Part of src/model.ts in all but place. */
import type { Instant, Stream, Weekday } from './model.ts';

/** How a source is read; each kind is one file in feeds/. */
export const FEED_KINDS = [
  ...(['rss', 'atom', 'jsonfeed'] as const),
  ...(['federal-register', 'govuk-search', 'canada-news', 'cellar', 'europarl-procedure'] as const),
  ...(['sitemap', 'page', 'msit-board'] as const),
  'auto',
] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/**
 * What makes an entry the same entry in a later document: the publisher's guid (else the link, else the words), the link where
 * guids are shared or change, or the number of the document itself (a UN symbol, a Federal Register number, a Press Corner
 * reference) where one document appears under several addresses.
 */
export const IDENTITY_RULES = ['guid', 'link', 'reference'] as const;
export type IdentityRule = (typeof IDENTITY_RULES)[number];

/** Which items of a scope are posted: those with one of `include` (all where empty) and none of `exclude`. */
export interface Filter {
  /** Words or phrases in lower case; a `*` at the end stands for any ending. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Why a source could not be read, as `/feeds health` sorts failures. */
export type FailureKind =
  | ('unreachable' | 'slow' | 'server' | 'limited' | 'refused')
  | ('missing' | 'gone' | 'content' | 'address' | 'ours');

/** A source as a person, the catalogue or a file names it, before it is stored. */
export interface FeedDraft {
  readonly id: string;
  readonly kind: FeedKind;
  readonly url: string;
  readonly title: string;
  readonly stream: Stream;
  readonly homepage?: string;
  /** True where most entries are off topic: what a reader may expect of the source, shown in lists. */
  readonly broad: boolean;
  /** Absent where it is to be recognised from what the source sends. */
  readonly identity?: IdentityRule;
}

/** A feed as one list has it, to be written to a file and put on another list. */
export interface ListedDraft extends FeedDraft {
  /** Absent means no. */
  readonly paused?: boolean;
  readonly filter?: Filter;
}

/** A filter of a whole list, or of one stream of it. */
export interface ScopedFilter {
  readonly scope: 'all' | Stream;
  readonly filter: Filter;
}

/** A source we poll, shared by all workspaces; its schedule is data, so that a restart forgets nothing. */
export interface Feed {
  readonly id: string;
  readonly kind: FeedKind;
  readonly url: string;
  readonly broad: boolean;
  readonly homepage?: string;
  /** Validators of the last answer, sent back as If-None-Match and If-Modified-Since (RFC 9110 §13.1). */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly checkedAt?: Instant;
  /** The last check that read the source, changed or not; absent until one has succeeded. */
  readonly succeededAt?: Instant;
  readonly nextCheckAt: Instant;
  /** The server asked for quiet until then (Retry-After, RFC 9110 §10.2.3); absent when it did not. */
  readonly heldUntil?: Instant;
  /** Failed checks in a row; 0 after a success. */
  readonly errorCount: number;
  readonly lastError?: string;
  /** Absent after a success. */
  readonly failure?: FailureKind;
  /** The first failure in a row; absent after a success. */
  readonly failingSince?: Instant;
  /** When the source said that it is gone for good (410); absent once it was read again. */
  readonly goneAt?: Instant;
  /** Absent until it was chosen or recognised; then it stays. */
  readonly identity?: IdentityRule;
  /** Where the address leads by permanent redirects, and on how many different days that was seen; absent where it leads nowhere else. */
  readonly moved?: { readonly to: string; readonly days: number };
  /** SHA-256 of the last whole document, in hex, for servers whose validators lie; absent until one came. */
  readonly bodyHash?: string;
  /** When the source last sent a whole document; absent until it has. */
  readonly documentAt?: Instant;
  /** What the last whole document said of when to ask; absent where it said nothing. */
  readonly hints?: FeedHints;
  /** How often entries appear, from their dates; absent where too few have one. */
  readonly rhythm?: Rhythm;
  /** What its reader asked to be given back at the next reading; only the reader reads it. */
  readonly memory?: string;
}

/** What a feed says of when to ask it and who tells of news; a wish of the publisher, checked where it is used. */
export interface FeedHints {
  /** Minutes that a document may be kept: RSS `ttl`, or `sy:updatePeriod` / `sy:updateFrequency`. */
  readonly ttl?: number;
  /** Hours of the day in GMT, 0 to 23, in which nobody should ask: RSS `skipHours`. */
  readonly skipHours?: readonly number[];
  /** RSS `skipDays`. */
  readonly skipDays?: readonly Weekday[];
  /** A WebSub hub that tells of news (W3C Recommendation 2018, §4): the link `rel="hub"`. */
  readonly hub?: string;
  /** The address the hub knows the feed by: the link `rel="self"`. */
  readonly self?: string;
}

/** How often a source posts, by the dates of its newest entries. */
export interface Rhythm {
  /** The date of the oldest of those entries. */
  readonly since: Instant;
  readonly entries: number;
  /** Milliseconds in which half of what the document holds appeared when it was quickest. */
  readonly burst: number;
}

/** A feed on one workspace's list, under that workspace's own title and stream. */
export interface ListedFeed extends Feed {
  readonly title: string;
  readonly stream: Stream;
  readonly addedBy: string;
  readonly addedAt: Instant;
  /** Absent while the workspace wants the feed polled. */
  readonly pausedAt?: Instant;
  readonly filter?: Filter;
  /** Items that came in a flood and wait for an admin of the workspace; absent where none do. */
  readonly held?: Flood;
}

/** A known feed suddenly showed mostly entries that look new, as after a rebuild of its site: stored, but not posted. */
interface Flood {
  /** When the first of them came. */
  readonly at: Instant;
  readonly items: number;
  /** How many entries the documents held that brought them. */
  readonly window: number;
}

/** Where a workspace's notices on its feeds go: one of its channels, or nowhere. */
export type NoticeRoute = { readonly channelId: string } | 'off';

/** What a workspace is told of a feed, once each. */
export type NoticeKind = 'down' | 'recovered' | 'gone' | 'moved' | 'held';

/** One thing to tell; `key` tells it from the next of its kind. */
export interface Notice {
  readonly workspaceId: string;
  readonly feedId: string;
  readonly kind: NoticeKind;
  readonly key: string;
}
