/** Which local date's digest is due, and when to look next. Pure: from wall times and the dates that were sent. */
import type { Instant, LocalDate, Subscription } from './model.ts';
import { HOUR, later, localDateOf, plus, plusDays, wallTime, weekdayOf } from './time.ts';

/** When a channel without a regular digest is looked at. */
export const NEVER: Instant = '9999-12-31T00:00:00.000Z';

/** What is posted by hand so shortly before the regular time is that day's digest; what is late by then waits for it. */
export const MORNING = 3 * HOUR;

/** A weekly day may be left out by a zone that skips it (Pacific/Apia in 2011), and sent dates may lie ahead after the clock went back. */
export const DAYS_LOOKED_AT = 16;

type Schedule = Pick<Subscription, 'days' | 'localTime' | 'timeZone'>;

/** A local date that gets a digest, and the instant of its wall time. */
export interface DigestTime {
  readonly date: LocalDate;
  readonly at: Instant;
}

/** The dates of a subscription that have had their digest. */
export type SentDates = ReadonlySet<LocalDate>;

/** True where the channel gets digests on some days. */
export function isRegular({ days }: Pick<Subscription, 'days'>): boolean {
  return days.length > 0;
}

/** The newest digest time that has come by `now` (or the one before it, for `before`); undefined where there is none. */
export function lastDigestTime(schedule: Schedule, now: Instant): DigestTime | undefined {
  // From tomorrow on back: in a gap at midnight a time may lie in the next date.
  return first(digestTimes(schedule, localDateOf(now, schedule.timeZone), 1, -1), ({ at }) => at <= now);
}

/** The first digest time after `after` whose date has had no digest; undefined where there is none. */
export function nextDigestTime(schedule: Schedule, after: Instant, sent: SentDates): DigestTime | undefined {
  const start = localDateOf(after, schedule.timeZone);
  // As many days more as were sent ahead of their time, by a clock that has gone back since.
  const ahead = [...sent].filter((date) => date > start).length;
  const times = digestTimes(schedule, start, -1, 1, DAYS_LOOKED_AT + 7 * ahead);
  return first(times, ({ date, at }) => at > after && !sent.has(date));
}

/**
 * The digest that is due: the newest whose time has come since the schedule was set, where its date was not sent. One that is
 * late waits where the next one comes within the morning: two in a row would help nobody.
 */
export function dueDigest(
  schedule: Schedule & Pick<Subscription, 'scheduledAt'>,
  now: Instant,
  sent: SentDates,
): DigestTime | undefined {
  const last = lastDigestTime(schedule, now);
  if (last === undefined || sent.has(last.date)) return undefined;
  if (last.at < notAhead(schedule.scheduledAt, now)) return undefined;
  const isLate = last.at < plus(now, -MORNING);
  return isLate && isSoon(nextDigestTime(schedule, now, sent), now) ? undefined : last;
}

/** The local date that a digest posted by hand counts for: one that waits for its digest, or comes within the morning. */
export function dateByHand(
  schedule: Schedule & Pick<Subscription, 'scheduledAt'>,
  now: Instant,
  sent: SentDates,
): LocalDate | undefined {
  const next = nextDigestTime(schedule, now, sent);
  if (isSoon(next, now)) return next.date;
  return dueDigest(schedule, now, sent)?.date;
}

function isSoon(next: DigestTime | undefined, now: Instant): next is DigestTime {
  return next !== undefined && next.at <= plus(now, MORNING);
}

/** When to look next at a subscription: after its pause, at the first digest time whose date was not sent. */
export function nextLook(
  subscription: Schedule & Pick<Subscription, 'pausedAt' | 'pausedUntil'>,
  now: Instant,
  sent: SentDates,
): Instant {
  const { pausedAt, pausedUntil } = subscription;
  // The end of a pause may itself be a digest time.
  const from = pausedAt !== undefined && pausedUntil !== undefined ? later(now, plus(pausedUntil, -1)) : now;
  return nextDigestTime(subscription, from, sent)?.at ?? NEVER;
}

/** True where a digest time before `time` passed without a digest, though the schedule was in force: the window holds a gap. */
export function hasGap(
  subscription: Schedule & Pick<Subscription, 'coveredUntil' | 'scheduledAt' | 'resumedAt'>,
  now: Instant,
): boolean {
  const { coveredUntil, scheduledAt, resumedAt = '', timeZone } = subscription;
  if (coveredUntil === undefined || coveredUntil > now) return false;
  const since = later(coveredUntil, notAhead(scheduledAt, now));
  const last = lastDigestTime(subscription, now);
  if (last === undefined) return false;
  if (last.at > since && last.at < resumedAt) return true;
  const before = first(digestTimes(subscription, localDateOf(last.at, timeZone), 1, -1), ({ at }) => at < last.at);
  return before !== undefined && before.at > since;
}

/** An instant noted by a clock that has gone back since says nothing. */
function notAhead(noted: Instant | undefined, now: Instant): Instant {
  return noted === undefined || noted > now ? '' : noted;
}

/** The digest times of the days from `start` + `offset` on, forwards or backwards; made one by one, since a zone's rules are slow to ask. */
function* digestTimes(
  { days, localTime, timeZone }: Schedule,
  start: LocalDate,
  offset: number,
  step: 1 | -1,
  count = DAYS_LOOKED_AT,
): Generator<DigestTime, undefined> {
  for (let index = 0; index < count; index++) {
    const date = plusDays(start, offset + step * index);
    if (!days.includes(weekdayOf(date))) continue;
    const at = wallTime(date, localTime, timeZone);
    if (at !== undefined) yield { date, at };
  }
}

function first(times: Iterable<DigestTime>, isWanted: (time: DigestTime) => boolean): DigestTime | undefined {
  for (const time of times) if (isWanted(time)) return time;
  return undefined;
}
