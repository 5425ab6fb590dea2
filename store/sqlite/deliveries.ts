import type { Database } from 'better-sqlite3';
import type { Delivery, DeliveryState, Instant, LocalDate, Occasion } from '../../src/model.ts';
import type { DeliveryEnd, DigestClaim, DigestStore, InstantClaim } from '../../src/ports.ts';
import { keepComposition } from './revisions.ts';
import { together } from './together.ts';

export interface DeliveryRow {
  number: number;
  subscription_id: string;
  window_from: Instant;
  window_to: Instant;
  state: DeliveryState;
  events: number;
  claimed_at: Instant;
  settled_at: Instant | null;
  message_ref: string | null;
  error: string | null;
  attempts: number;
  next_try_at: Instant | null;
  settled_by: string | null;
  occasion: Occasion | null;
  local_date: LocalDate | null;
}

type DeliveryStore = Pick<
  DigestStore,
  | 'claimDigest'
  | 'claimInstant'
  | 'passDigest'
  | 'sentDates'
  | 'settleDelivery'
  | 'doubtOpenClaims'
  | 'deliveries'
  | 'eventsOfDelivery'
  | 'itemsOfDelivery'
  | 'deliveryOf'
  | 'deliveredEvents'
>;

/** The events of `@events`, each with itself and those that the subscription's workspace merged into it: told is told, merged or not. */
const SHOWN_EVENTS = `SELECT value AS shown_id, value AS event_id FROM json_each(@events)
  UNION ALL SELECT g.shown_id, g.event_id FROM json_each(@events) AS m
    CROSS JOIN subscriptions AS s ON s.id = @subscriptionId
    CROSS JOIN event_merges AS g ON g.workspace_id = s.workspace_id AND g.shown_id = m.value`;

/** True of deliveries that have not failed for good. */
const NOT_FAILED = `(state <> 'failed' OR next_try_at IS NOT NULL)`;

