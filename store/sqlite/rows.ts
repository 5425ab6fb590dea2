import type { FailureKind, Feed, FeedHints, FeedKind, IdentityRule, Item, Rhythm } from '../../src/model.ts';

/** Parses JSON that this store wrote itself; its type is the writer's. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

export interface FeedRow {
  id: string;
  kind: FeedKind;
  url: string;
  broad: number;
  homepage: string | null;
  etag: string | null;
  last_modified: string | null;
  checked_at: string | null;
  succeeded_at: string | null;
  next_check_at: string;
  held_until: string | null;
  error_count: number;
  last_error: string | null;
  memory: string | null;
  body_hash: string | null;
  document_at: string | null;
  hints: string | null;
  rhythm: string | null;
  failure: FailureKind | null;
  failing_since: string | null;
  gone_at: string | null;
  identity: IdentityRule | null;
  moved_to: string | null;
  moved_days: number;
}

/** The columns of a FeedRow, from `feeds AS f`. */
export const FEED_COLUMNS = `f.id, f.kind, f.url, f.broad, f.homepage, f.etag, f.last_modified, f.checked_at, f.succeeded_at,
  f.next_check_at, f.held_until, f.error_count, f.last_error, f.memory, f.body_hash, f.document_at, f.hints, f.rhythm,
  f.failure, f.failing_since, f.gone_at, f.identity, f.moved_to, f.moved_days`;

export function toFeed(row: FeedRow): Feed {
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    broad: row.broad === 1,
    ...(row.homepage !== null && { homepage: row.homepage }),
    ...(row.etag !== null && { etag: row.etag }),
    ...(row.last_modified !== null && { lastModified: row.last_modified }),
    ...(row.checked_at !== null && { checkedAt: row.checked_at }),
    ...(row.succeeded_at !== null && { succeededAt: row.succeeded_at }),
    nextCheckAt: row.next_check_at,
    ...(row.held_until !== null && { heldUntil: row.held_until }),
    errorCount: row.error_count,
    ...(row.last_error !== null && { lastError: row.last_error }),
    ...(row.memory !== null && { memory: row.memory }),
    ...(row.body_hash !== null && { bodyHash: row.body_hash }),
    ...(row.document_at !== null && { documentAt: row.document_at }),
    ...(row.hints !== null && { hints: fromJson<FeedHints>(row.hints) }),
    ...(row.rhythm !== null && { rhythm: fromJson<Rhythm>(row.rhythm) }),
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.failing_since !== null && { failingSince: row.failing_since }),
    ...(row.gone_at !== null && { goneAt: row.gone_at }),
    ...(row.identity !== null && { identity: row.identity }),
    ...(row.moved_to !== null && { moved: { to: row.moved_to, days: row.moved_days } }),
  };
}

export interface ItemRow {
  number: number;
  id: string;
  feed_id: string;
  fetched_at: string;
  published_at: string | null;
  backlog: number;
  guid: string | null;
  url: string | null;
  language: string | null;
  categories: string;
  title: string;
  summary: string;
}

/** The columns of an ItemRow, from `items AS i`. */
export const ITEM_COLUMNS = `i.number, i.id, i.feed_id, i.fetched_at, i.published_at, i.backlog, i.guid, i.url, i.language,
  i.categories, i.title, i.summary`;

export function toItem(row: ItemRow): Item {
  return {
    id: row.id,
    feedId: row.feed_id,
    ...(row.guid !== null && { guid: row.guid }),
    ...(row.url !== null && { url: row.url }),
    title: row.title,
    summary: row.summary,
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    categories: fromJson<string[]>(row.categories),
    ...(row.language !== null && { language: row.language }),
    fetchedAt: row.fetched_at,
    backlog: row.backlog === 1,
  };
}
