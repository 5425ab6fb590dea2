import type { Database } from 'better-sqlite3';
import type { Change, FeedDraft, FeedKind, Instant, Stream } from '../../src/model.ts';
import type { FeedStore, ListEdit } from '../../src/ports.ts';
import { recordChanges } from './changes.ts';

/** A listing as the audit trail keeps it: enough to list the feed again as it was. */
type Entry = FeedDraft & { readonly paused: boolean };

interface ListingRow {
  id: string;
  kind: FeedKind;
  url: string;
  title: string;
  stream: Stream;
  homepage: string | null;
  broad: number;
  paused_at: Instant | null;
}

/** Edits of a workspace's feed list. Feeds are shared, so an edit touches the feed itself only where nobody else lists it. */
export function feedList(database: Database): Pick<FeedStore, 'editFeedList'> {
  const editList = database.transaction(editingOf(database));
  return {
    async editFeedList(workspaceId, edit, actor, at) {
      return editList.immediate(workspaceId, edit, actor, at);
    },
  };
}

/** Returns one edit with its line in the audit trail, to be made inside a transaction. */
export function editingOf(
  database: Database,
): (workspaceId: string, edit: ListEdit, actor: string, at: Instant) => Change | undefined {
  const record = recordChanges(database);
  const find = findOrCreateFeed(database);
  const listing = database.prepare<[string, string], ListingRow>(
    `SELECT f.id, f.kind, f.url, l.title, l.stream, f.homepage, f.broad, l.paused_at
     FROM feed_listings AS l JOIN feeds AS f ON f.id = l.feed_id WHERE l.workspace_id = ? AND l.feed_id = ?`,
  );
  const insert = database.prepare<[string, string, string, string, string, Instant, Instant | null]>(
    `INSERT INTO feed_listings (workspace_id, feed_id, title, stream, added_by, added_at, paused_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare<[string, string]>('DELETE FROM feed_listings WHERE workspace_id = ? AND feed_id = ?');
  const pause = database.prepare<[Instant | null, string, string]>(
    'UPDATE feed_listings SET paused_at = ? WHERE workspace_id = ? AND feed_id = ?',
  );
  // A server's wish for quiet outlives the list: a feed it holds is due when the hold ends.
  const makeDue = database.prepare<[Instant, string]>(
    "UPDATE feeds SET next_check_at = max(?, ifnull(held_until, '')) WHERE id = ?",
  );

  const apply = (workspaceId: string, feedId: string, edit: ListEdit, actor: string, at: Instant): void => {
    switch (edit.action) {
      case 'add': {
        const { title, stream } = edit.feed;
        insert.run(workspaceId, feedId, title, stream, actor, at, edit.paused === true ? at : null);
        makeDue.run(at, feedId);
        return;
      }
      case 'remove':
        remove.run(workspaceId, feedId);
        return;
      case 'pause':
        pause.run(at, workspaceId, feedId);
        return;
      case 'resume':
        pause.run(null, workspaceId, feedId);
        makeDue.run(at, feedId);
    }
  };

  return (workspaceId, edit, actor, at) => {
    const feedId = edit.action === 'add' ? find(edit.feed, at) : edit.feedId;
    const before = toEntry(listing.get(workspaceId, feedId));
    if (!wouldChange(edit.action, before)) return undefined;
    apply(workspaceId, feedId, edit, actor, at);
    const after = toEntry(listing.get(workspaceId, feedId));
    return record({
      workspaceId,
      at,
      actor,
      action: edit.action,
      subject: feedId,
      ...(before !== undefined && { before: JSON.stringify(before) }),
      ...(after !== undefined && { after: JSON.stringify(after) }),
    });
  };
}

function wouldChange(action: ListEdit['action'], listed: Entry | undefined): boolean {
  if (action === 'add') return listed === undefined;
  if (listed === undefined) return false;
  return action === 'remove' || listed.paused === (action === 'resume');
}

/**
 * Returns a function that gives the id of the feed with the draft's address, storing the feed where there is none.
 * A feed that nobody lists any more takes the draft's kind, so that a wrong one can be put right by removing and adding.
 */
function findOrCreateFeed(database: Database): (draft: FeedDraft, at: Instant) => string {
  const byUrl = database.prepare<[string], string>('SELECT id FROM feeds WHERE url = ?').pluck();
  const taken = database.prepare<[string], number>('SELECT 1 FROM feeds WHERE id = ?').pluck();
  const insert = database.prepare<[string, FeedKind, string, number, string | null, Instant]>(
    'INSERT INTO feeds (id, kind, url, broad, homepage, next_check_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const adopt = database.prepare<[FeedKind, FeedKind, FeedKind, FeedKind, number, string | null, string]>(
    `UPDATE feeds SET etag = iif(kind = ?, etag, NULL), last_modified = iif(kind = ?, last_modified, NULL),
       memory = iif(kind = ?, memory, NULL),
       kind = ?, broad = ?, homepage = ifnull(?, homepage)
     WHERE id = ? AND NOT EXISTS (SELECT 1 FROM feed_listings AS l WHERE l.feed_id = feeds.id)`,
  );
  return ({ id, kind, url, broad, homepage = null }, at) => {
    const known = byUrl.get(url);
    if (known !== undefined) {
      adopt.run(kind, kind, kind, kind, Number(broad), homepage, known);
      return known;
    }
    let free = id;
    for (let suffix = 2; taken.get(free) !== undefined; suffix += 1) free = `${id}-${suffix}`;
    insert.run(free, kind, url, Number(broad), homepage, at);
    return free;
  };
}

function toEntry(row: ListingRow | undefined): Entry | undefined {
  if (row === undefined) return undefined;
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    title: row.title,
    stream: row.stream,
    ...(row.homepage !== null && { homepage: row.homepage }),
    broad: row.broad === 1,
    paused: row.paused_at !== null,
  };
}
