/** Polls feeds: read and tag → store, then group. What is due stands in the store, so a restart goes on where it was. */
import { setImmediate } from 'node:timers/promises';
import { messageOf, UserError, WorldError } from './errors.ts';
import { createGrouping, GROUPING_DAYS } from './group.ts';
import type { Log } from './log.ts';
import type { Feed, Instant } from './model.ts';
import type { CheckOutcome, Clock, FeedReader, GroupingItem, Reading, Store } from './ports.ts';
import { tag } from './taxonomy/tag.ts';
import { DAY, HOUR, later, MINUTE, plus, SECOND } from './time.ts';
import { forEachOf } from './workers.ts';

/** Sources hold as few as ten entries, so an hour between looks loses nothing (see docs/adding-a-feed-kind.md). */
const INTERVAL = HOUR;
const FIRST_RETRY = MINUTE;
const LONGEST_WAIT = DAY;
const FEEDS_AT_ONCE = 16;
const BATCH = 5_000;
const STEP = 100;

/** How one check of one feed went. */
export interface Check {
  readonly feed: Feed;
  readonly kind: CheckOutcome['kind'];
  readonly newItems: number;
  /** In words; absent unless the check failed. */
  readonly error?: string;
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

/** Checks the feeds, several at once, then groups what is new; stops early, storing nothing half, when the signal aborts. */
export async function pollFeeds(
  dependencies: PollDependencies,
  feeds: readonly Feed[],
  onCheck: OnCheck = () => {},
): Promise<Check[]> {
  const checks: Check[] = [];
  const work = async (feed: Feed) => {
    const check = await checkFeed(dependencies, feed);
    if (check === undefined) return;
    checks.push(check);
    onCheck(check, checks.length, feeds.length);
  };
  await forEachOf(feeds, FEEDS_AT_ONCE, work, () => dependencies.signal.aborted);
  if (!dependencies.signal.aborted) await finishItems(dependencies);
  return checks;
}

/** Checks what is due now. */
export async function pollDue(dependencies: PollDependencies, onCheck?: OnCheck): Promise<Check[]> {
  const due = await dependencies.store.dueFeeds(dependencies.clock.now(), BATCH);
  return due.length === 0 ? [] : pollFeeds(dependencies, due, onCheck);
}

async function checkFeed(dependencies: PollDependencies, feed: Feed): Promise<Check | undefined> {
  const { store, reader, clock, signal } = dependencies;
  try {
    const reading = await reader.read(feed, signal);
    const at = clock.now();
    const fresh = await store.recordCheck(feed.id, toOutcome(reading), at, nextCheck(feed, at, reading.notBefore));
    return { feed, kind: reading.outcome, newItems: fresh.length };
  } catch (thrown) {
    // A stop is not the feed's failure: nothing is recorded, and the feed stays due.
    return signal.aborted ? undefined : recordFailure(dependencies, feed, thrown);
  }
}

function toOutcome(reading: Reading): CheckOutcome {
  const { etag, lastModified } = reading;
  const validators = { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
  if (reading.outcome === 'unchanged') return { kind: 'unchanged', ...validators };
  const { items, tagged = items.map(tag), memory } = reading;
  return { kind: 'changed', items, tagged, ...validators, ...(memory ? { memory } : {}) };
}

async function recordFailure({ store, clock, log }: PollDependencies, feed: Feed, thrown: unknown): Promise<Check> {
  const expected = thrown instanceof WorldError || thrown instanceof UserError;
  if (!expected) log.error({ err: thrown, feed: feed.id }, 'a check failed through a fault of ours');
  const at = clock.now();
  const error = messageOf(thrown);
  const heldUntil = thrown instanceof WorldError ? thrown.notBefore : undefined;
  const retry = plus(at, Math.min(FIRST_RETRY * 2 ** Math.min(feed.errorCount, 20), LONGEST_WAIT));
  const outcome: CheckOutcome = { kind: 'failed', error, ...(heldUntil ? { heldUntil } : {}) };
  await store.recordCheck(feed.id, outcome, at, later(retry, heldUntil));
  return { feed, kind: 'failed', newItems: 0, error };
}

/** An hour later, or when the server wishes, never more than a day; spread by the feed's name so that hosts are not hit at once. */
export function nextCheck(feed: Pick<Feed, 'id'>, at: Instant, notBefore: Instant | undefined): Instant {
  const spread = [...feed.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 600, 7) * SECOND;
  const wished = later(plus(at, INTERVAL + spread), notBefore);
  const latest = plus(at, LONGEST_WAIT);
  return wished < latest ? wished : latest;
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
    await groupItems(store, fresh, signal);
    if (signal?.aborted) return;
  }
}

async function groupItems(store: Store, fresh: readonly GroupingItem[], signal?: AbortSignal): Promise<void> {
  const [first, last] = [fresh[0]?.occurredAt ?? '', fresh.at(-1)?.occurredAt ?? ''];
  const around = { from: plus(first, -GROUPING_DAYS * DAY), to: plus(last, GROUPING_DAYS * DAY) };
  const grouping = createGrouping(await store.groupedItems(around));
  for (let start = 0; start < fresh.length && !signal?.aborted; start += STEP) {
    await store.saveGrouping(grouping.assign(fresh.slice(start, start + STEP)));
    // Look-ups go on between the steps of a long batch.
    await setImmediate();
  }
}
