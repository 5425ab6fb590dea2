import type { Database } from 'better-sqlite3';
import type { Instant } from '../../src/model.ts';
import {
  type Composition,
  type DueRevision,
  type ItemChange,
  type PostedComposition,
  REVISED_FOR,
  type RevisionCause,
  type RevisionEnd,
  type RevisionStore,
} from '../../src/revision.ts';
import { plus } from '../../src/time.ts';
import { type DeliveryRow, toDelivery } from './deliveries.ts';
import { fromJson } from './rows.ts';

interface DueRow extends DeliveryRow {
  composition: string;
  shown: string;
  adapter: string;
  workspace_id: string;
  channel_id: string;
}

interface NoteRow {
  cause: RevisionCause;
  by: string | null;
  items: number;
  tries: number;
  outcome: string | null;
}

/** The queue of posted digests to edit. */
export function revisions(database: Database): RevisionStore {
  const queue = changeQueue(database);
  // A change is no older than the digest it is noted for, so the lower end leaves nothing out.
  const due = database.prepare<[{ now: Instant; since: Instant; adapter: string; limit: number }], DueRow>(
    `SELECT d.*, c.content AS composition, p.shown, s.adapter, s.workspace_id, s.channel_id
     FROM (SELECT DISTINCT delivery_number FROM digest_revisions WHERE outcome IS NULL
             AND next_try_at > @since AND next_try_at <= @now) AS w
       JOIN deliveries AS d ON d.number = w.delivery_number
       JOIN posted_digests AS p ON p.delivery_number = d.number
       JOIN compositions AS c ON c.number = p.composition_number AND c.content IS NOT NULL
       JOIN subscriptions AS s ON s.id = d.subscription_id AND s.adapter = @adapter
     WHERE d.state = 'sent' AND d.message_ref IS NOT NULL AND d.claimed_at > @since ORDER BY d.number LIMIT @limit`,
  );
  const notes = database.prepare<[number], NoteRow>(
    `SELECT cause, by, items, tries, outcome FROM digest_revisions
     WHERE delivery_number = ? AND (outcome IS NULL OR outcome = 'shown') ORDER BY number`,
  );
  const end = database.prepare<[string, string, number]>(
    `UPDATE digest_revisions SET outcome = ? WHERE number IN (SELECT number FROM digest_revisions
       WHERE delivery_number = CAST(? AS INTEGER) AND outcome IS NULL ORDER BY number LIMIT ?)`,
  );
  const putOff = database.prepare<[Instant, string]>(
    `UPDATE digest_revisions SET tries = tries + 1, next_try_at = ?
     WHERE delivery_number = CAST(? AS INTEGER) AND outcome IS NULL`,
  );
  const rewrite = database.prepare<[string, string]>(
    'UPDATE posted_digests SET shown = ? WHERE delivery_number = CAST(? AS INTEGER)',
  );
  const settle = database.transaction(({ delivery, waiting }: DueRevision, ended: RevisionEnd) => {
    if ('retryAt' in ended) {
      putOff.run(ended.retryAt, delivery.id);
      return;
    }
    // What was noted while the edit was under way waits for the next one.
    end.run(ended.outcome, delivery.id, waiting);
    if (ended.outcome === 'shown') rewrite.run(ended.shown, delivery.id);
  });
  const old = database
    .prepare<[{ before: Instant; limit: number }], number>(
      'SELECT number FROM compositions WHERE content IS NOT NULL AND used_at <= @before ORDER BY used_at LIMIT @limit',
    )
    .pluck();
  const forgetContent = database.prepare<[number]>('UPDATE compositions SET content = NULL WHERE number = ?');
  const forgetNotes = database.prepare<[number]>(
    `DELETE FROM digest_revisions WHERE delivery_number IN (
       SELECT delivery_number FROM posted_digests WHERE composition_number = ?)`,
  );
  const forget = database.transaction((now: Instant, limit: number) => {
    const numbers = old.all({ before: plus(now, -REVISED_FOR), limit });
    for (const number of numbers) {
      forgetNotes.run(number);
      forgetContent.run(number);
    }
    return numbers.length;
  });
  return {
    async queueRevisions(change) {
      return queue(change);
    },
    async dueRevisions(adapter, now, limit) {
      return due
        .all({ now, since: plus(now, -REVISED_FOR), adapter, limit })
        .map((row) => toDue(row, notes.all(row.number)));
    },
    async settleRevision(revision, ended) {
      settle.immediate(revision, ended);
    },
    async forgetCompositions(now, limit) {
      return forget.immediate(now, limit);
    },
  };
}

