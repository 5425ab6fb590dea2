/** How the bot does, as numbers for a health check: no names, no addresses, no secrets. */
import { isRegular } from './due.ts';
import type { StoreTroubleKind } from './errors.ts';
import { feedStates } from './feed-state.ts';
import type { Instant } from './model.ts';
import type { Store } from './ports.ts';
import type { SecondReaderUse } from './second-reader.ts';
import { readSecondReaderHealth, type SecondReaderHealth } from './second-reader-health.ts';
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
  /** What keeps anything from being stored; absent when nothing does. */
  readonly storage?: StoreTroubleKind;
  /** When the newest digest of any channel was claimed; absent before the first. */
  readonly lastDigestAt?: Instant;
  /** When the next digest of any channel is due; absent where there is none or all are paused or suspended. */
  readonly nextDigestAt?: Instant;
  /** Absent where there is no second reader. */
  readonly secondReader?: SecondReaderHealth;
}

/** A health check's answer over HTTP: 200 once a feed has been read and while results can be stored, else 503. */
export function healthAnswer(health: Health): { readonly status: 200 | 503; readonly body: string } {
  const fault = faultOf(health);
  const body = { status: fault ?? 'ok', ...health };
  return { status: fault === undefined ? 200 : 503, body: `${JSON.stringify(body)}\n` };
}

function faultOf({ feeds, storage }: Health): string | undefined {
  if (storage !== undefined) return 'nothing can be stored';
  return feeds.read > 0 ? undefined : 'no feed has been read';
}

/** Reads the state of a workspace from the store. */
export async function readHealth(
  store: Store,
  workspaceId: string,
  now: Instant,
  secondReader?: SecondReaderUse,
): Promise<Health> {
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
  const trouble = await store.trouble();
  return {
    feeds: {
      listed: feeds.length,
      read: read.length,
      failing: failing.length,
      paused: paused.length,
    },
    ...(trouble ? { storage: trouble.kind } : {}),
    ...(last ? { lastDigestAt: last } : {}),
    ...(next ? { nextDigestAt: next } : {}),
    ...(secondReader ? { secondReader: await readSecondReaderHealth(store, secondReader, now) } : {}),
  };
}
