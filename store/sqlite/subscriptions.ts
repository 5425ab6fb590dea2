import type { Database } from 'better-sqlite3';
import type { BarrierId, Instant, QuietDays, Stream, Subscription, Weekday } from '../../src/model.ts';
import type { DigestStore } from '../../src/ports.ts';
import { recordChanges } from './changes.ts';
import { fromJson } from './rows.ts';

export interface SubscriptionRow {
  id: string;
  workspace_id: string;
  adapter: string;
  channel_id: string;
  barriers: string;
  streams: string;
  days: string;
  local_time: string;
  time_zone: string;
  next_digest_at: Instant;
  covered_until: Instant | null;
  paused_at: Instant | null;
  paused_until: Instant | null;
  suspended_at: Instant | null;
  suspended_reason: string | null;
  created_by: string;
  quiet: QuietDays | null;
}

type SubscriptionStore = Pick<
  DigestStore,
  'subscriptions' | 'subscriptionOf' | 'saveSubscription' | 'dueSubscriptions'
>;

/** Which channel wants which digest, and when. A channel has one subscription. */
export function subscriptions(database: Database): SubscriptionStore {
  const record = recordChanges(database);
  const ofWorkspace = database.prepare<[string], SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE workspace_id = ? ORDER BY adapter, channel_id',
  );
  const ofChannel = database.prepare<[string, string, string], SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE workspace_id = ? AND adapter = ? AND channel_id = ?',
  );
  const due = database.prepare<[Instant, Instant], SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE next_digest_at <= ? AND (paused_at IS NULL OR paused_until <= ?)
       AND suspended_at IS NULL ORDER BY next_digest_at, id`,
  );
  const write = database.prepare<[SubscriptionRow]>(
    `INSERT INTO subscriptions (id, workspace_id, adapter, channel_id, barriers, streams, days, local_time, time_zone,
       next_digest_at, covered_until, paused_at, paused_until, suspended_at, suspended_reason, created_by, quiet)
     VALUES (@id, @workspace_id, @adapter, @channel_id, @barriers, @streams, @days, @local_time, @time_zone,
       @next_digest_at, @covered_until, @paused_at, @paused_until, @suspended_at, @suspended_reason, @created_by,
       @quiet)
     ON CONFLICT DO UPDATE SET workspace_id = excluded.workspace_id, adapter = excluded.adapter,
       channel_id = excluded.channel_id, barriers = excluded.barriers, streams = excluded.streams, days = excluded.days,
       local_time = excluded.local_time, time_zone = excluded.time_zone, next_digest_at = excluded.next_digest_at,
       paused_at = excluded.paused_at, paused_until = excluded.paused_until, suspended_at = excluded.suspended_at,
       suspended_reason = excluded.suspended_reason, created_by = excluded.created_by, quiet = excluded.quiet,
       covered_until = nullif(max(ifnull(covered_until, ''), ifnull(excluded.covered_until, '')), '')`,
  );
  const save = database.transaction((wanted: Subscription, action: string, actor: string, at: Instant) => {
    const { adapter, workspaceId, id: channelId } = wanted.channel;
    const before = ofChannel.get(workspaceId, adapter, channelId);
    write.run(toRow(wanted));
    const after = ofChannel.get(workspaceId, adapter, channelId);
    if (after === undefined) throw new Error(`The subscription of ${adapter} ${channelId} was not stored`);
    record({
      workspaceId,
      at,
      actor,
      action,
      subject: after.id,
      ...(before !== undefined && { before: JSON.stringify(toSubscription(before)) }),
      after: JSON.stringify(toSubscription(after)),
    });
  });
  return {
    async subscriptions(workspaceId) {
      return ofWorkspace.all(workspaceId).map(toSubscription);
    },
    async subscriptionOf({ adapter, workspaceId, id }) {
      const row = ofChannel.get(workspaceId, adapter, id);
      return row === undefined ? undefined : toSubscription(row);
    },
    async saveSubscription(subscription, action, actor, at) {
      save.immediate(subscription, action, actor, at);
    },
    async dueSubscriptions(now) {
      return due.all(now, now).map(toSubscription);
    },
  };
}

function toRow(subscription: Subscription): SubscriptionRow {
  return {
    id: subscription.id,
    workspace_id: subscription.channel.workspaceId,
    adapter: subscription.channel.adapter,
    channel_id: subscription.channel.id,
    barriers: JSON.stringify(subscription.barriers),
    streams: JSON.stringify(subscription.streams),
    days: JSON.stringify(subscription.days),
    local_time: subscription.localTime,
    time_zone: subscription.timeZone,
    next_digest_at: subscription.nextDigestAt,
    covered_until: subscription.coveredUntil ?? null,
    paused_at: subscription.pausedAt ?? null,
    paused_until: subscription.pausedUntil ?? null,
    suspended_at: subscription.suspended?.at ?? null,
    suspended_reason: subscription.suspended?.reason ?? null,
    created_by: subscription.createdBy,
    quiet: subscription.quiet ?? null,
  };
}

export function toSubscription(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    channel: { adapter: row.adapter, workspaceId: row.workspace_id, id: row.channel_id },
    barriers: fromJson<BarrierId[]>(row.barriers),
    streams: fromJson<Stream[]>(row.streams),
    days: fromJson<Weekday[]>(row.days),
    localTime: row.local_time,
    timeZone: row.time_zone,
    nextDigestAt: row.next_digest_at,
    ...(row.covered_until !== null && { coveredUntil: row.covered_until }),
    ...(row.paused_at !== null && { pausedAt: row.paused_at }),
    ...(row.paused_until !== null && { pausedUntil: row.paused_until }),
    ...(row.suspended_at !== null && { suspended: { at: row.suspended_at, reason: row.suspended_reason ?? '' } }),
    ...(row.quiet !== null && { quiet: row.quiet }),
    createdBy: row.created_by,
  };
}