/** Returns a function that notes a change for the digests of the last days that hold one of its items, each change once. */
export function changeQueue(database: Database): (change: ItemChange) => number {
  // What is under way, in doubt or to be tried again is edited once it was sent: every try shows the card of its claim.
  const insert = database.prepare(
    `INSERT INTO digest_revisions (delivery_number, change, cause, by, items, at, next_try_at)
     SELECT d.number, @id, @cause, @by, count(*), @at, @at
     FROM json_each(@itemIds) AS wanted
       CROSS JOIN composed_items AS c ON c.item_id = wanted.value
       CROSS JOIN posted_digests AS p ON p.composition_number = c.composition_number
       CROSS JOIN deliveries AS d ON d.number = p.delivery_number
       CROSS JOIN subscriptions AS s ON s.id = d.subscription_id
     WHERE (d.state <> 'failed' OR d.next_try_at IS NOT NULL) AND d.claimed_at > @since AND (@workspaceId IS NULL OR s.workspace_id = @workspaceId)
     GROUP BY d.number ON CONFLICT DO NOTHING`,
  );
  return ({ id, workspaceId = null, itemIds, cause, by = null, at }) => {
    const since = plus(at, -REVISED_FOR);
    return insert.run({ id, workspaceId, itemIds: JSON.stringify(itemIds), cause, by, at, since }).changes;
  };
}

/** Returns a function that keeps what the digest of a delivery was made of; channels that got the same share it. */
export function keepComposition(
  database: Database,
): (deliveryNumber: number, posted: PostedComposition, at: Instant) => void {
  const use = database
    .prepare<[Instant, string], number>(
      'UPDATE compositions SET used_at = max(used_at, ?) WHERE id = ? AND content IS NOT NULL RETURNING number',
    )
    .pluck();
  const insert = database
    .prepare<[string, string, Instant], number>(
      `INSERT INTO compositions (id, content, used_at) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET content = excluded.content, used_at = excluded.used_at RETURNING number`,
    )
    .pluck();
  const insertItem = database.prepare<[string, number]>(
    'INSERT OR IGNORE INTO composed_items (item_id, composition_number) VALUES (?, ?)',
  );
  const post = database.prepare<[number, number, string]>(
    'INSERT INTO posted_digests (delivery_number, composition_number, shown) VALUES (?, ?, ?)',
  );
  const make = ({ id, composition }: PostedComposition, at: Instant): number => {
    const number = insert.get(id, JSON.stringify(composition), at);
    if (number === undefined) throw new Error('A composition was not stored');
    for (const itemId of composition.itemIds) insertItem.run(itemId, number);
    return number;
  };
  return (deliveryNumber, posted, at) => {
    post.run(deliveryNumber, use.get(at, posted.id) ?? make(posted, at), posted.shown);
  };
}

function toDue(row: DueRow, noted: readonly NoteRow[]): DueRevision {
  const { composition, shown, adapter, workspace_id: workspaceId, channel_id: id } = row;
  const waiting = noted.filter(({ outcome }) => outcome === null);
  return {
    delivery: toDelivery(row),
    messageRef: row.message_ref ?? '',
    channel: { adapter, workspaceId, id },
    composition: fromJson<Composition>(composition),
    shown,
    notes: noted.map(({ cause, by, items }) => ({ cause, items, ...(by !== null && { by }) })),
    waiting: waiting.length,
    tries: Math.max(0, ...waiting.map(({ tries }) => tries)),
  };
}
