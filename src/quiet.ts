/** Quiet days, for channels that want nothing then: one line a week still says that all is well. Pure. */
import { type Digest, eventsOf } from './digest.ts';
import type { Delivery, Instant } from './model.ts';
import { DAY, plus } from './time.ts';

/** Without a post for so long nobody knows whether the bot still runs. */
const HEARTBEAT = 7 * DAY;

/** More posts than fail in a week of tries. */
export const DELIVERIES_READ = 100;

/** True when sources were read and nothing moved: where none was read, nobody can say that it was quiet. */
export function wasQuiet(digest: Digest): boolean {
  return eventsOf(digest).length === 0 && (digest.feeds === 0 || digest.feeds > digest.failing.length);
}

/** True when nothing may have arrived in the channel for seven days; `deliveries` are its newest. */
export function needsHeartbeat(deliveries: readonly Delivery[], now: Instant): boolean {
  // Digests come at the same time of day, give or take the minute in which they are posted and an hour of summer time.
  const since = plus(now, -HEARTBEAT + DAY / 12);
  return !deliveries.some(({ state, claimedAt }) => state !== 'failed' && claimedAt > since);
}