/** The ledger of what each subscription got. A delivery's id is its running number. */
export function deliveries(database: Database): DeliveryStore {
  const { claimDigest, claimInstant } = claims(database);
  const sent = database
    .prepare<[string, LocalDate], LocalDate>(
      `SELECT local_date FROM deliveries WHERE subscription_id = ? AND local_date >= ? AND ${NOT_FAILED}`,
    )
    .pluck();
  // The card is kept for as long as it may be needed: that of a doubt which nobody could settle, for the person who looks.
  const settle = database.prepare<[EndRow]>(
    `UPDATE deliveries SET state = @state, settled_at = @at, message_ref = @message_ref, error = @error,
       attempts = attempts + @tried, next_try_at = @next_try_at, settled_by = @settled_by,
       card = CASE WHEN @next_try_at IS NULL AND @state <> 'doubtful' THEN NULL ELSE card END
     WHERE number = CAST(@id AS INTEGER)`,
  );
  // Nobody read what failed for good, so the next digest covers that time again.
  const reopen = database.prepare<[string]>(
    `UPDATE subscriptions AS s SET covered_until = d.window_from FROM deliveries AS d
     WHERE d.number = CAST(? AS INTEGER) AND s.id = d.subscription_id AND s.covered_until >= d.window_to`,
  );
  // Its date has had no digest, so that another may be claimed for it.
  const unsend = database.prepare<[string]>(
    `UPDATE subscriptions AS s SET sent_date = (SELECT max(local_date) FROM deliveries WHERE subscription_id = s.id AND ${NOT_FAILED})
     FROM deliveries AS d WHERE d.number = CAST(? AS INTEGER) AND s.id = d.subscription_id AND d.local_date IS NOT NULL`,
  );
  const bringForward = database.prepare<[Instant, string]>(
    `UPDATE subscriptions AS s SET next_digest_at = min(s.next_digest_at, ?) FROM deliveries AS d
     WHERE d.number = CAST(? AS INTEGER) AND s.id = d.subscription_id`,
  );
  const settleDelivery = database.transaction((deliveryId: string, end: DeliveryEnd, at: Instant) => {
    const row = { id: deliveryId, at, ...endOf(end) };
    const { changes } = settle.run(row);
    if (changes !== 1) throw new Error(`There is no delivery ${deliveryId} to settle`);
    if (row.state !== 'failed' || row.next_try_at !== null) return;
    reopen.run(deliveryId);
    unsend.run(deliveryId);
    if ('nextDigestAt' in end && end.nextDigestAt) bringForward.run(end.nextDigestAt, deliveryId);
  });
  // One that was claimed before cards were kept cannot be settled by asking.
  const doubt = database.prepare<{ at: Instant }, DeliveryRow>(
    `UPDATE deliveries SET state = 'doubtful', settled_at = @at, attempts = attempts + 1, error = NULL,
       next_try_at = CASE WHEN card IS NULL THEN NULL ELSE @at END
     WHERE state = 'claimed' RETURNING *`,
  );
  const newest = database.prepare<[string, number], DeliveryRow>(
    'SELECT * FROM deliveries WHERE subscription_id = ? ORDER BY number DESC LIMIT ?',
  );
  const delivered = deliveredAmong(database);
  const holder = database.prepare<[{ events: string; itemId: string; subscriptionId: string }], DeliveryRow>(
    `SELECT d.* FROM (
         SELECT e.delivery_number FROM (${SHOWN_EVENTS}) AS w
           CROSS JOIN delivered_events AS e ON e.subscription_id = @subscriptionId AND e.event_id = w.event_id
         UNION SELECT p.delivery_number FROM composed_items AS c
           CROSS JOIN posted_digests AS p ON p.composition_number = c.composition_number WHERE c.item_id = @itemId) AS h
       CROSS JOIN deliveries AS d ON d.number = h.delivery_number
     WHERE d.subscription_id = @subscriptionId AND ${NOT_FAILED} ORDER BY d.number DESC LIMIT 1`,
  );
  const held = database
    .prepare<[string], string>(
      'SELECT event_id FROM delivered_events WHERE delivery_number = CAST(? AS INTEGER) ORDER BY position',
    )
    .pluck();
  const shown = database
    .prepare<[string], string>(
      `SELECT c.item_id FROM posted_digests AS p CROSS JOIN composed_items AS c USING (composition_number)
       WHERE p.delivery_number = CAST(? AS INTEGER)`,
    )
    .pluck();
  const pass = database.prepare<[Instant, Instant, Instant, string]>(
    'UPDATE subscriptions SET covered_until = ?, next_digest_at = ?, planned_at = ? WHERE id = ?',
  );
  return {
    claimDigest,
    claimInstant,
    passDigest: together(database, (id: string, nextDigestAt: Instant, at: Instant) => {
      pass.run(at, nextDigestAt, at, id);
    }),
    async sentDates(subscriptionId, from) {
      return new Set(sent.all(subscriptionId, from));
    },
    settleDelivery: together(database, settleDelivery),
    async doubtOpenClaims(at) {
      return doubt.all({ at }).map(toDelivery);
    },
    async deliveries(subscriptionId, limit) {
      return newest.all(subscriptionId, limit).map(toDelivery);
    },
    async eventsOfDelivery(deliveryId) {
      return held.all(deliveryId);
    },
    async itemsOfDelivery(deliveryId) {
      return shown.all(deliveryId);
    },
    async deliveryOf(subscriptionId, { itemId, eventId = itemId }) {
      const row = holder.get({ events: JSON.stringify([eventId]), itemId, subscriptionId });
      return row === undefined ? undefined : toDelivery(row);
    },
    async deliveredEvents(subscriptionId, eventIds) {
      return delivered(subscriptionId, eventIds);
    },
  };
}

/** Returns a function that tells which of some events a subscription has had. */
function deliveredAmong(database: Database): (subscriptionId: string, eventIds: readonly string[]) => Set<string> {
  // What failed for good was never read, so a later digest may hold it again; what is doubtful may have been.
  const delivered = database
    .prepare<[{ events: string; subscriptionId: string }], string>(
      `SELECT DISTINCT w.shown_id FROM (${SHOWN_EVENTS}) AS w
         CROSS JOIN delivered_events AS e ON e.subscription_id = @subscriptionId AND e.event_id = w.event_id
         CROSS JOIN deliveries AS d ON d.number = e.delivery_number
       WHERE ${NOT_FAILED}`,
    )
    .pluck();
  return (subscriptionId, eventIds) => new Set(delivered.all({ events: JSON.stringify(eventIds), subscriptionId }));
}

