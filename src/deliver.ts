/** Sends digests: claim in the ledger, post, settle. What may have arrived is never sent again by itself. */
import { eventsOf, readDigest, windowFor } from './digest.ts';
import { DoubtError, messageOf, RouteError, WorldError } from './errors.ts';
import type { Log } from './log.ts';
import type { Delivery, Instant, Subscription, Window } from './model.ts';
import type { Adapter, Clock, DeliveryEnd, Store } from './ports.ts';
import { compositionOf, digestKey, postedCard } from './posted-digest.ts';
import { passQuietly } from './quiet.ts';
import { suspendChannel } from './suspend.ts';
import { HOUR, later, MINUTE, nextWallTime, plus } from './time.ts';
import { forEachOf } from './workers.ts';

/** How long after a failed digest it is tried again; after the last of them it waits for its next regular time. */
const RETRIES = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;
/** Failures further back belong to another outage. */
const OUTAGE = 3 * HOUR;

/** A slow channel holds up few others, and no platform is hit with hundreds of posts in one moment. */
const CHANNELS_AT_ONCE = 8;

export interface DeliveryDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly adapters: readonly Adapter[];
  /** The setting ADMINS: who is told that a channel takes no posts, where nobody else is known. */
  readonly admins: readonly string[];
  readonly log: Log;
}

/** Posts every digest that is due; one channel's failure does not hold up another. */
export async function postDueDigests(dependencies: DeliveryDependencies): Promise<Delivery[]> {
  const { store, clock, log } = dependencies;
  const now = clock.now();
  const deliveries: Delivery[] = [];
  await forEachOf(await store.dueSubscriptions(now), CHANNELS_AT_ONCE, async (subscription) => {
    try {
      if (await isTooEarly(store, subscription)) return;
      if (await passQuietly(store, subscription, now)) return;
      const delivery = await postDigest(dependencies, subscription, now, undefined, { retries: true });
      if (delivery) deliveries.push(delivery);
    } catch (thrown) {
      log.error({ err: thrown, subscription: subscription.id }, 'a due digest could not be made');
    }
  });
  return deliveries;
}

/** A first digest stays due until a source has been read: posted before, it would only spend the days it looks back over. */
async function isTooEarly(store: Store, { coveredUntil, channel }: Subscription): Promise<boolean> {
  if (coveredUntil !== undefined) return false;
  return (await store.listFeeds(channel.workspaceId)).every((feed) => feed.succeededAt === undefined);
}

/**
 * Posts one channel's digest for the time since its last one (or for `window`); undefined when that window was claimed before.
 * With `retries` a failure that may pass is tried again before the next regular time.
 */
export async function postDigest(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  window: Window = windowFor(subscription, now),
  { retries = false } = {},
): Promise<Delivery | undefined> {
  const { store, clock, adapters } = dependencies;
  const adapter = adapters.find((each) => each.name === subscription.channel.adapter);
  if (adapter === undefined) return undefined;
  const digest = await readDigest(store, subscription, window);
  const claim = await store.claimDigest({
    subscriptionId: subscription.id,
    window,
    eventIds: eventsOf(digest).map((event) => event.id),
    nextDigestAt: nextWallTime(now, subscription.days, subscription.localTime, subscription.timeZone),
    at: now,
    composition: compositionOf(digest, subscription),
  });
  if (claim === undefined) return undefined;
  let messageRef: string;
  try {
    const key = digestKey(subscription.id, window);
    messageRef = await adapter.post(subscription.channel, postedCard(digest, subscription.timeZone), key);
    await store.settleDelivery(claim.id, { messageRef }, clock.now());
  } catch (thrown) {
    return fail(dependencies, subscription, claim, thrown, retries);
  }
  // What a person posted there has arrived, so the channel takes posts again.
  if (subscription.suspended) await store.liftSuspension(subscription.channel);
  return { ...claim, state: 'sent', messageRef };
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
  const end: DeliveryEnd = { error, ...(retryAt ? { retryAt } : {}) };
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
  const newest = await store.deliveries(subscription.id, RETRIES.length + 1);
  const since = plus(now, -OUTAGE);
  // This one is still claimed; those before it that failed in the same outage count with it.
  const failed = newest.filter(({ state, claimedAt }) => state === 'failed' && claimedAt > since).length;
  const wait = RETRIES[failed];
  return wait === undefined ? undefined : later(plus(now, wait), notBefore);
}
