import type { Database } from 'better-sqlite3';
import type { Instant, Item } from '../../src/model.ts';
import type { CheckOutcome, FeedStore } from '../../src/ports.ts';
import { documents } from './documents.ts';

/** Stores what each check of a feed brought, together with its next one. */
export function checks(database: Database): Pick<FeedStore, 'recordCheck'> {
  const saveItems = documents(database);
  const feed = database.prepare<[string], { succeeded_at: Instant | null }>(
    'SELECT succeeded_at FROM feeds WHERE id = ?',
  );
  const fail = database.prepare<[Instant, Instant, string, Instant | null, string]>(
    `UPDATE feeds SET checked_at = ?, next_check_at = ?, error_count = error_count + 1, last_error = ?, held_until = ?
     WHERE id = ?`,
  );
  const SUCCESS =
    'checked_at = ?, succeeded_at = ?, next_check_at = ?, error_count = 0, last_error = NULL, held_until = NULL';
  type Success = [Instant, Instant, Instant, string | null, string | null, string];
  // A server may answer 304 with one validator or none; what it does not repeat still holds (RFC 9110 §15.4.5).
  const keep = database.prepare<Success>(
    `UPDATE feeds SET ${SUCCESS}, etag = ifnull(?, etag), last_modified = ifnull(?, last_modified) WHERE id = ?`,
  );
  const replace = database.prepare<[Instant, Instant, Instant, string | null, string | null, string | null, string]>(
    `UPDATE feeds SET ${SUCCESS}, etag = ?, last_modified = ?, memory = ? WHERE id = ?`,
  );

  const record = (feedId: string, outcome: CheckOutcome, at: Instant, nextCheckAt: Instant): Item[] => {
    if (outcome.kind === 'failed') {
      found(feedId, fail.run(at, nextCheckAt, outcome.error, outcome.heldUntil ?? null, feedId).changes);
      return [];
    }
    const { etag = null, lastModified = null } = outcome;
    if (outcome.kind === 'unchanged') {
      found(feedId, keep.run(at, at, nextCheckAt, etag, lastModified, feedId).changes);
      return [];
    }
    const backlog = feed.get(feedId)?.succeeded_at === null;
    found(feedId, replace.run(at, at, nextCheckAt, etag, lastModified, outcome.memory ?? null, feedId).changes);
    return saveItems(feedId, outcome, at, backlog);
  };
  const recordCheck = database.transaction(record);
  return {
    async recordCheck(feedId, outcome, at, nextCheckAt) {
      return recordCheck.immediate(feedId, outcome, at, nextCheckAt);
    },
  };
}

function found(feedId: string, rows: number): void {
  if (rows !== 1) throw new Error(`There is no feed ${feedId} to record a check of`);
}