function claims(database: Database): Pick<DigestStore, 'claimDigest' | 'claimInstant'> {
  const covered = database.prepare<[string], { covered_until: Instant | null }>(
    'SELECT covered_until FROM subscriptions WHERE id = ?',
  );
  const insert = database.prepare<
    [string, Instant, Instant, number, Instant, string, Occasion | null, LocalDate | null],
    DeliveryRow
  >(
    `INSERT INTO deliveries (subscription_id, window_from, window_to, state, events, claimed_at, card, attempts, occasion, local_date)
     VALUES (?, ?, ?, 'claimed', ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING RETURNING *`,
  );
  const insertEvent = database.prepare<[number, number, string, string]>(
    'INSERT INTO delivered_events (delivery_number, position, event_id, subscription_id) VALUES (?, ?, ?, ?)',
  );
  const advance = database.prepare<[Instant, Instant, Instant, LocalDate | null, string]>(
    `UPDATE subscriptions SET covered_until = ?, next_digest_at = ?, planned_at = ?,
       sent_date = nullif(max(ifnull(sent_date, ''), ifnull(?, '')), '') WHERE id = ?`,
  );
  const keep = keepComposition(database);
  const delivered = deliveredAmong(database);
  const write = (wanted: InstantClaim, occasion: Occasion | null, localDate: LocalDate | null) => {
    const { subscriptionId, window, eventIds, card, composition, at } = wanted;
    // A digest and what is posted at once are composed side by side; what one has claimed meanwhile, the other composes anew without.
    if (delivered(subscriptionId, eventIds).size > 0) return undefined;
    const { from, to } = window;
    const text = JSON.stringify(card);
    const row = insert.get(subscriptionId, from, to, eventIds.length, at, text, occasion, localDate);
    if (row === undefined) return undefined;
    for (const [position, eventId] of eventIds.entries())
      insertEvent.run(row.number, position, eventId, subscriptionId);
    if (composition) keep(row.number, composition, at);
    return toDelivery(row);
  };
  const claim = database.transaction((wanted: DigestClaim) => {
    const { subscriptionId, window, nextDigestAt, at, occasion = null, localDate = null } = wanted;
    const subscription = covered.get(subscriptionId);
    if (subscription === undefined) throw new Error(`There is no subscription ${subscriptionId} to claim a digest of`);
    const until = subscription.covered_until;
    // What is covered beyond now was claimed by a clock that has gone back since.
    if (until !== null && until >= window.to && until <= at) return undefined;
    const delivery = write(wanted, occasion, localDate);
    if (delivery !== undefined) advance.run(window.to, nextDigestAt, at, localDate, subscriptionId);
    return delivery;
  });
  const claimEvents = database.transaction((wanted: InstantClaim) => write(wanted, 'instant', null));
  return { claimDigest: together(database, claim), claimInstant: together(database, claimEvents) };
}

/** How a try ended, as columns. */
interface EndRow extends Pick<DeliveryRow, 'state' | 'message_ref' | 'error' | 'next_try_at' | 'settled_by'> {
  readonly id: string;
  readonly at: Instant;
  /** 1 for an attempt, 0 where nothing was tried. */
  readonly tried: number;
}

function endOf(end: DeliveryEnd): Omit<EndRow, 'id' | 'at'> {
  if ('messageRef' in end) {
    const { messageRef, settledBy = null } = end;
    return { state: 'sent', message_ref: messageRef, error: null, next_try_at: null, settled_by: settledBy, tried: 1 };
  }
  const { retryAt = null, isUntried = false } = end;
  const [state, error] = 'doubt' in end ? (['doubtful', end.doubt] as const) : (['failed', end.error] as const);
  return { state, message_ref: null, error, next_try_at: retryAt, settled_by: null, tried: isUntried ? 0 : 1 };
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: String(row.number),
    subscriptionId: row.subscription_id,
    window: { from: row.window_from, to: row.window_to },
    ...(row.occasion !== null && { occasion: row.occasion }),
    ...(row.local_date !== null && { localDate: row.local_date }),
    state: row.state,
    events: row.events,
    claimedAt: row.claimed_at,
    ...(row.settled_at !== null && { settledAt: row.settled_at }),
    ...(row.message_ref !== null && { messageRef: row.message_ref }),
    ...(row.error !== null && { error: row.error }),
    attempts: row.attempts,
    ...(row.next_try_at !== null && { nextTryAt: row.next_try_at }),
    ...(row.settled_by !== null && { settledBy: row.settled_by }),
  };
}
