/** Makes digests: composes what is due, claims it in the ledger, has it sent. */
import { type Digest, windowFor } from './digest.ts';
import {
  DAYS_LOOKED_AT,
  dateByHand,
  dueDigest,
  hasGap,
  isRegular,
  lastDigestTime,
  nextLook,
  type SentDates,
} from './due.ts';
import type { Delivery, Instant, LocalDate, Subscription, Window } from './model.ts';
import type { Adapter, Store } from './ports.ts';
import { DELIVERIES_READ, needsHeartbeat, wasQuiet } from './quiet.ts';
import { CHANNELS_AT_ONCE, type DeliveryDependencies, sendClaimed } from './send.ts';
import { settleOpenDelivery } from './settle.ts';
import { type SharedDigests, sharedDigests } from './shared-digests.ts';
import { localDateOf, plusDays } from './time.ts';
import { forEachOf } from './workers.ts';

/** Posts every digest that is due; one channel's failure does not hold up another, nor one platform another. */
export async function postDueDigests(dependencies: DeliveryDependencies): Promise<Delivery[]> {
  const { store, clock, adapters, log, signal } = dependencies;
  const isStopping = () => signal?.aborted === true;
  const now = clock.now();
  const deliveries: Delivery[] = [];
  const shared = sharedDigests(store);
  const post = async (subscription: Subscription) => {
    try {
      const delivery = await postIfDue(dependencies, shared, subscription, now);
      if (delivery) deliveries.push(delivery);
    } catch (thrown) {
      log.error({ err: thrown, subscription: subscription.id }, 'a due digest could not be made');
    }
  };
  const due = await store.dueSubscriptions(now);
  const ofAdapter = ({ name }: Adapter) => due.filter(({ channel }) => channel.adapter === name);
  await Promise.all(adapters.map((adapter) => forEachOf(ofAdapter(adapter), CHANNELS_AT_ONCE, post, isStopping)));
  return deliveries;
}

async function postIfDue(
  dependencies: DeliveryDependencies,
  shared: SharedDigests,
  subscription: Subscription,
  now: Instant,
): Promise<Delivery | undefined> {
  const { store } = dependencies;
  const sent = await readSentDates(store, subscription, now);
  // One that failed was none, so a first digest is tried again like any other.
  const isFirst = subscription.sentDate === undefined && subscription.nextDigestAt <= now && isRegular(subscription);
  const due = dueDigest(subscription, now, sent);
  if (due === undefined && !isFirst) {
    // The zone's rules or the clock have changed since the plan was made.
    await store.planDigest(subscription.id, nextLook(subscription, now, sent), now);
    return undefined;
  }
  // A first digest stays due until a source has been read: posted before, it would only spend the days it looks back over.
  const isNew = subscription.coveredUntil === undefined;
  if (isNew && !(await shared.hasRead(subscription.channel.workspaceId))) return undefined;
  const localDate = due?.date ?? dateByHand(subscription, now, sent) ?? lastDigestTime(subscription, now)?.date;
  const window = windowFor(subscription, now);
  if (await isPassedOver(store, subscription, now, () => shared.read(subscription, window))) {
    await store.passDigest(subscription.id, nextLook(subscription, now, sent), now);
    return undefined;
  }
  const post = { window, ready: shared.ready, retries: true, sent };
  return claimAndPost(dependencies, subscription, now, { ...post, ...(localDate ? { localDate } : {}) });
}

/** True where nothing moved and the channel wants nothing then, but for a line a week that says all is well. */
async function isPassedOver(
  store: Store,
  { id, quiet }: Subscription,
  now: Instant,
  read: () => Promise<Digest>,
): Promise<boolean> {
  if (quiet !== 'nothing') return false;
  return !needsHeartbeat(await store.deliveries(id, DELIVERIES_READ), now) && wasQuiet(await read());
}

/**
 * Posts one channel's digest, as a person asked, for the time since its last one (or for `window`); undefined when that window
 * was claimed before. It stands for the day's digest where that waits, or is due within the morning (docs/decisions/0014). A
 * digest of the channel that is not over comes first: what the channel got, or is still to get, of that one is the answer.
 */
export async function postDigest(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  window: Window = windowFor(subscription, now),
): Promise<Delivery | undefined> {
  const { store, adapters } = dependencies;
  if (adapters.every((each) => each.name !== subscription.channel.adapter)) return undefined;
  const before = await settleOpenDelivery(dependencies, subscription);
  if (before !== undefined && !leavesTheWay(before)) return before;
  const [newest] = await store.deliveries(subscription.id, 1);
  if (newest?.state === 'claimed' && newest.occasion !== 'instant') return newest;
  const sent = await readSentDates(store, subscription, now);
  const localDate = dateByHand(subscription, now, sent);
  const { ready } = sharedDigests(store);
  const post = { window, ready, retries: false, sent, occasion: 'asked' } as const;
  return claimAndPost(dependencies, subscription, now, { ...post, ...(localDate ? { localDate } : {}) });
}

/** What one posting of a digest is. */
interface Posting {
  readonly window: Window;
  readonly ready: SharedDigests['ready'];
  /** A failure that may pass is tried again before the next regular time. */
  readonly retries: boolean;
  readonly sent: SentDates;
  readonly occasion?: 'asked';
  readonly localDate?: LocalDate;
}

async function claimAndPost(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  { window, ready, retries, sent, occasion, localDate }: Posting,
): Promise<Delivery | undefined> {
  const { store, adapters } = dependencies;
  if (adapters.every((each) => each.name !== subscription.channel.adapter)) return undefined;
  const catchUp = hasGap(subscription, now) ? { isCut: isCut(subscription, window) } : undefined;
  const { eventIds, card, composition } = await ready(subscription, window, catchUp);
  const claim = await store.claimDigest({
    subscriptionId: subscription.id,
    window,
    eventIds,
    card,
    composition,
    // What counts as no day's digest leaves the regular one where it is.
    nextDigestAt:
      localDate || occasion === undefined
        ? nextLook(subscription, now, new Set(localDate ? [...sent, localDate] : sent))
        : subscription.nextDigestAt,
    at: now,
    ...(occasion ? { occasion } : {}),
    ...(localDate ? { localDate } : {}),
  });
  return claim && sendClaimed(dependencies, { subscription, delivery: claim, card }, { retries });
}

/** True of a delivery after which a digest may follow at once: nobody tries it again, and it was none or is in doubt for good. */
function leavesTheWay({ state, occasion, nextTryAt }: Delivery): boolean {
  return nextTryAt === undefined && (state === 'doubtful' || occasion === 'instant');
}

/** The dates that matter now: the last one alone, unless that lies ahead, as after the clock went back. */
async function readSentDates(store: Store, subscription: Subscription, now: Instant): Promise<SentDates> {
  const { id, sentDate, timeZone } = subscription;
  if (sentDate === undefined) return new Set();
  const today = localDateOf(now, timeZone);
  return sentDate < today ? new Set([sentDate]) : store.sentDates(id, plusDays(today, -DAYS_LOOKED_AT));
}

/** True where the gap since the last digest is longer than the window. */
function isCut({ coveredUntil }: Subscription, window: Window): boolean {
  return coveredUntil !== undefined && coveredUntil < window.from;
}
