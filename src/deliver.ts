/** Sends digests: compose → claim → post → settle. A window is claimed before anything is sent, so nothing is sent twice. */
import { eventsOf, readDigest, windowFor } from './digest.ts';
import { digestCard } from './digest-card.ts';
import { messageOf, WorldError } from './errors.ts';
import type { Log } from './log.ts';
import type { Delivery, Instant, Subscription, Window } from './model.ts';
import type { Adapter, Clock, Store } from './ports.ts';
import { nextWallTime } from './time.ts';

export interface DeliveryDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly adapters: readonly Adapter[];
  readonly log: Log;
}

/** Posts every digest that is due; one channel's failure does not hold up another. */
export async function postDueDigests(dependencies: DeliveryDependencies): Promise<Delivery[]> {
  const now = dependencies.clock.now();
  const deliveries: Delivery[] = [];
  for (const subscription of await dependencies.store.dueSubscriptions(now)) {
    if (await isTooEarly(dependencies.store, subscription)) continue;
    const delivery = await postDigest(dependencies, subscription, now);
    if (delivery) deliveries.push(delivery);
  }
  return deliveries;
}

/** A first digest stays due until a source has been read: posted before, it would only spend the days it looks back over. */
async function isTooEarly(store: Store, { coveredUntil, workspaceId }: Subscription): Promise<boolean> {
  if (coveredUntil !== undefined) return false;
  return (await store.listFeeds(workspaceId)).every((feed) => feed.succeededAt === undefined);
}

/** Posts one channel's digest for the time since its last one (or for `window`); undefined when that window was claimed before. */
export async function postDigest(
  { store, clock, adapters, log }: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  window: Window = windowFor(subscription, now),
): Promise<Delivery | undefined> {
  const adapter = adapters.find((each) => each.name === subscription.channel.adapter);
  if (adapter === undefined) return undefined;
  const digest = await readDigest(store, subscription, window);
  const claim = await store.claimDigest({
    subscriptionId: subscription.id,
    window,
    eventIds: eventsOf(digest).map((event) => event.id),
    nextDigestAt: nextWallTime(now, subscription.days, subscription.localTime, subscription.timeZone),
    at: now,
  });
  if (claim === undefined) return undefined;
  try {
    const messageRef = await adapter.post(subscription.channel, digestCard(digest, subscription.timeZone));
    await store.settleDelivery(claim.id, { messageRef }, clock.now());
    return { ...claim, state: 'sent', messageRef };
  } catch (thrown) {
    const error = messageOf(thrown);
    if (thrown instanceof WorldError) {
      await store.settleDelivery(claim.id, { error }, clock.now());
      return { ...claim, state: 'failed', error };
    }
    // It may have arrived, so the claim stays open: the next start calls it doubtful, and nothing sends it again.
    log.error({ err: thrown, delivery: claim.id }, 'a digest may or may not have been posted');
    return { ...claim, state: 'doubtful', error };
  }
}
