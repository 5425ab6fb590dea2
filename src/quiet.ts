/** Quiet days in channels that want nothing then: the digest is passed over, but for one line a week that says all is well. */
import { type Digest, eventsOf, readDigest, windowFor } from './digest.ts';
import type { Delivery, Instant, Subscription } from './model.ts';
import type { Store } from './ports.ts';
import { DAY, nextWallTime, plus } from './time.ts';

/** Without a post for so long nobody knows whether the bot still runs. */
const HEARTBEAT = 7 * DAY;

/** More posts than fail in a week of tries. */
const DELIVERIES_READ = 100;

/** True when sources were read and nothing moved: where none was read, nobody can say that it was quiet. */
function isQuiet(digest: Digest): boolean {
  return eventsOf(digest).length === 0 && (digest.feeds === 0 || digest.feeds > digest.failing.length);
}

/** True when nothing may have arrived in the channel for seven days. */
function needsHeartbeat(deliveries: readonly Delivery[], now: Instant): boolean {
  // Digests come at the same time of day, give or take the minute in which they are posted and an hour of summer time.
  const since = plus(now, -HEARTBEAT + DAY / 12);
  return !deliveries.some(({ state, claimedAt }) => state !== 'failed' && claimedAt > since);
}

/** Passes over a due digest that is not wanted; false where it is to be posted. */
export async function passQuietly(store: Store, subscription: Subscription, now: Instant): Promise<boolean> {
  if (subscription.quiet !== 'nothing') return false;
  if (needsHeartbeat(await store.deliveries(subscription.id, DELIVERIES_READ), now)) return false;
  const digest = await readDigest(store, subscription, windowFor(subscription, now));
  if (!isQuiet(digest)) return false;
  const { id, days, localTime, timeZone } = subscription;
  await store.passDigest(id, now, nextWallTime(now, days, localTime, timeZone));
  return true;
}
