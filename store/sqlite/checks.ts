import type { Database } from 'better-sqlite3';
import type { FailureKind, IdentityRule, Instant, Item } from '../../src/model.ts';
import type { CheckOutcome, FeedStore } from '../../src/ports.ts';
import { documents } from './documents.ts';
import { editingOf } from './feed-list.ts';
import { together } from './together.ts';

type Text = string | null;

/** Stores what each check of a feed brought, together with its next one, and tells what is held. */
export function checks(database: Database): Pick<FeedStore, 'recordCheck' | 'heldFeeds'> {
  const saveItems = documents(database);
  const feed = database.prepare<[string], { id: string; succeededAt: Instant | null; identity: IdentityRule | null }>(
    'SELECT id, succeeded_at AS succeededAt, identity FROM feeds WHERE id = ?',
  );
  const fail = database.prepare<[Instant, Instant, string, FailureKind | null, Instant, Text, string]>(
    `UPDATE feeds SET checked_at = ?, next_check_at = ?, error_count = error_count + 1, last_error = ?, failure = ?,
       failing_since = ifnull(failing_since, ?), held_until = ? WHERE id = ?`,
  );
  const pauseGone = goneFeed(database);
  const noteMove = movedFeed(database);
  const hold = database.prepare<[Instant, Instant, string]>(
    'UPDATE feeds SET next_check_at = ?, held_until = ? WHERE id = ?',
  );
  const held = database.prepare<[Instant], { url: string; until: Instant }>(
    'SELECT url, held_until AS until FROM feeds WHERE held_until > ?',
  );
  const SUCCESS = `checked_at = ?, succeeded_at = ?, next_check_at = ?, error_count = 0, last_error = NULL, failure = NULL,
    failing_since = NULL, gone_at = NULL, held_until = NULL`;
  // A server may answer 304 with one validator or none; what it does not repeat still holds (RFC 9110 §15.4.5).
  const KEEP = `${SUCCESS}, etag = ifnull(?, etag), last_modified = ifnull(?, last_modified)`;
  const keep = database.prepare<[Instant, Instant, Instant, Text, Text, string]>(
    `UPDATE feeds SET ${KEEP} WHERE id = ?`,
  );
  // By far the most frequent end of a check, so it is one statement.
  const keepInPlace = database.prepare<[Instant, Instant, Instant, Text, Text, string]>(
    `UPDATE feeds SET ${KEEP}, ${IN_PLACE} WHERE id = ?`,
  );
  const DOCUMENT = `${SUCCESS}, etag = ?, last_modified = ?, body_hash = ?, document_at = ?`;
  const same = database.prepare<[Instant, Instant, Instant, Text, Text, Text, Instant, string]>(
    `UPDATE feeds SET ${DOCUMENT} WHERE id = ?`,
  );
  const replace = database.prepare<[Instant, Instant, Instant, Text, Text, Text, Instant, Text, Text, Text, string]>(
    `UPDATE feeds SET ${DOCUMENT}, hints = ?, rhythm = ?, memory = ? WHERE id = ?`,
  );

  const record = (feedId: string, outcome: CheckOutcome, at: Instant, next: Instant): Item[] => {
    if (outcome.kind === 'failed') {
      const { error, failure = null, heldUntil = null } = outcome;
      found(feedId, fail.run(at, next, error, failure, at, heldUntil, feedId).changes);
      if (failure === 'gone') pauseGone(feedId, at);
      return [];
    }
    if (outcome.kind === 'held') {
      found(feedId, hold.run(next, outcome.heldUntil, feedId).changes);
      return [];
    }
    const { etag = null, lastModified = null, bodyHash = null } = outcome;
    if (outcome.kind === 'unchanged') {
      if (bodyHash === null && outcome.movedTo === undefined) {
        found(feedId, keepInPlace.run(at, at, next, etag, lastModified, feedId).changes);
        return [];
      }
      const run =
        bodyHash === null
          ? keep.run(at, at, next, etag, lastModified, feedId)
          : same.run(at, at, next, etag, lastModified, bodyHash, at, feedId);
      found(feedId, run.changes);
      noteMove(feedId, outcome.movedTo, at);
      return [];
    }
    const before = feed.get(feedId);
    if (before === undefined) throw missing(feedId);
    const { hints, rhythm, memory = null } = outcome;
    const run = replace.run(
      ...([at, at, next, etag, lastModified, bodyHash, at, toJson(hints), toJson(rhythm), memory, feedId] as const),
    );
    found(feedId, run.changes);
    noteMove(feedId, outcome.movedTo, at);
    return saveItems(before, outcome, at);
  };
  const recordCheck = database.transaction(record);
  const recordTogether = together(database, record);
  return {
    async recordCheck(feedId, outcome, at, nextCheckAt) {
      // Most checks change nothing, and a commit each would cost more than all the rest of them.
      if (outcome.kind === 'unchanged') return recordTogether(feedId, outcome, at, nextCheckAt);
      return recordCheck.immediate(feedId, outcome, at, nextCheckAt);
    },
    async heldFeeds(now) {
      return held.all(now);
    },
  };
}

function toJson(value: object | undefined): Text {
  return value === undefined ? null : JSON.stringify(value);
}

function found(feedId: string, rows: number): void {
  if (rows !== 1) throw missing(feedId);
}

function missing(feedId: string): Error {
  return new Error(`There is no feed ${feedId} to record a check of`);
}

/** Who is named in the audit trail where a source that is gone for good was paused. */
const PUBLISHER = 'its publisher (410, gone)';

/** Returns a function that notes that a feed is gone and pauses it on every list, with a line in each audit trail. */
function goneFeed(database: Database): (feedId: string, at: Instant) => void {
  const edit = editingOf(database);
  const note = database.prepare<[Instant, string]>('UPDATE feeds SET gone_at = ? WHERE id = ?');
  const listing = database
    .prepare<[string], string>('SELECT workspace_id FROM feed_listings WHERE feed_id = ? AND paused_at IS NULL')
    .pluck();
  return (feedId, at) => {
    note.run(at, feedId);
    for (const workspaceId of listing.all(feedId)) edit(workspaceId, { action: 'pause', feedId }, PUBLISHER, at);
  };
}

/** A source that answered without a redirect. */
const IN_PLACE = 'moved_to = NULL, moved_days = 0, moved_on = NULL';

/** Returns a function that counts the days on which a feed's address was seen to lead elsewhere; one without a redirect ends the count. */
function movedFeed(database: Database): (feedId: string, movedTo: string | undefined, at: Instant) => void {
  const forget = database.prepare<[string]>(`UPDATE feeds SET ${IN_PLACE} WHERE id = ? AND moved_to IS NOT NULL`);
  const note = database.prepare<[{ feedId: string; to: string; day: string }]>(
    `UPDATE feeds SET moved_days = iif(moved_to = @to, moved_days + (moved_on < @day), 1), moved_to = @to, moved_on = @day
     WHERE id = @feedId`,
  );
  return (feedId, to, at) => {
    if (to === undefined) forget.run(feedId);
    else note.run({ feedId, to, day: at.slice(0, 10) });
  };
}
