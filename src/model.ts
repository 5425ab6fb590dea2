/** The nouns of Barrierwatch: types only. The words are those of docs/architecture.md. */

/** An instant as ISO-8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it; instants compare as text. */
export type Instant = string;

/** A day as `YYYY-MM-DD`, for sources that publish a date without a time. */
export type LocalDate = string;

/** Where an item comes from, in the order digests show them. */
export const STREAMS = ['un', 'eu', 'us', 'institutes', 'analysis'] as const;
export type Stream = (typeof STREAMS)[number];

/** The six barriers of the two essays, in the essays' order. */
export const BARRIER_IDS = [
  'geopolitical-deadlock',
  'weakened-institutions',
  'public-private-asymmetry',
  'knowledge-collapse',
  'pacing-gap',
  'ungoverned-militarization',
] as const;
export type BarrierId = (typeof BARRIER_IDS)[number];

/** What an item does to a barrier: shows it at work, lowers it, or both. */
export const DIRECTIONS = ['deepens', 'eases', 'mixed'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** How a source is read; each kind is one file in feeds/. */
export const FEED_KINDS = [
  ...(['rss', 'atom', 'jsonfeed'] as const),
  ...(['federal-register', 'govuk-search', 'canada-news', 'cellar', 'europarl-procedure'] as const),
  ...(['sitemap', 'page', 'msit-board'] as const),
  'auto',
] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

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
}

/** A Slack team, a Discord guild, or the local one: it owns a feed list, subscriptions and an audit trail. */
export interface Workspace {
  readonly id: string;
  readonly adapter: string;
  readonly name: string;
  /** An IANA time zone name, used where a subscription names none. */
  readonly timeZone: string;
}

/** An entry as a reader found it, in plain text; links are absolute. */
export interface ItemDraft {
  /** The publisher's own identity for the entry; absent where the source gives none. */
  readonly guid?: string;
  readonly url?: string;
  readonly title: string;
  /** Plain text, empty where the source gives none. */
  readonly summary: string;
  /** An instant, or a bare day where the source gives no time; absent where it gives no date. */
  readonly publishedAt?: Instant | LocalDate;
  readonly categories: readonly string[];
  readonly language?: string;
}

/** One stored entry of a feed. */
export interface Item extends ItemDraft {
  /** Ten characters of a hash over feed and identity: the same entry has the same id in every database. */
  readonly id: string;
  readonly feedId: string;
  readonly fetchedAt: Instant;
  /** True when it came with the first successful check of its feed, so it may be old news. */
  readonly backlog: boolean;
}

/** The words of an item that support a tagging: an exact substring, `item[field].slice(start, end) === quote`. */
export interface Evidence {
  readonly field: 'title' | 'summary';
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** One thing that counted for or against a tagging, kept so that every tagging can be explained. */
export interface Reason {
  /** The rule's own words for what it recognises. */
  readonly rule: string;
  /** Positive speaks for, negative against. */
  readonly weight: number;
  readonly evidence: Evidence;
}

/** A barrier on an item. */
export interface Tagging {
  readonly barrier: BarrierId;
  readonly mechanism?: string;
  readonly direction: Direction;
  /** 0 to 1. */
  readonly confidence: number;
  /** At least one. */
  readonly evidence: readonly Evidence[];
  /** The essay section that defines the barrier, such as `CH 2.2` or `AO`. */
  readonly section: string;
  /** Who tagged: `rules@<version>`, or `person:<id>`. */
  readonly method: string;
  readonly reasons: readonly Reason[];
}

/** All that tagging says of one item. */
export interface TaggedItem {
  /** True when the item is about how AI is governed. */
  readonly relevant: boolean;
  /** What spoke for and against relevance. */
  readonly relevance: readonly Reason[];
  readonly taggings: readonly Tagging[];
  /** The barrier the item is most about; absent when none is tagged. */
  readonly primary?: BarrierId;
  /** A concrete incident of the kind that could force governments to act [CH 2, introduction]. */
  readonly crisis: boolean;
  readonly method: string;
}

/** A stored item with what tagging said of it and the feed it came from. */
export interface ReadItem {
  readonly item: Item;
  readonly feed: { readonly id: string; readonly title: string; readonly stream: Stream };
  /** Absent until the item has been tagged. */
  readonly tagged?: TaggedItem;
  /** The event the item belongs to; absent for items that are not relevant. */
  readonly eventId?: string;
}

/** Items from one or several feeds about one happening. */
export interface Event {
  readonly id: string;
  /** The item that stands for the event; it is also among `items`. */
  readonly lead: ReadItem;
  readonly items: readonly ReadItem[];
  /** One tagging a barrier: the lead's own where it has one, else the most confident of the others. */
  readonly taggings: readonly EventTagging[];
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}

/** A tagging of an event, with the item whose words carry it. */
export interface EventTagging extends Tagging {
  readonly item: Item;
}

/** Where messages go: a channel of one workspace of one adapter. A channel that two workspaces share is two channels here. */
export interface Channel {
  readonly adapter: string;
  readonly workspaceId: string;
  readonly id: string;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A channel's wish for digests. */
export interface Subscription {
  readonly id: string;
  readonly channel: Channel;
  /** Empty means all. */
  readonly barriers: readonly BarrierId[];
  /** Empty means all. */
  readonly streams: readonly Stream[];
  readonly days: readonly Weekday[];
  /** Wall time `HH:MM` in `timeZone`. */
  readonly localTime: string;
  /** An IANA time zone name. */
  readonly timeZone: string;
  readonly nextDigestAt: Instant;
  /** The end of the last window that was claimed; absent before the first digest. */
  readonly coveredUntil?: Instant;
  readonly pausedAt?: Instant;
  /** A pause without an end has none. */
  readonly pausedUntil?: Instant;
  /** Nothing can be posted in the channel until a person changes something there; absent while posts arrive. */
  readonly suspended?: Suspension;
  readonly createdBy: string;
}

/** Since when, and why, a channel takes no posts. */
export interface Suspension {
  readonly at: Instant;
  /** In words, with what to do about it. */
  readonly reason: string;
}

/** The span a digest covers: items first seen after `from`, up to and including `to`. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** Claimed before it is sent; doubtful when it may or may not have arrived, or arrived in part. */
export type DeliveryState = 'claimed' | 'sent' | 'doubtful' | 'failed';

/** One line of the ledger: what one subscription got for one window. */
export interface Delivery {
  readonly id: string;
  readonly subscriptionId: string;
  readonly window: Window;
  readonly state: DeliveryState;
  readonly events: number;
  readonly claimedAt: Instant;
  readonly settledAt?: Instant;
  /** The adapter's own name for the message; absent until it is sent. */
  readonly messageRef?: string;
  readonly error?: string;
}

/** One line of the audit trail: who changed what, when, with what is needed to undo it. */
export interface Change {
  readonly id: string;
  readonly workspaceId: string;
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** The former state as JSON; absent where there was none. */
  readonly before?: string;
  readonly after?: string;
  readonly undoneBy?: string;
}
