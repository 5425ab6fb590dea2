/** The nouns of Barrierwatch: types only. The words are those of docs/architecture.md. */

import type { Corrected } from './correction-model.ts';

export type * from './correction-model.ts';
export * from './feed-model.ts';

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

/** What an item reports or proposes against the barriers, a second facet [AO]. */
export const RESPONSES = [
  'minimum-controls',
  'oversight-mechanisms',
  'market-incentives',
  'ai-assisted-monitoring',
] as const;
export type Response = (typeof RESPONSES)[number];

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
  /** Off topic, but not surely so; absent for all other items. */
  readonly nearlyRelevant?: true;
  /** What spoke for and against relevance. */
  readonly relevance: readonly Reason[];
  readonly taggings: readonly Tagging[];
  /** Barriers that may be there, but not surely enough to say so; absent for none. */
  readonly unclear?: readonly { readonly barrier: BarrierId; readonly confidence: number }[];
  /** What the item reports or proposes to do; absent for nothing. */
  readonly responses?: readonly Response[];
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
  /** Whether it came in a flood, and what the workspace decided; absent where it did not. */
  readonly flood?: 'undecided' | 'released' | 'dismissed';
  /** Present where a correction of the workspace outranks the rules: `tagged` is then what people said. */
  readonly corrected?: Corrected;
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

/** How much of each section a digest shows; the rest is in the thread, except for `full`, which shows all. */
export const LENGTHS = ['short', 'normal', 'full'] as const;
export type Length = (typeof LENGTHS)[number];

/** Which events a channel gets as soon as they are known: crisis signals, events on some barriers, or both. */
export interface InstantWish {
  readonly crisis: boolean;
  readonly barriers: readonly BarrierId[];
  /** Nothing first seen before is posted at once. */
  readonly since: Instant;
}

/** What a channel gets when nothing moved: one line, or nothing but a line a week. */
export const QUIET_DAYS = ['line', 'nothing'] as const;
export type QuietDays = (typeof QUIET_DAYS)[number];

/** A channel's wish for digests. */
export interface Subscription {
  readonly id: string;
  readonly channel: Channel;
  /** Empty means all. */
  readonly barriers: readonly BarrierId[];
  /** Empty means all. */
  readonly streams: readonly Stream[];
  /** Events of which no tagging is so sure, from 0 to 1, are left out; absent means none is. */
  readonly minimumConfidence?: number;
  /** Absent means normal. */
  readonly length?: Length;
  /** Absent where nothing is posted at once. */
  readonly instant?: InstantWish;
  /** Empty where the channel gets no regular digest. */
  readonly days: readonly Weekday[];
  /** Wall time `HH:MM` in `timeZone`. */
  readonly localTime: string;
  /** An IANA time zone name. */
  readonly timeZone: string;
  /** When to look next whether a digest is due; `NEVER` (src/due.ts) where there is no regular one. */
  readonly nextDigestAt: Instant;
  /** The newest local date whose digest was claimed and did not fail; the ledger keeps it. Absent before the first. */
  readonly sentDate?: LocalDate;
  /** Since when days, time and zone are what they are; absent for one older than this field. */
  readonly scheduledAt?: Instant;
  /** The end of the last window that was claimed; absent before the first digest. */
  readonly coveredUntil?: Instant;
  /** When a person last ended a pause; absent where nobody did. */
  readonly resumedAt?: Instant;
  readonly pausedAt?: Instant;
  /** A pause without an end has none. */
  readonly pausedUntil?: Instant;
  /** Nothing can be posted in the channel until a person changes something there; absent while posts arrive. */
  readonly suspended?: Suspension;
  /** What comes when nothing moved; one line where absent. */
  readonly quiet?: QuietDays;
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

/** Claimed before it is sent; doubtful when it may or may not have arrived, or arrived in part; failed when nothing did. */
export type DeliveryState = 'claimed' | 'sent' | 'doubtful' | 'failed';

/** Why something was posted though no regular time had come: a person asked for it, or events were to be told at once. */
export type Occasion = 'asked' | 'instant';

/** One line of the ledger: what one subscription got for one window. */
export interface Delivery {
  readonly id: string;
  readonly subscriptionId: string;
  readonly window: Window;
  /** Absent for a regular digest. */
  readonly occasion?: Occasion;
  /** The local date whose digest it is; absent for what counts as no day's digest. */
  readonly localDate?: LocalDate;
  readonly state: DeliveryState;
  readonly events: number;
  readonly claimedAt: Instant;
  readonly settledAt?: Instant;
  /** The adapter's own name for the message; absent until it is sent. */
  readonly messageRef?: string;
  readonly error?: string;
  /** Tries that have ended, those that the program did not survive among them. */
  readonly attempts: number;
  /** When a failed one is sent again, or the platform asked about a doubtful one; absent when that is over. */
  readonly nextTryAt?: Instant;
  /** How a doubt about it ended, in words; absent where there was none. */
  readonly settledBy?: string;
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
