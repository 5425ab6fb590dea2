/** Posted digests that changed afterwards: what each was made of, the queue of those to edit, and the words of an edit. */
import type { CatchUp, FailingFeed } from './digest.ts';
import type { EventWish } from './event-wish.ts';
import type { Channel, Delivery, Instant, InstantWish, Subscription } from './model.ts';
import { DAY } from './time.ts';
import type { UpcomingDate } from './upcoming.ts';
import type { Past } from './weight.ts';

/** Older digests are left as they were read. */
export const REVISED_FOR = 3 * DAY;

interface CompositionBase extends Pick<Subscription, 'timeZone'> {
  readonly itemIds: readonly string[];
}

/** What a digest was made of when it was posted: with its items as they are now, the same digest again. */
export interface DigestComposition extends CompositionBase, EventWish, Pick<Subscription, 'length'> {
  readonly catchUp?: CatchUp;
  readonly feeds: number;
  readonly failing: readonly FailingFeed[];
  readonly dates: readonly UpcomingDate[];
  readonly past: Past;
}

/** What a post of events at once was made of. */
interface InstantComposition extends CompositionBase {
  readonly instant: Pick<InstantWish, 'crisis' | 'barriers'>;
}

/** What a posted card was made of. */
export type Composition = DigestComposition | InstantComposition;

/** What is kept of a card that is about to be posted. */
export interface PostedComposition {
  /** A hash of the composition: the same for all channels that get the same. */
  readonly id: string;
  readonly composition: Composition;
  /** A hash of the card as it is shown, without the line on edits. */
  readonly shown: string;
}

/** Why a posted digest may read differently now. */
export const REVISION_CAUSES = ['corrected', 'edited', 'tagged anew', 'moved'] as const;
export type RevisionCause = (typeof REVISION_CAUSES)[number];

/** One change to items that posted digests may hold. */
export interface ItemChange {
  /** Names the change for ever: noted again, it edits nothing twice. */
  readonly id: string;
  /** The workspace whose reading changed; absent for all. */
  readonly workspaceId?: string;
  readonly itemIds: readonly string[];
  readonly cause: RevisionCause;
  /** Who made it, by a name to show; absent where nobody did. */
  readonly by?: string;
  readonly at: Instant;
}

/** What one change did to one digest. */
export interface RevisionNote {
  readonly cause: RevisionCause;
  readonly by?: string;
  readonly items: number;
}

/** A posted digest that waits to be edited. */
export interface DueRevision {
  readonly delivery: Delivery;
  readonly messageRef: string;
  readonly channel: Channel;
  readonly composition: Composition;
  /** A hash of the card as it is shown, without the line on edits. */
  readonly shown: string;
  /** What earlier edits said, and what waits. */
  readonly notes: readonly RevisionNote[];
  /** How many changes wait. */
  readonly waiting: number;
  /** How often the edit failed so far. */
  readonly tries: number;
}

/** How an edit ended: shown, with the new hash; not needed; not possible; or to be tried again later. */
export type RevisionEnd =
  | { readonly outcome: 'shown'; readonly shown: string }
  | { readonly outcome: 'unchanged' | 'impossible' }
  | { readonly retryAt: Instant };

/** The queue of posted digests to edit. */
export interface RevisionStore {
  /** Notes a change for each digest of the last three days that has not failed for good and holds one of the items; resolves with how many. */
  queueRevisions(change: ItemChange): Promise<number>;
  /** At most `limit` posted digests on a platform with changes that wait and whose turn it is, the oldest first. */
  dueRevisions(adapter: string, now: Instant, limit: number): Promise<DueRevision[]>;
  /** Ends what waited for a digest when it was read with `dueRevisions`, or puts it off. */
  settleRevision(revision: DueRevision, end: RevisionEnd): Promise<void>;
  /** Forgets at most `limit` compositions whose digests are all too old to be edited, the oldest first; resolves with how many. */
  forgetCompositions(now: Instant, limit: number): Promise<number>;
}

const CAUSE_WORDS: Readonly<Record<RevisionCause, readonly [one: string, several: string]>> = {
  corrected: ['tag corrected', 'tags corrected'],
  edited: ['item edited by its source', 'items edited by their source'],
  'tagged anew': ['item tagged anew', 'items tagged anew'],
  moved: ['item moved to another event', 'items moved to other events'],
};

/** `Edited: one tag corrected by Ana · 2 items edited by their source.` */
export function editWords(notes: readonly RevisionNote[]): string {
  const sums = new Map<string, RevisionNote>();
  for (const note of notes) {
    const key = `${note.cause} ${note.by ?? ''}`;
    sums.set(key, { ...note, items: note.items + (sums.get(key)?.items ?? 0) });
  }
  const parts = [...sums.values()].map(({ cause, by, items }) => {
    const [one, several] = CAUSE_WORDS[cause];
    return `${items === 1 ? `one ${one}` : `${items} ${several}`}${by ? ` by ${by}` : ''}`;
  });
  return `Edited: ${parts.join(' · ')}.`;
}
