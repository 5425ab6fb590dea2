/** The second reader, an optional model that reads taggings again: what the core keeps of it, and the two small ports. */
import type { BarrierId, Direction, Instant, Item, LocalDate, TaggedItem } from './model.ts';

/** What the second reader is given of an item. */
export type ReadableText = Pick<Item, 'title' | 'summary'>;

/** What it says of one item; nothing in it is proven yet. */
export interface SecondReading {
  readonly relevant: boolean;
  /** Absent for a barrier that it does not see in the item. */
  readonly barriers: Readonly<
    Partial<Record<BarrierId, { readonly direction: Direction; readonly quotes: readonly string[] }>>
  >;
  readonly primary?: BarrierId;
  readonly crisis: boolean;
}

/** A model that reads one item at a time. */
export interface SecondReader {
  /** The model's name, which stands in the method of all that it changes. */
  readonly model: string;
  /** Another one wherever the same text might be answered otherwise: it comes of the model and of all that it is told. */
  readonly version: string;
  /**
   * Throws WorldError with a status or an obstacle where the service failed, with neither where its answer cannot be used;
   * UserError where its address is not allowed; and the signal's own reason when it aborts.
   */
  read(text: ReadableText, signal: AbortSignal): Promise<SecondReading>;
  close(): Promise<void>;
}

/** The second reader with its limit. */
export interface SecondReaderUse {
  readonly reader: SecondReader;
  /** Requests a day, counted by the days of `timeZone`. */
  readonly budget: number;
  readonly timeZone: string;
}

/** What became of a tagging of the built-in rules when the second reader had read the item. */
export interface Verdict {
  readonly barrier: BarrierId;
  /** `unproven`: it named the barrier, but none of its quotes is proof, so what the rules said stands. */
  readonly kind: 'confirmed' | 'added' | 'dropped' | 'turned' | 'unproven';
  /** As the rules had it; absent where they did not have the barrier. */
  readonly from?: Direction;
  /** As the second reader has it; absent where it does not see the barrier. */
  readonly to?: Direction;
}

/** How a second look at an item ended. */
export type SecondLook =
  /** The rules are sure that it is off topic. */
  | { readonly state: 'unneeded' }
  | { readonly state: 'waiting'; readonly reason: string; readonly tries: number; readonly nextTryAt: Instant }
  | { readonly state: 'failed'; readonly reason: string; readonly tries: number }
  | {
      readonly state: 'read';
      readonly model: string;
      /** What the rules said. */
      readonly builtIn: TaggedItem;
      readonly said: Pick<SecondReading, 'relevant' | 'crisis'>;
      readonly verdicts: readonly Verdict[];
      /** What holds from now on; absent where nothing was changed. */
      readonly tagged?: TaggedItem;
    };

/** An item whose tagging has not been looked at a second time. */
export interface WaitingItem {
  readonly item: Item;
  readonly tagged: TaggedItem;
  /** Names the tagging: when there is another one by the time the look ends, the look is void. */
  readonly taggedAt: Instant;
  /** Looks that failed so far. */
  readonly tries: number;
}

/** How asking has gone lately. */
interface SecondReaderState {
  /** Failures of the service in a row. */
  readonly failures: number;
  /** The last of them in words; absent after a success. */
  readonly lastError?: string;
  /** It is not asked before; absent where nothing holds it. */
  readonly heldUntil?: Instant;
}

/** What of the second reader must outlive a restart. */
export interface SecondLookStore {
  /** Tagged items first seen and dated since `since` that wait for a second look at `now`, newest date first. */
  itemsForSecondLook(since: Instant, now: Instant, limit: number): Promise<WaitingItem[]>;
  /**
   * Ends the looks in one step, and tags anew what they changed. Void for an item that was tagged again in the meantime.
   * Throws when a quote is not in the stored text.
   */
  saveSecondLooks(looks: ReadonlyMap<WaitingItem, SecondLook>, at: Instant): Promise<void>;
  /** The look at the tagging that holds now; undefined where there was none. */
  findSecondLook(itemId: string): Promise<SecondLook | undefined>;
  /** Looks that ended, or were put off, since then. */
  countSecondLooks(since: Instant): Promise<Readonly<Record<'read' | 'waiting' | 'failed', number>>>;
  /** A kept answer by its key. */
  findReading(key: string): Promise<SecondReading | undefined>;
  /** Keeps an answer, and forgets those from before `forgetBefore`. */
  keepReading(key: string, reading: SecondReading, at: Instant, forgetBefore: Instant): Promise<void>;
  /** Counts a request of the day; false, counting nothing, where `most` were counted already. */
  takeRequest(day: LocalDate, most: number): Promise<boolean>;
  countRequests(day: LocalDate): Promise<number>;
  secondReaderState(): Promise<SecondReaderState>;
  saveSecondReaderState(state: SecondReaderState): Promise<void>;
}
