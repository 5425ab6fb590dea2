import type { Database } from 'better-sqlite3';
import type { Change, Filter, Instant } from '../../src/model.ts';
import type { FeedStore, ListEdit } from '../../src/ports.ts';
import { recordChanges } from './changes.ts';
import { findOrCreateFeed } from './feed-drafts.ts';
import { decideFloods } from './flood-decisions.ts';
import { type Listing, listingReader } from './listing.ts';
import { moveFeed } from './move.ts';
import { routeNotices } from './notices.ts';
import { setScopedFilter } from './scoped-filters.ts';

type FeedEdit = Extract<ListEdit, { readonly feedId: string }>;
type Decision = Extract<FeedEdit, { readonly action: 'release' | 'dismiss' | 'hold' }>;
type OnListing = Extract<ListEdit, { readonly action: 'add' }> | Exclude<FeedEdit, Decision>;

/** What an edit changed, in the words of the audit trail. */
interface Edited {
  readonly subject: string;
  /** As JSON; undefined where there was nothing. */
  readonly before?: unknown;
  readonly after?: unknown;
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
  const listing = listingReader(database);
  const applyTo = listingEdits(database);
  const decide = decideFloods(database);
  const setFilter = setScopedFilter(database);
  const route = routeNotices(database);

  const listed = (workspaceId: string, feedId: string, edit: OnListing, actor: string, at: Instant) => {
    const before = listing(workspaceId, feedId);
    if (!wouldChange(edit, before)) return undefined;
    const subject = applyTo(workspaceId, feedId, edit, actor, at);
    return subject === undefined ? undefined : { subject, before, after: listing(workspaceId, subject) };
  };
  const make = (workspaceId: string, edit: ListEdit, actor: string, at: Instant): Edited | undefined => {
    if (edit.action === 'add') return listed(workspaceId, find(edit.feed, at), edit, actor, at);
    if (edit.action === 'notices') return route(workspaceId, edit.route);
    if (isDecision(edit)) {
      if (listing(workspaceId, edit.feedId) === undefined) return undefined;
      return decide(workspaceId, edit.feedId, edit.action, at) ? { subject: edit.feedId } : undefined;
    }
    if ('scope' in edit) return setFilter(workspaceId, edit.scope, edit.filter);
    return listed(workspaceId, edit.feedId, edit, actor, at);
  };

  return (workspaceId, edit, actor, at) => {
    const edited = make(workspaceId, edit, actor, at);
    if (edited === undefined) return undefined;
    const { subject, before, after } = edited;
    return record({
      workspaceId,
      at,
      actor,
      action: edit.action,
      subject,
      ...(before !== undefined && { before: JSON.stringify(before) }),
      ...(after !== undefined && { after: JSON.stringify(after) }),
    });
  };
}

function isDecision(edit: ListEdit): edit is Decision {
  return edit.action === 'release' || edit.action === 'dismiss' || edit.action === 'hold';
}

/** Returns a function that makes an edit of one listing and gives back the id of the feed that is listed then; undefined when it cannot be made. */
function listingEdits(
  database: Database,
): (workspaceId: string, feedId: string, edit: OnListing, actor: string, at: Instant) => string | undefined {
  const insert = database.prepare<[string, string, string, string, string, Instant, Instant | null, string | null]>(
    `INSERT INTO feed_listings (workspace_id, feed_id, title, stream, added_by, added_at, paused_at, filter)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare<[string, string]>('DELETE FROM feed_listings WHERE workspace_id = ? AND feed_id = ?');
  const set = (column: 'paused_at' | 'title' | 'stream' | 'filter') =>
    database.prepare<[string | null, string, string]>(
      `UPDATE feed_listings SET ${column} = ? WHERE workspace_id = ? AND feed_id = ?`,
    );
  const [pause, retitle, restream, refilter] = [set('paused_at'), set('title'), set('stream'), set('filter')];
  // A server's wish for quiet outlives the list: a feed it holds is due when the hold ends.
  const makeDue = database.prepare<[Instant, string]>(
    "UPDATE feeds SET next_check_at = max(?, ifnull(held_until, '')) WHERE id = ?",
  );
  const move = moveFeed(database);

  return (workspaceId, feedId, edit, actor, at) => {
    switch (edit.action) {
      case 'add': {
        const { title, stream, paused = false, filter } = edit.feed;
        insert.run(workspaceId, feedId, title, stream, actor, at, paused ? at : null, toJson(filter));
        makeDue.run(at, feedId);
        break;
      }
      case 'remove':
        remove.run(workspaceId, feedId);
        break;
      case 'pause':
        pause.run(at, workspaceId, feedId);
        break;
      case 'resume':
        pause.run(null, workspaceId, feedId);
        makeDue.run(at, feedId);
        break;
      case 'title':
        retitle.run(edit.title, workspaceId, feedId);
        break;
      case 'stream':
        restream.run(edit.stream, workspaceId, feedId);
        break;
      case 'filter':
        refilter.run(toJson(edit.filter), workspaceId, feedId);
        break;
      case 'move':
        return move(workspaceId, feedId, edit.url, at);
    }
    return feedId;
  };
}

function wouldChange(edit: OnListing, listed: Listing | undefined): boolean {
  if (edit.action === 'add') return listed === undefined;
  if (listed === undefined) return false;
  switch (edit.action) {
    case 'remove':
      return true;
    case 'pause':
      return !listed.paused;
    case 'resume':
      return listed.paused;
    case 'title':
      return listed.title !== edit.title;
    case 'stream':
      return listed.stream !== edit.stream;
    case 'filter':
      return toJson(listed.filter) !== toJson(edit.filter);
    case 'move':
      return listed.url !== edit.url;
  }
}

function toJson(filter: Filter | undefined): string | null {
  return filter === undefined ? null : JSON.stringify({ include: filter.include, exclude: filter.exclude });
}
