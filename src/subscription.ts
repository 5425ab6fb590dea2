/** Subscriptions: the rule in words, and a new one with its defaults. */
import { isRegular } from './due.ts';
import type { BarrierId, Channel, Instant, InstantWish, Subscription, Weekday } from './model.ts';
import { WEEKDAYS } from './model.ts';
import { barrierOf } from './taxonomy/barriers.ts';
import { between, DAY, nextWallTime, showTime } from './time.ts';

/** More than so many events would be an alarm that nobody hears; the rest is left to the digest. */
export const EVENTS_AN_HOUR = 4;

/** True while digests are held back; a pause with an end that has come is over. */
export function isPaused(subscription: Subscription, now: Instant): boolean {
  return (
    subscription.pausedAt !== undefined && (subscription.pausedUntil === undefined || subscription.pausedUntil > now)
  );
}

/** The rule in force in one sentence: `Each weekday at 08:30 Europe/Brussels, all barriers, streams un and eu; next Thu 26 Nov 08:30`. */
export function ruleWords(subscription: Subscription, now: Instant): string {
  const { barriers, streams, minimumConfidence = 0, length, quiet, instant } = subscription;
  const rule = [
    isRegular(subscription) ? regularWords(subscription) : 'No regular digest',
    barriers.length === 0 ? 'all barriers' : listWords(barriers.map(nameOf)),
    streams.length === 0 ? 'all streams' : `${streams.length === 1 ? 'stream' : 'streams'} ${listWords(streams)}`,
    ...(minimumConfidence > 0 ? [`from confidence ${Math.round(minimumConfidence * 100)} %`] : []),
    ...(length ? [length] : []),
    ...(quiet === 'nothing' && isRegular(subscription) ? ['nothing on quiet days but a line a week'] : []),
  ].join(', ');
  const atOnce = instant ? [`${instantWords(instant)} at once, ${EVENTS_AN_HOUR} an hour at most`] : [];
  return [rule, ...atOnce, nextWords(subscription, now)].filter((part) => part !== '').join('; ');
}

/** `crisis signals and events on Technology outruns law` */
export function instantWords({ crisis, barriers }: Pick<InstantWish, 'crisis' | 'barriers'>): string {
  const events = barriers.length > 0 ? [`events on ${listWords(barriers.map(nameOf))}`] : [];
  return [...(crisis ? ['crisis signals'] : []), ...events].join(' and ');
}

function nameOf(barrier: BarrierId): string {
  return barrierOf(barrier).name;
}

/** `un, eu and us` */
function listWords(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function regularWords({ days, localTime, timeZone }: Subscription): string {
  return `${dayWords(days)} at ${localTime} ${timeZone}`;
}

/** `next Thu 26 Nov 08:30`, or why none comes: paused, or held back; empty where the channel has no regular digest. */
export function nextWords(subscription: Subscription, now: Instant): string {
  const { suspended, pausedUntil, timeZone, nextDigestAt } = subscription;
  if (suspended) return `held back since ${showTime(suspended.at, timeZone)}: ${suspended.reason}`;
  if (isPaused(subscription, now))
    return `paused ${pausedUntil ? `until ${showTime(pausedUntil, timeZone)}` : 'until /digest resume'}`;
  if (!isRegular(subscription)) return '';
  // Within half a year nobody needs the year.
  const next = showTime(nextDigestAt, timeZone);
  return `next ${between(now, nextDigestAt) < 180 * DAY ? next.replace(/ \d{4} /, ' ') : next}`;
}

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

function dayWords(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'Each day';
  if (days.join() === WEEKDAYS.slice(0, 5).join()) return 'Each weekday';
  return `Each ${listWords(days.map((day) => DAY_NAMES[day]))}`;
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
    scheduledAt: now,
    nextDigestAt: firstDigestAt ?? nextWallTime(now, WEEKDAYS, wish.localTime, wish.timeZone),
  };
}
