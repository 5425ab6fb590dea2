import type { Database } from 'better-sqlite3';
import type { Delivery, DeliveryState, Instant } from '../../src/model.ts';
import type { DeliveryEnd, DigestClaim, DigestStore } from '../../src/ports.ts';

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
}

type DeliveryStore = Pick<
  DigestStore,
  'claimDigest' | 'settleDelivery' | 'doubtOpenClaims' | 'deliveries' | 'eventsOfDelivery' | 'deliveredEvents'
>;

/** The ledger of what each subscription got. A delivery's id is its running number. */
export function deliveries(database: Database): DeliveryStore {
  const claim = claimDigest(database);
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
     WHERE d.number = CAST(? AS INTEGER) AND s.id = d.subscription_id AND s.covered_until = d.window_to`,
  );
  const settleDelivery = database.transaction((deliveryId: string, end: DeliveryEnd, at: Instant) => {
    const row = { id: deliveryId, at, ...endOf(end) };
    const { changes } = settle.run(row);
    if (changes !== 1) throw new Error(`There is no delivery ${deliveryId} to settle`);
    if (row.state === 'failed' && row.next_try_at === null) reopen.run(deliveryId);
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
  // What failed for good was never read, so a later digest may hold it again; what is doubtful may have been.
  const delivered = database
    .prepare<[string, string], string>(
      `SELECT DISTINCT e.event_id FROM json_each(?) AS wanted
         CROSS JOIN delivered_events AS e ON e.event_id = wanted.value
         CROSS JOIN deliveries AS d ON d.number = e.delivery_number
       WHERE d.subscription_id = ? AND (d.state <> 'failed' OR d.next_try_at IS NOT NULL)`,
    )
    .pluck();
  const held = database
    .prepare<[string], string>(
      'SELECT event_id FROM delivered_events WHERE delivery_number = CAST(? AS INTEGER) ORDER BY position',
    )
    .pluck();
  return {
    async claimDigest(wanted) {
      return claim(wanted);
    },
    async settleDelivery(deliveryId, end, at) {
      settleDelivery.immediate(deliveryId, end, at);
    },
    async doubtOpenClaims(at) {
      return doubt.all({ at }).map(toDelivery);
    },
    async deliveries(subscriptionId, limit) {
      return newest.all(subscriptionId, limit).map(toDelivery);
    },
    async eventsOfDelivery(deliveryId) {
      return held.all(deliveryId);
    },
    async deliveredEvents(subscriptionId, eventIds) {
      return new Set(delivered.all(JSON.stringify(eventIds), subscriptionId));
    },
  };
}

function claimDigest(database: Database): (claim: DigestClaim) => Delivery | undefined {
  const covered = database.prepare<[string], { covered_until: Instant | null }>(
    'SELECT covered_until FROM subscriptions WHERE id = ?',
  );
  const insert = database.prepare<[string, Instant, Instant, number, Instant, string], DeliveryRow>(
    `INSERT INTO deliveries (subscription_id, window_from, window_to, state, events, claimed_at, card, attempts)
     VALUES (?, ?, ?, 'claimed', ?, ?, ?, 0) ON CONFLICT DO NOTHING RETURNING *`,
  );
  const insertEvent = database.prepare<[number, number, string]>(
    'INSERT INTO delivered_events (delivery_number, position, event_id) VALUES (?, ?, ?)',
  );
  const advance = database.prepare<[Instant, Instant, string]>(
    'UPDATE subscriptions SET covered_until = ?, next_digest_at = ? WHERE id = ?',
  );
  const claim = database.transaction(({ subscriptionId, window, eventIds, card, nextDigestAt, at }: DigestClaim) => {
    const subscription = covered.get(subscriptionId);
    if (subscription === undefined) throw new Error(`There is no subscription ${subscriptionId} to claim a digest of`);
    if (subscription.covered_until !== null && subscription.covered_until >= window.to) return undefined;
    const row = insert.get(subscriptionId, window.from, window.to, eventIds.length, at, JSON.stringify(card));
    if (row === undefined) return undefined;
    for (const [position, eventId] of eventIds.entries()) insertEvent.run(row.number, position, eventId);
    advance.run(window.to, nextDigestAt, subscriptionId);
    return toDelivery(row);
  });
  return (wanted) => claim.immediate(wanted);
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
