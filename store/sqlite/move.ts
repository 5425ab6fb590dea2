import type { Database } from 'better-sqlite3';
import type { FeedKind, IdentityRule, Instant } from '../../src/model.ts';
import { findOrCreateFeed } from './feed-drafts.ts';

interface MovedRow {
  id: string;
  kind: FeedKind;
  broad: number;
  homepage: string | null;
  identity: IdentityRule | null;
}

type MoveFeed = (workspaceId: string, feedId: string, url: string, at: Instant) => string | undefined;

/**
 * Returns a function that gives a listing another address, and the id of the feed it is then a listing of: the same one, with
 * its items and all it knows, where nobody else lists it; else that of the address, so that others keep theirs. Undefined
 * when the workspace lists that address already.
 */
export function moveFeed(database: Database): MoveFeed {
  const byUrl = database.prepare<[string], string>('SELECT id FROM feeds WHERE url = ?').pluck();
  const listed = database
    .prepare<[string, string], number>('SELECT 1 FROM feed_listings WHERE workspace_id = ? AND feed_id = ?')
    .pluck();
  const others = database
    .prepare<[string, string], number>('SELECT 1 FROM feed_listings WHERE feed_id = ? AND workspace_id <> ?')
    .pluck();
  const readdress = database.prepare<[string, Instant, string]>(
    `UPDATE feeds SET url = ?, etag = NULL, last_modified = NULL, body_hash = NULL, gone_at = NULL, moved_to = NULL,
       moved_days = 0, moved_on = NULL, next_check_at = max(?, ifnull(held_until, '')) WHERE id = ?`,
  );
  const row = database.prepare<[string], MovedRow>(
    'SELECT id, kind, broad, homepage, identity FROM feeds WHERE id = ?',
  );
  const relist = database.prepare<[string, string, string]>(
    'UPDATE feed_listings SET feed_id = ? WHERE workspace_id = ? AND feed_id = ?',
  );
  const makeDue = database.prepare<[Instant, string]>(
    "UPDATE feeds SET next_check_at = max(?, ifnull(held_until, '')) WHERE id = ?",
  );
  const find = findOrCreateFeed(database);

  return (workspaceId, feedId, url, at) => {
    const known = byUrl.get(url);
    if (known === undefined && others.get(feedId, workspaceId) === undefined) {
      readdress.run(url, at, feedId);
      return feedId;
    }
    if (known !== undefined && listed.get(workspaceId, known) !== undefined) return undefined;
    const feed = row.get(feedId);
    if (feed === undefined) return undefined;
    const { homepage, identity, broad, ...facts } = feed;
    const draft = {
      ...facts,
      url,
      // The workspace's own title and stream stay with its listing.
      title: '',
      stream: 'analysis' as const,
      broad: broad === 1,
      ...(homepage !== null && { homepage }),
      ...(identity !== null && { identity }),
    };
    const target = known ?? find(draft, at);
    relist.run(target, workspaceId, feedId);
    makeDue.run(at, target);
    return target;
  };
}
