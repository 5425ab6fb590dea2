/** Lets the second reader look at what waits. What waits, what was spent and what holds it stand in the store. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { messageOf, UserError, WorldError } from './errors.ts';
import type { Log } from './log.ts';
import { type Instant, WEEKDAYS } from './model.ts';
import type { Clock } from './ports.ts';
import { secondOpinion, wantsSecondLook } from './second-opinion.ts';
import type {
  ReadableText,
  SecondLook,
  SecondLookStore,
  SecondReader,
  SecondReaderUse,
  SecondReading,
  WaitingItem,
} from './second-reader.ts';
import { DAY, HOUR, later, localDateOf, MINUTE, nextWallTime, plus } from './time.ts';
import { forEachOf } from './workers.ts';

/** Older items stand in no digest to come, so nothing is spent on them. */
const WINDOW = 7 * DAY;
const BATCH = 500;
const AT_ONCE = 4;
const MOST_TRIES = 3;
/** After an answer that cannot be used; the wait doubles. */
const FIRST_RETRY = 5 * MINUTE;
/** After a failure of the service nothing at all is asked: a minute, then ever longer. */
const FIRST_HOLD = MINUTE;
const LONGEST_HOLD = HOUR;
/** Longer than any item waits for its look. */
const READINGS_KEPT = 30 * DAY;
/** What the service says of one text, while others may pass. */
const STATUSES_OF_TEXT = new Set([400, 413, 422]);

const UNPROVEN = 'none of the words that it quoted is proof in the item';

export interface SecondLookDependencies {
  readonly store: SecondLookStore;
  readonly use: SecondReaderUse;
  readonly clock: Clock;
  readonly log: Pick<Log, 'debug' | 'warn' | 'error'>;
  readonly signal: AbortSignal;
}

/** Asks about all that waits, a few at once and the same text once; stops early when the service fails or the signal aborts. */
export async function takeSecondLooks(dependencies: SecondLookDependencies): Promise<void> {
  const { store, clock, signal } = dependencies;
  while (!signal.aborted) {
    const now = clock.now();
    const { heldUntil, failures } = await store.secondReaderState();
    if (heldUntil !== undefined && heldUntil > now) return;
    const waiting = await store.itemsForSecondLook(plus(now, -WINDOW), now, BATCH);
    if (waiting.length === 0) return;
    const unneeded = waiting.filter(({ tagged }) => !wantsSecondLook(tagged));
    await store.saveSecondLooks(new Map(unneeded.map((each) => [each, { state: 'unneeded' }])), now);
    const wanted = waiting.filter(({ tagged }) => wantsSecondLook(tagged));
    let isHeld = false;
    const work = async (same: readonly WaitingItem[]) => {
      isHeld = (await look(dependencies, same)) === 'held' || isHeld;
    };
    // After a failure one request tells whether the service is back.
    const atOnce = failures > 0 ? 1 : AT_ONCE;
    await forEachOf(sameTexts(wanted), atOnce, work, () => isHeld || signal.aborted);
    // Look-ups go on between the batches of a first poll.
    await setImmediate();
  }
}

/** Items with the same words, such as those of two feeds, together. */
function sameTexts(waiting: readonly WaitingItem[]): (readonly WaitingItem[])[] {
  return [...Map.groupBy(waiting, ({ item }) => `${item.title}\0${item.summary}`).values()];
}

/** The key under which an answer to a text is kept. */
function keyOf({ version }: SecondReader, { title, summary }: ReadableText): string {
  return createHash('sha256')
    .update(JSON.stringify([version, title, summary]))
    .digest('hex');
}

/** One look at items with one text; `held` when the service failed, so that nothing more should be asked now. */
async function look(dependencies: SecondLookDependencies, same: readonly WaitingItem[]): Promise<'held' | 'done'> {
  const { store, use, clock, signal } = dependencies;
  const [first] = same;
  if (first === undefined) return 'done';
  const key = keyOf(use.reader, first.item);
  const kept = await store.findReading(key);
  if (kept !== undefined && (await settle(dependencies, same, kept))) return 'done';
  const now = clock.now();
  if (!(await store.takeRequest(localDateOf(now, use.timeZone), use.budget))) {
    const spent = `the day’s budget of ${use.budget} requests is spent`;
    await putOff(dependencies, same, spent, nextDay(now, use.timeZone));
    return 'done';
  }
  try {
    const reading = await use.reader.read(first.item, signal);
    await noteAnswer(dependencies);
    if (!(await settle(dependencies, same, reading, key))) await retryLater(dependencies, same, UNPROVEN);
    return 'done';
  } catch (thrown) {
    // A stop is nobody's failure: nothing is recorded, and the items stay due.
    return signal.aborted ? 'held' : noteFailure(dependencies, same, thrown);
  }
}

