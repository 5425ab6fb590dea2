import type { Database } from 'better-sqlite3';
import type { Instant } from '../../src/model.ts';
import type { DigestStore } from '../../src/ports.ts';
import { type SubscriptionRow, toSubscription } from './subscriptions.ts';

/** Channels that take no posts until a person changes something there. */
export function suspensions(database: Database): Pick<DigestStore, 'suspend' | 'liftSuspension'> {
  const suspend = database.prepare<[Instant, string, string, string, string], SubscriptionRow>(
    `UPDATE subscriptions SET suspended_at = ?, suspended_reason = ?
     WHERE workspace_id = ? AND adapter = ? AND channel_id = ? AND suspended_at IS NULL RETURNING *`,
  );
  const lift = database.prepare<[string, string, string]>(
    `UPDATE subscriptions SET suspended_at = NULL, suspended_reason = NULL
     WHERE workspace_id = ? AND adapter = ? AND channel_id = ? AND suspended_at IS NOT NULL`,
  );
  return {
    async suspend({ workspaceId, adapter, id }, { at, reason }) {
      const row = suspend.get(at, reason, workspaceId, adapter, id);
      return row === undefined ? undefined : toSubscription(row);
    },
    async liftSuspension({ workspaceId, adapter, id }) {
      return lift.run(workspaceId, adapter, id).changes === 1;
    },
  };
}
