import type { Database } from 'better-sqlite3';
import type { FeedDraft, FeedKind, Filter, IdentityRule, Instant, Stream } from '../../src/model.ts';
import { fromJson } from './rows.ts';

/** A listing as the audit trail keeps it: enough to list the feed again as it was. */
export type Listing = FeedDraft & { readonly paused: boolean; readonly filter?: Filter };

interface ListingRow {
  id: string;
  kind: FeedKind;
  url: string;
  title: string;
  stream: Stream;
  homepage: string | null;
  broad: number;
  identity: IdentityRule | null;
  paused_at: Instant | null;
  filter: string | null;
}

/** Returns a function that reads one listing of a workspace; undefined where the feed is not on its list. */
export function listingReader(database: Database): (workspaceId: string, feedId: string) => Listing | undefined {
  const read = database.prepare<[string, string], ListingRow>(
    `SELECT f.id, f.kind, f.url, l.title, l.stream, f.homepage, f.broad, f.identity, l.paused_at, l.filter
     FROM feed_listings AS l JOIN feeds AS f ON f.id = l.feed_id WHERE l.workspace_id = ? AND l.feed_id = ?`,
  );
  return (workspaceId, feedId) => {
    const row = read.get(workspaceId, feedId);
    if (row === undefined) return undefined;
    return {
      id: row.id,
      kind: row.kind,
      url: row.url,
      title: row.title,
      stream: row.stream,
      ...(row.homepage !== null && { homepage: row.homepage }),
      broad: row.broad === 1,
      ...(row.identity !== null && { identity: row.identity }),
      paused: row.paused_at !== null,
      ...(row.filter !== null && { filter: fromJson<Filter>(row.filter) }),
    };
  };
}
