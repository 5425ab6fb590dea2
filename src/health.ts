/** How the bot does, as numbers for a health check: no names, no addresses, no secrets. */
import { isRegular } from './due.ts';
import { feedStates } from './feed-state.ts';
import type { Instant } from './model.ts';
import type { Store } from './ports.ts';
import { isPaused } from './subscription.ts';

/** The state of one workspace. */
export interface Health {
  /** Feeds on the list; `read` and `failing` go by the last check and leave out what is paused or not checked yet. */
  readonly feeds: {
    readonly listed: number;
    readonly read: number;
    readonly failing: number;
    readonly paused: number;
  };
  /** When the newest digest of any channel was claimed; absent before the first. */
  readonly lastDigestAt?: Instant;
  /** When the next digest of any channel is due; absent where there is none or all are paused or suspended. */
  readonly nextDigestAt?: Instant;
}

/** A health check's answer over HTTP: 200 once a feed has been read, else 503. */
export function healthAnswer(health: Health): { readonly status: 200 | 503; readonly body: string } {
  const isWell = health.feeds.read > 0;
  const body = { status: isWell ? 'ok' : 'no feed has been read', ...health };
  return { status: isWell ? 200 : 503, body: `${JSON.stringify(body)}\n` };
}

/** Reads the state of a workspace from the store. */
export async function readHealth(store: Store, workspaceId: string, now: Instant): Promise<Health> {
  const feeds = await store.listFeeds(workspaceId);
  const { failing, read, paused } = feedStates(feeds);
  const subscriptions = await store.subscriptions(workspaceId);
  const newest = await Promise.all(subscriptions.map(({ id }) => store.deliveries(id, 1)));
  const lastDigestAt = newest.flatMap((found) => found.map(({ claimedAt }) => claimedAt)).sort();
  const nextDigestAt = subscriptions
    .filter((each) => isRegular(each) && !isPaused(each, now) && !each.suspended)
    .map((subscription) => subscription.nextDigestAt)
    .sort();
  const [last, next] = [lastDigestAt.at(-1), nextDigestAt[0]];
  return {
    feeds: {
      listed: feeds.length,
      read: read.length,
      failing: failing.length,
      paused: paused.length,
    },
    ...(last ? { lastDigestAt: last } : {}),
    ...(next ? { nextDigestAt: next } : {}),
  };
}
