import type { Database } from 'better-sqlite3';
import type {
  BarrierId,
  Instant,
  InstantWish,
  Length,
  LocalDate,
  QuietDays,
  Stream,
  Subscription,
  Weekday,
} from '../../src/model.ts';
import type { DigestStore } from '../../src/ports.ts';
import { recordChanges } from './changes.ts';
import { fromJson } from './rows.ts';
import { together } from './together.ts';

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
  minimum_confidence: number;
  length: Length;
  instant: string | null;
  sent_date: LocalDate | null;
  scheduled_at: Instant | null;
  resumed_at: Instant | null;
  quiet: QuietDays | null;
}

type SubscriptionStore = Pick<
  DigestStore,
  | 'subscriptions'
  | 'subscriptionOf'
  | 'saveSubscription'
  | 'dueSubscriptions'
  | 'allSubscriptions'
  | 'planDigest'
  | 'instantSubscriptions'
>;

/** True of subscriptions that posts may go to. */
const OPEN = '(paused_at IS NULL OR paused_until <= @now) AND suspended_at IS NULL';

/** Which channel wants which digest, and when. A channel has one subscription. */
export function subscriptions(database: Database): SubscriptionStore {
  const record = recordChanges(database);
  const ofWorkspace = database.prepare<[string], SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE workspace_id = ? ORDER BY adapter, channel_id',
  );
  const ofChannel = database.prepare<[string, string, string], SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE workspace_id = ? AND adapter = ? AND channel_id = ?',
  );
  const due = database.prepare<[{ now: Instant }], SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE (next_digest_at <= @now OR planned_at > @now) AND ${OPEN}
       AND id NOT IN (SELECT subscription_id FROM deliveries WHERE next_try_at IS NOT NULL)
     ORDER BY next_digest_at, id`,
  );
  const all = database.prepare<[], SubscriptionRow>('SELECT * FROM subscriptions ORDER BY id');
  const instant = database.prepare<[{ now: Instant }], SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE instant IS NOT NULL AND ${OPEN} ORDER BY id`,
  );
  const plan = database.prepare<[Instant, Instant, string]>(
    'UPDATE subscriptions SET next_digest_at = ?, planned_at = ? WHERE id = ?',
  );
  const write = database.prepare<[SubscriptionRow & { planned_at: Instant }]>(
    `INSERT INTO subscriptions (id, workspace_id, adapter, channel_id, barriers, streams, days, local_time, time_zone,
       next_digest_at, covered_until, paused_at, paused_until, suspended_at, suspended_reason, created_by,
       minimum_confidence, length, instant, sent_date, scheduled_at, resumed_at, planned_at, quiet)
     VALUES (@id, @workspace_id, @adapter, @channel_id, @barriers, @streams, @days, @local_time, @time_zone,
       @next_digest_at, @covered_until, @paused_at, @paused_until, @suspended_at, @suspended_reason, @created_by,
       @minimum_confidence, @length, @instant, @sent_date, @scheduled_at, @resumed_at, @planned_at, @quiet)
     ON CONFLICT DO UPDATE SET workspace_id = excluded.workspace_id, adapter = excluded.adapter,
       channel_id = excluded.channel_id, barriers = excluded.barriers, streams = excluded.streams, days = excluded.days,
       local_time = excluded.local_time, time_zone = excluded.time_zone, next_digest_at = excluded.next_digest_at,
       paused_at = excluded.paused_at, paused_until = excluded.paused_until, suspended_at = excluded.suspended_at,
       suspended_reason = excluded.suspended_reason, created_by = excluded.created_by,
       minimum_confidence = excluded.minimum_confidence, length = excluded.length, instant = excluded.instant,
       scheduled_at = excluded.scheduled_at, resumed_at = excluded.resumed_at, planned_at = excluded.planned_at,
       quiet = excluded.quiet,
       covered_until = nullif(max(ifnull(covered_until, ''), ifnull(excluded.covered_until, '')), '')`,
  );
  const save = database.transaction((wanted: Subscription, action: string, actor: string, at: Instant) => {
    const { adapter, workspaceId, id: channelId } = wanted.channel;
    const before = ofChannel.get(workspaceId, adapter, channelId);
    write.run({ ...toRow(wanted), planned_at: at });
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
  const planAll = together(database, (...values: Parameters<typeof plan.run>) => plan.run(...values));
  return {
    async allSubscriptions() {
      return all.all().map(toSubscription);
    },
    async planDigest(subscriptionId, nextDigestAt, at) {
      await planAll(nextDigestAt, at, subscriptionId);
    },
    async instantSubscriptions(now) {
      return instant.all({ now }).map(toSubscription);
    },
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
      return due.all({ now }).map(toSubscription);
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
    minimum_confidence: subscription.minimumConfidence ?? 0,
    length: subscription.length ?? 'normal',
    instant: subscription.instant ? JSON.stringify(subscription.instant) : null,
    sent_date: subscription.sentDate ?? null,
    scheduled_at: subscription.scheduledAt ?? null,
    resumed_at: subscription.resumedAt ?? null,
    quiet: subscription.quiet ?? null,
  };
}

export function toSubscription(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    channel: { adapter: row.adapter, workspaceId: row.workspace_id, id: row.channel_id },
    barriers: fromJson<BarrierId[]>(row.barriers),
    streams: fromJson<Stream[]>(row.streams),
    ...(row.minimum_confidence > 0 && { minimumConfidence: row.minimum_confidence }),
    ...(row.length !== 'normal' && { length: row.length }),
    ...(row.instant !== null && { instant: fromJson<InstantWish>(row.instant) }),
    days: fromJson<Weekday[]>(row.days),
    localTime: row.local_time,
    timeZone: row.time_zone,
    nextDigestAt: row.next_digest_at,
    ...(row.sent_date !== null && { sentDate: row.sent_date }),
    ...(row.scheduled_at !== null && { scheduledAt: row.scheduled_at }),
    ...(row.resumed_at !== null && { resumedAt: row.resumed_at }),
    ...(row.covered_until !== null && { coveredUntil: row.covered_until }),
    ...(row.paused_at !== null && { pausedAt: row.paused_at }),
    ...(row.paused_until !== null && { pausedUntil: row.paused_until }),
    ...(row.suspended_at !== null && { suspended: { at: row.suspended_at, reason: row.suspended_reason ?? '' } }),
    ...(row.quiet !== null && { quiet: row.quiet }),
    createdBy: row.created_by,
  };
}
