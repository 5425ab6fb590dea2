import type { Database } from 'better-sqlite3';
import type { Delivery, DeliveryState, Instant } from '../../src/model.ts';
import type { DeliveryEnd, DigestClaim, DigestStore } from '../../src/ports.ts';
import { keepComposition } from './revisions.ts';

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
}

type DeliveryStore = Pick<
  DigestStore,
  | 'claimDigest'
  | 'passDigest'
  | 'settleDelivery'
  | 'doubtOpenClaims'
  | 'deliveries'
  | 'eventsOfDelivery'
  | 'deliveryOf'
  | 'deliveredEvents'
>;

/** The events of `@events`, each with itself and those that the subscription's workspace merged into it: told is told, merged or not. */
const SHOWN_EVENTS = `SELECT value AS shown_id, value AS event_id FROM json_each(@events)
  UNION ALL SELECT g.shown_id, g.event_id FROM json_each(@events) AS m
    CROSS JOIN subscriptions AS s ON s.id = @subscriptionId
    CROSS JOIN event_merges AS g ON g.workspace_id = s.workspace_id AND g.shown_id = m.value`;

/** The ledger of what each subscription got. A delivery's id is its running number. */
export function deliveries(database: Database): DeliveryStore {
  const claim = claimDigest(database);
  const settle = database.prepare<[DeliveryState, Instant, string | null, string | null, string]>(
    'UPDATE deliveries SET state = ?, settled_at = ?, message_ref = ?, error = ? WHERE number = CAST(? AS INTEGER)',
  );
  // Nobody read what failed, so the next digest covers that time again.
  const reopen = database.prepare<[string]>(
    `UPDATE subscriptions AS s SET covered_until = d.window_from FROM deliveries AS d
     WHERE d.number = CAST(? AS INTEGER) AND s.id = d.subscription_id AND s.covered_until = d.window_to`,
  );
  const retry = database.prepare<[Instant, string]>(
    `UPDATE subscriptions AS s SET next_digest_at = min(s.next_digest_at, ?) FROM deliveries AS d
     WHERE d.number = CAST(? AS INTEGER) AND s.id = d.subscription_id`,
  );
  const settleDelivery = database.transaction((deliveryId: string, end: DeliveryEnd, at: Instant) => {
    const [state, messageRef, error] = endOf(end);
    const { changes } = settle.run(state, at, messageRef, error, deliveryId);
    if (changes !== 1) throw new Error(`There is no delivery ${deliveryId} to settle`);
    if (state === 'failed') reopen.run(deliveryId);
    if ('retryAt' in end) retry.run(end.retryAt, deliveryId);
  });
  const doubt = database.prepare<[Instant], DeliveryRow>(
    "UPDATE deliveries SET state = 'doubtful', settled_at = ? WHERE state = 'claimed' RETURNING *",
  );
  const newest = database.prepare<[string, number], DeliveryRow>(
    'SELECT * FROM deliveries WHERE subscription_id = ? ORDER BY number DESC LIMIT ?',
  );
  // What failed was never read, so a later digest may hold it again; what is doubtful may have been.
  const delivered = database
    .prepare<[{ events: string; subscriptionId: string }], string>(
      `SELECT DISTINCT w.shown_id FROM (${SHOWN_EVENTS}) AS w
         CROSS JOIN delivered_events AS e ON e.event_id = w.event_id
         CROSS JOIN deliveries AS d ON d.number = e.delivery_number
       WHERE d.subscription_id = @subscriptionId AND d.state <> 'failed'`,
    )
    .pluck();
  const holder = database.prepare<[{ events: string; itemId: string; subscriptionId: string }], DeliveryRow>(
    `SELECT d.* FROM (
         SELECT e.delivery_number FROM (${SHOWN_EVENTS}) AS w CROSS JOIN delivered_events AS e ON e.event_id = w.event_id
         UNION SELECT delivery_number FROM posted_items WHERE item_id = @itemId) AS h
       CROSS JOIN deliveries AS d ON d.number = h.delivery_number
     WHERE d.subscription_id = @subscriptionId AND d.state <> 'failed' ORDER BY d.number DESC LIMIT 1`,
  );
  const held = database
    .prepare<[string], string>(
      'SELECT event_id FROM delivered_events WHERE delivery_number = CAST(? AS INTEGER) ORDER BY position',
    )
    .pluck();
  const pass = database.prepare<[Instant, Instant, string]>(
    `UPDATE subscriptions SET covered_until = max(ifnull(covered_until, ''), ?), next_digest_at = ? WHERE id = ?`,
  );
  return {
    async claimDigest(wanted) {
      return claim(wanted);
    },
    async passDigest(subscriptionId, coveredUntil, nextDigestAt) {
      pass.run(coveredUntil, nextDigestAt, subscriptionId);
    },
    async settleDelivery(deliveryId, end, at) {
      settleDelivery.immediate(deliveryId, end, at);
    },
    async doubtOpenClaims(at) {
      return doubt.all(at).map(toDelivery);
    },
    async deliveries(subscriptionId, limit) {
      return newest.all(subscriptionId, limit).map(toDelivery);
    },
    async eventsOfDelivery(deliveryId) {
      return held.all(deliveryId);
    },
    async deliveryOf(subscriptionId, { itemId, eventId = itemId }) {
      const row = holder.get({ events: JSON.stringify([eventId]), itemId, subscriptionId });
      return row === undefined ? undefined : toDelivery(row);
    },
    async deliveredEvents(subscriptionId, eventIds) {
      return new Set(delivered.all({ events: JSON.stringify(eventIds), subscriptionId }));
    },
  };
}

function claimDigest(database: Database): (claim: DigestClaim) => Delivery | undefined {
  const covered = database.prepare<[string], { covered_until: Instant | null }>(
    'SELECT covered_until FROM subscriptions WHERE id = ?',
  );
  const insert = database.prepare<[string, Instant, Instant, number, Instant], DeliveryRow>(
    `INSERT INTO deliveries (subscription_id, window_from, window_to, state, events, claimed_at)
     VALUES (?, ?, ?, 'claimed', ?, ?) ON CONFLICT DO NOTHING RETURNING *`,
  );
  const insertEvent = database.prepare<[number, number, string]>(
    'INSERT INTO delivered_events (delivery_number, position, event_id) VALUES (?, ?, ?)',
  );
  const advance = database.prepare<[Instant, Instant, string]>(
    'UPDATE subscriptions SET covered_until = ?, next_digest_at = ? WHERE id = ?',
  );
  const keep = keepComposition(database);
  const claim = database.transaction((wanted: DigestClaim) => {
    const { subscriptionId, window, eventIds, nextDigestAt, at, composition } = wanted;
    const subscription = covered.get(subscriptionId);
    if (subscription === undefined) throw new Error(`There is no subscription ${subscriptionId} to claim a digest of`);
    if (subscription.covered_until !== null && subscription.covered_until >= window.to) return undefined;
    const row = insert.get(subscriptionId, window.from, window.to, eventIds.length, at);
    if (row === undefined) return undefined;
    for (const [position, eventId] of eventIds.entries()) insertEvent.run(row.number, position, eventId);
    if (composition) keep(row.number, composition);
    advance.run(window.to, nextDigestAt, subscriptionId);
    return toDelivery(row);
  });
  return (wanted) => claim.immediate(wanted);
}

function endOf(end: DeliveryEnd): [state: DeliveryState, messageRef: string | null, error: string | null] {
  if ('messageRef' in end) return ['sent', end.messageRef, null];
  return 'doubt' in end ? ['doubtful', null, end.doubt] : ['failed', null, end.error];
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
  };
}
