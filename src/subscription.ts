/** Subscriptions: the rule in words, and a new one with its defaults. */
import type { Channel, Instant, Subscription, Weekday } from './model.ts';
import { WEEKDAYS } from './model.ts';
import { barrierOf } from './taxonomy/barriers.ts';
import { nextWallTime, showTime } from './time.ts';

/** True while digests are held back; a pause with an end that has come is over. */
export function isPaused(subscription: Subscription, now: Instant): boolean {
  return (
    subscription.pausedAt !== undefined && (subscription.pausedUntil === undefined || subscription.pausedUntil > now)
  );
}

/** The rule in force: `Mon, Tue … at 08:30 Europe/Brussels · all barriers · all streams · next …`. */
export function ruleWords(subscription: Subscription, now: Instant): string {
  const { barriers, streams, localTime, timeZone } = subscription;
  return [
    `${dayWords(subscription.days)} at ${localTime} ${timeZone}`,
    barriers.length === 0 ? 'all barriers' : barriers.map((barrier) => barrierOf(barrier).name).join(', '),
    streams.length === 0 ? 'all streams' : `streams ${streams.join(', ')}`,
    ...(subscription.quiet === 'nothing' ? ['nothing on quiet days but a line a week'] : []),
    nextWords(subscription, now),
  ].join(' · ');
}

function nextWords(subscription: Subscription, now: Instant): string {
  const { suspended, pausedUntil, timeZone, nextDigestAt } = subscription;
  if (suspended) return `held back since ${showTime(suspended.at, timeZone)}: ${suspended.reason}`;
  if (!isPaused(subscription, now)) return `next ${showTime(nextDigestAt, timeZone)}`;
  return `paused ${pausedUntil ? `until ${showTime(pausedUntil, timeZone)}` : 'until /digest resume'}`;
}

function dayWords(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'Daily';
  if (days.join() === WEEKDAYS.slice(0, 5).join()) return 'Weekdays';
  return days.map((day) => day.charAt(0).toUpperCase() + day.slice(1)).join(', ');
}

/** A daily subscription of all barriers; `firstDigestAt` absent means at the next wall time. */
export function newSubscription(wish: {
  readonly channel: Channel;
  readonly localTime: string;
  readonly timeZone: string;
  readonly createdBy: string;
  readonly now: Instant;
  readonly firstDigestAt?: Instant;
}): Subscription {
  const { now, firstDigestAt, ...rest } = wish;
  return {
    ...rest,
    id: `${wish.channel.workspaceId}:${wish.channel.id}`,
    barriers: [],
    streams: [],
    days: [...WEEKDAYS],
    nextDigestAt: firstDigestAt ?? nextWallTime(now, WEEKDAYS, wish.localTime, wish.timeZone),
  };
}
