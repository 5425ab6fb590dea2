/** The first run at a terminal: the workspace with its feed list, then its subscription. */
import { FIRST_RUN } from './feed-list.ts';
import type { Channel, FeedDraft, Instant, Subscription, Workspace } from './model.ts';
import type { Store } from './ports.ts';
import { newSubscription } from './subscription.ts';

export interface FirstRun {
  readonly workspace: Workspace;
  readonly channel: Channel;
  /** Asked for only on a first run. */
  readonly feeds: () => readonly FeedDraft[];
  readonly localTime: string;
  readonly now: Instant;
}

/** Returns the channel's subscription; `isFirst` when this call made it, due at once so that a newcomer sees a digest. */
export async function setUp(
  store: Store,
  run: FirstRun,
): Promise<{ readonly subscription: Subscription; readonly isFirst: boolean }> {
  const { workspace, channel, feeds, localTime, now } = run;
  await store.saveWorkspace(workspace, feeds, now);
  const known = await store.subscriptionOf(channel);
  if (known) return { subscription: known, isFirst: false };
  const subscription = newSubscription({
    channel,
    localTime,
    timeZone: workspace.timeZone,
    createdBy: FIRST_RUN,
    now,
    firstDigestAt: now,
  });
  await store.saveSubscription(subscription, 'subscribe', FIRST_RUN, now);
  return { subscription, isFirst: true };
}
