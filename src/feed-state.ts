/** How the feeds of a list do, by their last check: one judgement for `/feeds health`, the health check and digests. */
import type { ListedFeed } from './model.ts';

export interface FeedStates {
  readonly paused: readonly ListedFeed[];
  /** Not paused; the three below share them out. */
  readonly active: readonly ListedFeed[];
  readonly failing: readonly ListedFeed[];
  readonly unread: readonly ListedFeed[];
  readonly read: readonly ListedFeed[];
}

export function feedStates(feeds: readonly ListedFeed[]): FeedStates {
  const active = feeds.filter((feed) => feed.pausedAt === undefined);
  return {
    paused: feeds.filter((feed) => feed.pausedAt !== undefined),
    active,
    failing: active.filter((feed) => feed.errorCount > 0),
    unread: active.filter((feed) => feed.errorCount === 0 && feed.checkedAt === undefined),
    read: active.filter((feed) => feed.errorCount === 0 && feed.checkedAt !== undefined),
  };
}
