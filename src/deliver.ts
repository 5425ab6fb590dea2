/** Makes digests: composes what is due, claims it in the ledger, has it sent. */
import type { Digest } from './digest.ts';
import { eventsOf, readDigest, windowFor } from './digest.ts';
import { digestCard } from './digest-card.ts';
import type { Delivery, Instant, Subscription, Window } from './model.ts';
import type { Store } from './ports.ts';
import { CHANNELS_AT_ONCE, type DeliveryDependencies, sendClaimed } from './send.ts';
import { settleOpenDelivery } from './settle.ts';
import { nextWallTime } from './time.ts';
import { forEachOf } from './workers.ts';

/** Posts every digest that is due; one channel's failure does not hold up another. */
export async function postDueDigests(dependencies: DeliveryDependencies): Promise<Delivery[]> {
  const { store, clock, log } = dependencies;
  const now = clock.now();
  const deliveries: Delivery[] = [];
  await forEachOf(await store.dueSubscriptions(now), CHANNELS_AT_ONCE, async (subscription) => {
    try {
      if (await isTooEarly(store, subscription)) return;
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
 * With `retries` a failure that may pass is tried again before the next regular time. A delivery of the channel that is not over
 * comes first: what the channel got, or is still to get, of that one is the answer.
 */
export async function postDigest(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  window: Window = windowFor(subscription, now),
  { retries = false } = {},
): Promise<Delivery | undefined> {
  const { store, adapters } = dependencies;
  if (adapters.every((each) => each.name !== subscription.channel.adapter)) return undefined;
  const before = await settleOpenDelivery(dependencies, subscription);
  if (before !== undefined && (before.state !== 'doubtful' || before.nextTryAt !== undefined)) return before;
  const digest = await readDigest(store, subscription, window);
  const card = postedCard(digest, subscription.timeZone);
  const claim = await store.claimDigest({
    subscriptionId: subscription.id,
    window,
    eventIds: eventsOf(digest).map((event) => event.id),
    card,
    nextDigestAt: nextWallTime(now, subscription.days, subscription.localTime, subscription.timeZone),
    at: now,
  });
  return claim && sendClaimed(dependencies, { subscription, delivery: claim, card }, { retries });
}

function postedCard(digest: Digest, timeZone: string) {
  const buttons = [
    { label: 'More', command: '/digest last' },
    { label: 'Pause', command: '/digest pause' },
  ];
  return digestCard(digest, timeZone, { buttons });
}
