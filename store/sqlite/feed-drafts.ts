import type { Database } from 'better-sqlite3';
import type { FeedDraft, FeedKind, IdentityRule, Instant } from '../../src/model.ts';

/**
 * Returns a function that gives the id of the feed with the draft's address, storing the feed where there is none.
 * A feed that nobody lists any more takes the draft's kind and identity rule, so that a wrong one can be put right by removing
 * and adding.
 */
export function findOrCreateFeed(database: Database): (draft: FeedDraft, at: Instant) => string {
  const byUrl = database.prepare<[string], string>('SELECT id FROM feeds WHERE url = ?').pluck();
  const taken = database.prepare<[string], number>('SELECT 1 FROM feeds WHERE id = ?').pluck();
  const insert = database.prepare<[string, FeedKind, string, number, string | null, IdentityRule | null, Instant]>(
    'INSERT INTO feeds (id, kind, url, broad, homepage, identity, next_check_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const adopt = database.prepare<
    [FeedKind, FeedKind, FeedKind, FeedKind, number, string | null, IdentityRule | null, string]
  >(
    `UPDATE feeds SET etag = iif(kind = ?, etag, NULL), last_modified = iif(kind = ?, last_modified, NULL),
       memory = iif(kind = ?, memory, NULL),
       kind = ?, broad = ?, homepage = ifnull(?, homepage), identity = ifnull(?, identity)
     WHERE id = ? AND NOT EXISTS (SELECT 1 FROM feed_listings AS l WHERE l.feed_id = feeds.id)`,
  );
  return ({ id, kind, url, broad, homepage = null, identity = null }, at) => {
    const known = byUrl.get(url);
    if (known !== undefined) {
      adopt.run(kind, kind, kind, kind, Number(broad), homepage, identity, known);
      return known;
    }
    let free = id;
    for (let suffix = 2; taken.get(free) !== undefined; suffix += 1) free = `${id}-${suffix}`;
    insert.run(free, kind, url, Number(broad), homepage, identity, at);
    return free;
  };
}
