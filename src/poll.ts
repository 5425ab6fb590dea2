/** Polls feeds: read and tag → store, then group. What is due stands in the store, so a restart goes on where it was. */
import { setImmediate } from 'node:timers/promises';
import { HeldError, messageOf, StoreError, UserError, WorldError } from './errors.ts';
import { GROUPING_DAYS } from './event-likeness.ts';
import { failureKind } from './failure-kind.ts';
import { createGrouping } from './group.ts';
import { createQuiet, lanesOf, quietError } from './lanes.ts';
import type { Log } from './log.ts';
import type { Feed, Instant } from './model.ts';
import { isLimit, nextAfterHold, nextCheck, nextTry, rhythmOf, withFreshEyes } from './next-check.ts';
import type { CheckOutcome, Clock, FeedReader, GroupingItem, Reading, Store } from './ports.ts';
import { tag } from './taxonomy/tag.ts';
import { DAY, MINUTE, plus } from './time.ts';
import { forEachOf } from './workers.ts';

const FEEDS_AT_ONCE = 16;
const BATCH = 5_000;
const STEP = 100;
/** One slow server must not hold up the beat: what of its feeds is left stays due. */
const LONGEST_LANE = 2 * MINUTE;

/** How one check of one feed went. */
export interface Check {
  readonly feed: Feed;
  readonly kind: CheckOutcome['kind'];
  readonly newItems: number;
  /** In words; absent where the source was read. */
  readonly error?: string;
  /** The HTTP status behind a failure; absent where there was none. */
  readonly status?: number;
  /** How long its server wants quiet; absent where it did not say so. */
  readonly heldUntil?: Instant;
}

/** Called after each check; `done` counts up to `total`. */
export type OnCheck = (check: Check, done: number, total: number) => void;

