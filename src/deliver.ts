/** Sends digests: claim in the ledger, post, settle. What may have arrived is never sent again by itself. */
import type { Card } from './card.ts';
import type { Digest } from './digest.ts';
import { eventsOf, readDigest, windowFor } from './digest.ts';
import { digestCard } from './digest-card.ts';
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
import { DoubtError, messageOf, RouteError, WorldError } from './errors.ts';
import type { Log } from './log.ts';
import type { Delivery, Instant, LocalDate, Subscription, Window } from './model.ts';
import type { Adapter, Clock, DeliveryEnd, Store } from './ports.ts';
import { type SharedDigests, sharedDigests } from './shared-digests.ts';
import { suspendChannel } from './suspend.ts';
import { HOUR, later, localDateOf, MINUTE, plus, plusDays } from './time.ts';
import { postInTurn } from './turns.ts';
import { forEachOf } from './workers.ts';

/** How long after a failed digest it is tried again; after the last of them it waits for its next regular time. */
const RETRIES = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;
/** Failures further back belong to another outage. */
const OUTAGE = 3 * HOUR;
/** So many posts that were no regular digests may stand between the failures that are counted. */
const OTHER_POSTS = 30;

/** Of one platform. A slow channel holds up few others, a crash leaves few claims in doubt, and claims share a transaction. */
const CHANNELS_AT_ONCE = 32;

export interface DeliveryDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly adapters: readonly Adapter[];
  /** The setting ADMINS: who is told that a channel takes no posts, where nobody else is known. */
  readonly admins: readonly string[];
  readonly log: Log;
  /** Aborts when the bot stops: what is not claimed by then stays due. Absent for never. */
  readonly signal?: AbortSignal;
}

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
  const post = { window: windowFor(subscription, now), read: shared.read, retries: true, sent };
  return claimAndPost(dependencies, subscription, now, { ...post, ...(localDate ? { localDate } : {}) });
}

/**
 * Posts one channel's digest, as a person asked, for the time since its last one (or for `window`); undefined when that window
 * was claimed before. It stands for the day's digest where that waits, or is due within the morning (docs/decisions/0014).
 */
export async function postDigest(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  window: Window = windowFor(subscription, now),
): Promise<Delivery | undefined> {
  const { store } = dependencies;
  const sent = await readSentDates(store, subscription, now);
  const localDate = dateByHand(subscription, now, sent);
  const read: SharedDigests['read'] = (wanted, span) => readDigest(store, wanted, span);
  const post = { window, read, retries: false, sent, occasion: 'asked' } as const;
  return claimAndPost(dependencies, subscription, now, { ...post, ...(localDate ? { localDate } : {}) });
}

/** What one posting of a digest is. */
interface Posting {
  readonly window: Window;
  readonly read: SharedDigests['read'];
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
  { window, read, retries, sent, occasion, localDate }: Posting,
): Promise<Delivery | undefined> {
  const { store, adapters } = dependencies;
  if (adapters.every((each) => each.name !== subscription.channel.adapter)) return undefined;
  const digest = await read(subscription, window);
  const claim = await store.claimDigest({
    subscriptionId: subscription.id,
    window,
    eventIds: eventsOf(digest).map((event) => event.id),
    // What counts as no day's digest leaves the regular one where it is.
    nextDigestAt:
      localDate || occasion === undefined
        ? nextLook(subscription, now, new Set(localDate ? [...sent, localDate] : sent))
        : subscription.nextDigestAt,
    at: now,
    ...(occasion ? { occasion } : {}),
    ...(localDate ? { localDate } : {}),
  });
  if (claim === undefined) return undefined;
  const catchUp = hasGap(subscription, now) ? { catchUp: { isCut: isCut(subscription, window) } } : {};
  const card = postedCard({ ...digest, ...catchUp }, subscription);
  return postClaimed(dependencies, subscription, claim, {
    card,
    key: `digest ${subscription.id} ${window.to}`,
    retries,
  });
}

/** Posts what was claimed and settles it. `retries` tries a failure that may pass again before the next regular time. */
export async function postClaimed(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  claim: Delivery,
  { card, key, retries }: { readonly card: Card; readonly key: string; readonly retries: boolean },
): Promise<Delivery> {
  const { store, clock, adapters } = dependencies;
  let messageRef: string;
  try {
    const adapter = adapters.find((each) => each.name === subscription.channel.adapter);
    if (adapter === undefined) throw new WorldError(`${subscription.channel.adapter} is off`);
    messageRef = await postInTurn(adapter, subscription.channel, card, key);
    await store.settleDelivery(claim.id, { messageRef }, clock.now());
  } catch (thrown) {
    return fail(dependencies, subscription, claim, thrown, retries);
  }
  // What a person posted there has arrived, so the channel takes posts again.
  if (subscription.suspended) await store.liftSuspension(subscription.channel);
  return { ...claim, state: 'sent', messageRef };
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

function postedCard(digest: Digest, { timeZone, length = 'normal' }: Subscription): Card {
  const buttons = [
    { label: 'More', command: '/digest last' },
    { label: 'Pause', command: '/digest pause' },
  ];
  return digestCard(digest, timeZone, { buttons, length });
}

async function fail(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  claim: Delivery,
  thrown: unknown,
  retries: boolean,
): Promise<Delivery> {
  const { store, clock, log } = dependencies;
  const error = messageOf(thrown);
  if (!(thrown instanceof WorldError)) {
    // It may have arrived, at least in part, so nothing sends it again.
    if (thrown instanceof DoubtError) log.warn({ delivery: claim.id, reason: error }, 'a digest is in doubt');
    else log.error({ err: thrown, delivery: claim.id }, 'a digest may or may not have been posted');
    await settleInDoubt(dependencies, claim, error);
    return { ...claim, state: 'doubtful', error };
  }
  const closed = thrown instanceof RouteError;
  const retryAt = retries && !closed ? await nextTry(store, subscription, clock.now(), thrown.notBefore) : undefined;
  // A person's try that failed leaves the automatic ones as they were.
  const again = claim.occasion === 'asked' ? subscription.nextDigestAt : retryAt;
  const end: DeliveryEnd = { error, ...(again ? { retryAt: again } : {}) };
  await store.settleDelivery(claim.id, end, clock.now());
  if (closed) await suspendChannel(dependencies, subscription.channel, error);
  return { ...claim, state: 'failed', error };
}

/** The ledger may be what failed; then the claim stays open, and the next start calls it doubtful. */
async function settleInDoubt(
  { store, clock, log }: DeliveryDependencies,
  claim: Delivery,
  doubt: string,
): Promise<void> {
  try {
    await store.settleDelivery(claim.id, { doubt }, clock.now());
  } catch (thrown) {
    log.error({ err: thrown, delivery: claim.id }, 'the doubt about a digest could not be noted');
  }
}

async function nextTry(
  store: Store,
  subscription: Subscription,
  now: Instant,
  notBefore: Instant | undefined,
): Promise<Instant | undefined> {
  const newest = await store.deliveries(subscription.id, RETRIES.length + OTHER_POSTS);
  const since = plus(now, -OUTAGE);
  // This one is still claimed; those before it that failed in the same outage count with it.
  const failed = newest.filter(
    ({ state, claimedAt, occasion }) => state === 'failed' && occasion === undefined && claimedAt > since,
  ).length;
  const wait = RETRIES[failed];
  return wait === undefined ? undefined : later(plus(now, wait), notBefore);
}