async function noteFailure(
  dependencies: SecondLookDependencies,
  same: readonly WaitingItem[],
  thrown: unknown,
): Promise<'held' | 'done'> {
  const { log } = dependencies;
  const items = same.map(({ item }) => item.id);
  const reason = messageOf(thrown);
  if (isOfService(thrown)) {
    const until = await hold(dependencies, reason, thrown);
    // Too much time may be this text's own fault; all else says nothing of it.
    const isSlow = thrown instanceof WorldError && thrown.obstacle === 'slow';
    await (isSlow ? retryLater : putOff)(dependencies, same, reason, until);
    return 'held';
  }
  if (thrown instanceof WorldError) {
    await noteAnswer(dependencies);
    log.debug({ items }, `the second reader’s answer cannot be used: ${reason}`);
    await retryLater(dependencies, same, reason);
  } else {
    log.error({ err: thrown, items }, 'a second look failed through a fault of ours');
    await retryLater(dependencies, same, 'a fault of this program, which is in its log');
  }
  return 'done';
}

/** The start of the next local day. */
function nextDay(now: Instant, timeZone: string): Instant {
  return nextWallTime(now, WEEKDAYS, '00:00', timeZone);
}

/** True where asking about another text would fail as well. */
function isOfService(thrown: unknown): boolean {
  if (thrown instanceof UserError) return true;
  if (!(thrown instanceof WorldError)) return false;
  if (thrown.obstacle !== undefined) return true;
  return thrown.status !== undefined && !STATUSES_OF_TEXT.has(thrown.status);
}

/** Ends the looks with an answer, which is kept under `key` where given; false, doing nothing, where nothing in it is proven. */
async function settle(
  { store, use, clock }: SecondLookDependencies,
  same: readonly WaitingItem[],
  reading: SecondReading,
  key?: string,
): Promise<boolean> {
  const { model } = use.reader;
  const looks = new Map<WaitingItem, SecondLook>();
  for (const waiting of same) {
    const { item, tagged: builtIn } = waiting;
    const opinion = secondOpinion(item, builtIn, reading, model);
    if (opinion === undefined) return false;
    const { relevant, crisis } = reading;
    looks.set(waiting, { state: 'read', model, builtIn, said: { relevant, crisis }, ...opinion });
  }
  const now = clock.now();
  if (key !== undefined) await store.keepReading(key, reading, now, plus(now, -READINGS_KEPT));
  await store.saveSecondLooks(looks, now);
  return true;
}

/** The service works again; a hold that began while this answer was under way stays. */
async function noteAnswer({ store, clock }: SecondLookDependencies): Promise<void> {
  const { failures, heldUntil } = await store.secondReaderState();
  const isHeld = heldUntil !== undefined && heldUntil > clock.now();
  if (failures > 0 && !isHeld) await store.saveSecondReaderState({ failures: 0 });
}

/** Asks nothing until an instant, which it returns: ever later, and as late as the service wishes. */
async function hold({ store, clock, log }: SecondLookDependencies, reason: string, thrown: unknown): Promise<Instant> {
  const now = clock.now();
  const { failures, heldUntil } = await store.secondReaderState();
  // Requests that were under way together fail together, and are one failure.
  if (heldUntil !== undefined && heldUntil > now) return heldUntil;
  const wait = Math.min(FIRST_HOLD * 2 ** Math.min(failures, 20), LONGEST_HOLD);
  const until = later(plus(now, wait), thrown instanceof WorldError ? thrown.notBefore : undefined);
  await store.saveSecondReaderState({ failures: failures + 1, lastError: reason, heldUntil: until });
  if (failures === 0) log.warn({}, `the second reader cannot be asked: ${reason}; the built-in rules’ tags stand`);
  return until;
}

/** Counts a failed look: it is tried again, not before `soonest`, or given up. */
async function retryLater(
  dependencies: SecondLookDependencies,
  same: readonly WaitingItem[],
  reason: string,
  soonest?: Instant,
): Promise<void> {
  const { store, clock } = dependencies;
  const now = clock.now();
  const next = ({ tries }: WaitingItem): SecondLook => {
    if (tries + 1 >= MOST_TRIES) return { state: 'failed', reason, tries: tries + 1 };
    const nextTryAt = later(plus(now, FIRST_RETRY * 2 ** tries), soonest);
    return { state: 'waiting', reason, tries: tries + 1, nextTryAt };
  };
  await store.saveSecondLooks(new Map(same.map((each) => [each, next(each)])), now);
}

/** Leaves items for later through no fault of theirs. */
async function putOff(
  { store, clock }: SecondLookDependencies,
  same: readonly WaitingItem[],
  reason: string,
  nextTryAt: Instant,
): Promise<void> {
  const waits = ({ tries }: WaitingItem): SecondLook => ({ state: 'waiting', reason, tries, nextTryAt });
  await store.saveSecondLooks(new Map(same.map((each) => [each, waits(each)])), clock.now());
}