export interface PollDependencies {
  readonly store: Store;
  readonly reader: FeedReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Checks the feeds, several at once but those of one owner one after the other, then groups what is new; stops early, storing
 * nothing half, when the signal aborts. Feeds of an owner who takes longer than `longestLane` stay due. Throws StoreError when
 * nothing can be stored; what was not stored by then stays due.
 */
export async function pollFeeds(
  dependencies: PollDependencies,
  feeds: readonly Feed[],
  onCheck: OnCheck = () => {},
  longestLane = Number.POSITIVE_INFINITY,
): Promise<Check[]> {
  const { store, reader, clock, signal } = dependencies;
  const checks: Check[] = [];
  const ownerOf = ({ url }: Pick<Feed, 'url'>) => reader.lane?.(url);
  const quiet = createQuiet(await store.heldFeeds(clock.now()), ownerOf);
  const checkOne = async (feed: Feed) => {
    const until = quiet.until(feed, clock.now());
    const check = until
      ? await recordHold(dependencies, feed, quietError(feed, until))
      : await checkFeed(dependencies, feed);
    if (check === undefined) return;
    quiet.note(check, clock.now());
    checks.push(check);
    onCheck(check, checks.length, feeds.length);
  };
  let trouble: StoreError | undefined;
  const isOver = () => signal.aborted || trouble !== undefined;
  const work = async (lane: readonly Feed[]) => {
    const start = performance.now();
    for (const feed of lane) {
      if (isOver()) return;
      try {
        await checkOne(feed);
      } catch (thrown) {
        if (!(thrown instanceof StoreError)) throw thrown;
        // What could not be stored would be asked for again at once; no source is read for nothing.
        trouble = thrown;
      }
      if (performance.now() - start >= longestLane) return;
    }
  };
  await forEachOf(lanesOf(feeds, ownerOf), FEEDS_AT_ONCE, work, isOver);
  if (trouble) throw trouble;
  if (!signal.aborted) await finishItems(dependencies);
  return checks;
}

/** Checks what is due now; where nothing is, items may still have become relevant since, and are grouped. */
export async function pollDue(dependencies: PollDependencies, onCheck?: OnCheck): Promise<Check[]> {
  const due = await dependencies.store.dueFeeds(dependencies.clock.now(), BATCH);
  return pollFeeds(dependencies, due, onCheck, LONGEST_LANE);
}

async function checkFeed(dependencies: PollDependencies, feed: Feed): Promise<Check | undefined> {
  const { store, reader, clock, signal } = dependencies;
  try {
    const reading = await reader.read(withFreshEyes(feed, clock.now()), signal);
    const at = clock.now();
    const outcome = toOutcome(reading, at);
    const { hints, rhythm } = outcome.kind === 'changed' ? outcome : feed;
    const { notBefore } = reading;
    const isWaiting = reading.outcome === 'changed' && reading.isWaiting;
    const pace = {
      id: feed.id,
      ...(hints && { hints }),
      ...(rhythm && !isWaiting && { rhythm }),
      ...(notBefore && { notBefore }),
    };
    const fresh = await store.recordCheck(feed.id, outcome, at, nextCheck(pace, at));
    return { feed, kind: reading.outcome, newItems: fresh.length };
  } catch (thrown) {
    // A stop is not the feed's failure: nothing is recorded, and the feed stays due.
    if (signal.aborted) return undefined;
    if (thrown instanceof StoreError) throw thrown;
    return thrown instanceof HeldError
      ? recordHold(dependencies, feed, thrown)
      : recordFailure(dependencies, feed, thrown);
  }
}

function toOutcome(reading: Reading, at: Instant): Exclude<CheckOutcome, { kind: 'failed' | 'held' }> {
  const { etag, lastModified, bodyHash, movedTo } = reading;
  const facts = {
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
    ...(bodyHash ? { bodyHash } : {}),
    ...(movedTo ? { movedTo } : {}),
  };
  if (reading.outcome === 'unchanged') return { kind: 'unchanged', ...facts };
  const { items, tagged = items.map(tag), memory, hints } = reading;
  const rhythm = rhythmOf(items, at);
  return {
    kind: 'changed',
    items,
    tagged,
    ...facts,
    ...(hints ? { hints } : {}),
    ...(rhythm ? { rhythm } : {}),
    ...(memory ? { memory } : {}),
  };
}

async function recordFailure({ store, clock, log }: PollDependencies, feed: Feed, thrown: unknown): Promise<Check> {
  const expected = thrown instanceof WorldError || thrown instanceof UserError;
  if (!expected) log.error({ err: thrown, feed: feed.id }, 'a check failed through a fault of ours');
  const at = clock.now();
  const failure = thrown instanceof WorldError ? thrown : undefined;
  const next = nextTry(feed, at, failure);
  const error = failureWords(feed, messageOf(thrown), failure);
  // A refusal may be meant for this one address, so it holds no other; a limit is the whole server's.
  const heldUntil = failure?.status === 429 ? next : failure?.notBefore;
  const kind = failureKind(thrown, isLimit(feed.errorCount, failure?.status));
  const outcome: CheckOutcome = { kind: 'failed', error, failure: kind, ...(heldUntil ? { heldUntil } : {}) };
  await store.recordCheck(feed.id, outcome, at, next);
  const { status } = failure ?? {};
  return {
    feed,
    kind: 'failed',
    newItems: 0,
    error,
    ...(heldUntil ? { heldUntil } : {}),
    ...(status ? { status } : {}),
  };
}

function failureWords({ errorCount }: Feed, message: string, failure: WorldError | undefined): string {
  if (failure?.status !== 403 || !isLimit(errorCount, failure.status)) return message;
  return `${message} again, which is taken for a limit: it is asked less and less often`;
}

async function recordHold(
  { store, clock }: PollDependencies,
  feed: Feed,
  { message, notBefore }: HeldError,
): Promise<Check> {
  const outcome: CheckOutcome = { kind: 'held', reason: message, heldUntil: notBefore };
  await store.recordCheck(feed.id, outcome, clock.now(), nextAfterHold(feed, notBefore));
  return { feed, kind: 'held', newItems: 0, error: message };
}

/** Tags what was edited since, and groups what is new; what a crash or a stop left undone is done by the next call. */
export async function finishItems({
  store,
  clock,
  signal,
}: Pick<PollDependencies, 'store' | 'clock'> & { readonly signal?: AbortSignal }): Promise<void> {
  for (let left = await store.untaggedItems(BATCH); left.length > 0; left = await store.untaggedItems(BATCH)) {
    await store.saveTagged(new Map(left.map((item) => [item.id, tag(item)])), clock.now());
  }
  for (let fresh = await store.ungroupedItems(BATCH); fresh.length > 0; fresh = await store.ungroupedItems(BATCH)) {
    await groupItems({ store, clock }, fresh, signal);
    if (signal?.aborted) return;
  }
}

async function groupItems(
  { store, clock }: Pick<PollDependencies, 'store' | 'clock'>,
  fresh: readonly GroupingItem[],
  signal?: AbortSignal,
): Promise<void> {
  const [first, last] = [fresh[0]?.occurredAt ?? '', fresh.at(-1)?.occurredAt ?? ''];
  const around = { from: plus(first, -GROUPING_DAYS * DAY), to: plus(last, GROUPING_DAYS * DAY) };
  const grouping = createGrouping();
  const known = [...(await store.groupedItems(around)), ...fresh];
  for (let start = 0; start < known.length && !signal?.aborted; start += STEP) {
    grouping.learn(known.slice(start, start + STEP));
    await setImmediate();
  }
  for (let start = 0; start < fresh.length && !signal?.aborted; start += STEP) {
    const assigned = grouping.assign(fresh.slice(start, start + STEP).map(({ id }) => id));
    await store.saveGrouping(assigned);
    await noteMoves(store, [...assigned.keys()], clock.now());
    // Look-ups go on between the steps of a long batch.
    await setImmediate();
  }
}

/** What was posted before it had an event may stand in a digest as an event of its own. */
async function noteMoves(store: Store, itemIds: readonly string[], at: Instant): Promise<void> {
  await store.queueRevisions({ id: `grouping of ${itemIds[0]} at ${at}`, itemIds, cause: 'moved', at });
}
