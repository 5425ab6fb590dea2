import type { Database } from 'better-sqlite3';
import type { Instant, Item } from '../../src/model.ts';
import type { CheckOutcome, FeedStore } from '../../src/ports.ts';
import { documents } from './documents.ts';

type Text = string | null;

/** Stores what each check of a feed brought, together with its next one, and tells what is held. */
export function checks(database: Database): Pick<FeedStore, 'recordCheck' | 'heldFeeds'> {
  const saveItems = documents(database);
  const feed = database.prepare<[string], { succeeded_at: Instant | null }>(
    'SELECT succeeded_at FROM feeds WHERE id = ?',
  );
  const fail = database.prepare<[Instant, Instant, string, Text, string]>(
    `UPDATE feeds SET checked_at = ?, next_check_at = ?, error_count = error_count + 1, last_error = ?, held_until = ?
     WHERE id = ?`,
  );
  const hold = database.prepare<[Instant, Instant, string]>(
    'UPDATE feeds SET next_check_at = ?, held_until = ? WHERE id = ?',
  );
  const held = database.prepare<[Instant], { url: string; until: Instant }>(
    'SELECT url, held_until AS until FROM feeds WHERE held_until > ?',
  );
  const SUCCESS =
    'checked_at = ?, succeeded_at = ?, next_check_at = ?, error_count = 0, last_error = NULL, held_until = NULL';
  // A server may answer 304 with one validator or none; what it does not repeat still holds (RFC 9110 §15.4.5).
  const keep = database.prepare<[Instant, Instant, Instant, Text, Text, string]>(
    `UPDATE feeds SET ${SUCCESS}, etag = ifnull(?, etag), last_modified = ifnull(?, last_modified) WHERE id = ?`,
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
      found(feedId, fail.run(at, next, outcome.error, outcome.heldUntil ?? null, feedId).changes);
      return [];
    }
    if (outcome.kind === 'held') {
      found(feedId, hold.run(next, outcome.heldUntil, feedId).changes);
      return [];
    }
    const { etag = null, lastModified = null, bodyHash = null } = outcome;
    if (outcome.kind === 'unchanged') {
      const run =
        bodyHash === null
          ? keep.run(at, at, next, etag, lastModified, feedId)
          : same.run(at, at, next, etag, lastModified, bodyHash, at, feedId);
      found(feedId, run.changes);
      return [];
    }
    const backlog = feed.get(feedId)?.succeeded_at === null;
    const { hints, rhythm, memory = null } = outcome;
    const run = replace.run(
      ...([at, at, next, etag, lastModified, bodyHash, at, toJson(hints), toJson(rhythm), memory, feedId] as const),
    );
    found(feedId, run.changes);
    return saveItems(feedId, outcome, at, backlog);
  };
  const recordCheck = database.transaction(record);
  return {
    async recordCheck(feedId, outcome, at, nextCheckAt) {
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
  if (rows !== 1) throw new Error(`There is no feed ${feedId} to record a check of`);
}
