import type { Database } from 'better-sqlite3';
import type { Card } from '../../src/card.ts';
import type { Instant } from '../../src/model.ts';
import type { DigestStore } from '../../src/ports.ts';
import { type DeliveryRow, toDelivery } from './deliveries.ts';
import { type SubscriptionRow, toSubscription } from './subscriptions.ts';

/** Deliveries that are not over: to be sent again, or asked about. */
export function openDeliveries(
  database: Database,
): Pick<DigestStore, 'openDeliveries' | 'openDelivery' | 'reclaimDelivery'> {
  const due = database.prepare<[Instant], DeliveryRow>(
    // Left to itself, SQLite walks the whole ledger in the order of its numbers.
    `SELECT * FROM deliveries INDEXED BY deliveries_by_next_try
     WHERE next_try_at IS NOT NULL AND next_try_at <= ? ORDER BY number`,
  );
  const owner = database.prepare<[string, Instant], SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE id = ? AND suspended_at IS NULL AND (paused_at IS NULL OR paused_until <= ?)`,
  );
  const oldest = database.prepare<[string], DeliveryRow>(
    'SELECT * FROM deliveries WHERE subscription_id = ? AND next_try_at IS NOT NULL ORDER BY number LIMIT 1',
  );
  const reclaim = database
    .prepare<[string], string | null>(
      `UPDATE deliveries SET state = 'claimed', next_try_at = NULL
       WHERE number = CAST(? AS INTEGER) AND next_try_at IS NOT NULL RETURNING card`,
    )
    .pluck();
  return {
    async openDeliveries(now) {
      return due.all(now).flatMap((row) => {
        const found = owner.get(row.subscription_id, now);
        return found ? [{ delivery: toDelivery(row), subscription: toSubscription(found) }] : [];
      });
    },
    async openDelivery(subscriptionId) {
      const row = oldest.get(subscriptionId);
      return row && toDelivery(row);
    },
    async reclaimDelivery(deliveryId) {
      const text = reclaim.get(deliveryId);
      if (text === undefined) return undefined;
      if (text === null) throw new Error(`The delivery ${deliveryId} was open without its card`);
      const card: Card = JSON.parse(text);
      return card;
    },
  };
}
