/** Options that several commands take, with how a person may write them. */
import { z } from 'zod';
import type { CommandContext } from '../command.ts';
import { nearest } from '../command-line.ts';
import { UserError } from '../errors.ts';
import type { BarrierId, Instant, ListedFeed, Stream, Subscription, Weekday } from '../model.ts';
import { STREAMS, WEEKDAYS } from '../model.ts';
import { BARRIERS, matchBarriers } from '../taxonomy/barriers.ts';
import { DAY, isTimeZone, nextWallTime, plus } from '../time.ts';

export const barrierName = z
  .string()
  .describe('A barrier by name, part of it, or section such as 2.1')
  .meta({ suggest: 'barrier' });
export const feedName = z.string().describe('A feed by id, title or address').meta({ suggest: 'feed', rest: true });
/** For commands that take more words after the feed. */
export const oneFeed = z.string().describe('A feed by id, title in quotes, or address').meta({ suggest: 'feed' });
export const stream = z.enum(STREAMS).describe('un, eu, us, institutes or analysis');

/** The one barrier a person meant. Throws UserError when none or several fit equally. */
export function readBarrier(words: string): BarrierId {
  const found = matchBarriers(words);
  if (found[0] !== undefined) return found[0].id;
  const names = BARRIERS.map((barrier) => barrier.name).join(', ');
  throw new UserError(`No barrier is called “${words}”. There are six: ${names}. Try /barrier show deadlock.`);
}

/** Names separated by commas; `all` is every barrier, kept as an empty list. Throws UserError. */
export function readBarriers(words: string): BarrierId[] {
  if (/^all$/i.test(words.trim())) return [];
  return [...new Set(splitList(words).map(readBarrier))];
}

/** Names separated by commas; `all` is every stream, kept as an empty list. Throws UserError. */
export function readStreams(words: string): Stream[] {
  if (/^all$/i.test(words.trim())) return [];
  return splitList(words).map((word) => {
    const found = STREAMS.find((each) => each === word.toLowerCase());
    if (found) return found;
    throw new UserError(`No stream is called “${word}”. Use ${STREAMS.join(', ')}, or all.`);
  });
}

/** `weekdays`, `daily`, or days such as `mon,thu`. Throws UserError. */
export function readDays(words: string): Weekday[] {
  const text = words.trim().toLowerCase();
  if (/^(daily|every ?day|all)$/.test(text)) return [...WEEKDAYS];
  if (/^(week ?days|working ?days)$/.test(text)) return WEEKDAYS.slice(0, 5);
  const days = splitList(text).map((word) => {
    const found = WEEKDAYS.find((day) => word.startsWith(day));
    if (found) return found;
    throw new UserError(`“${word}” is not a day. Use weekdays, daily, or days such as mon,wed,fri.`);
  });
  return WEEKDAYS.filter((day) => days.includes(day));
}

/** Days as `readDays` reads them. */
export function writeDays(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'daily';
  return days.join() === WEEKDAYS.slice(0, 5).join() ? 'weekdays' : days.join(',');
}

/** `8:30`, `08:30`, `8.30`, `8`, `8:30 am` or `6 pm` as `HH:MM`. Throws UserError. */
export function readTime(words: string): string {
  const found = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i.exec(words.trim());
  const half = found?.[3]?.toLowerCase();
  const raw = Number(found?.[1]);
  const hour = half === undefined ? raw : (raw % 12) + (half === 'pm' ? 12 : 0);
  const minute = Number(found?.[2] ?? 0);
  if (found && hour < 24 && minute < 60 && !(half && raw > 12)) {
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  }
  throw new UserError(`“${words}” is not a time of day. Use HH:MM like 08:30.`);
}

/** An IANA zone, in any case. Throws UserError. */
export function readZone(words: string): string {
  const known = Intl.supportedValuesOf('timeZone');
  const exact = known.find((zone) => zone.toLowerCase() === words.toLowerCase());
  if (exact) return exact;
  if (isTimeZone(words)) return words;
  const city = known.find((zone) => zone.toLowerCase().endsWith(`/${words.toLowerCase().replaceAll(' ', '_')}`));
  if (city) return city;
  const near = nearest(words, known);
  throw new UserError(
    `“${words}” is not a time zone. ${near ? `Did you mean ${near}?` : 'Use a name like Europe/Brussels.'}`,
  );
}

/** A day `YYYY-MM-DD`, `7d`, `2w`, or `yesterday`, as the instant it starts. Throws UserError. */
export function readSince(words: string, now: Instant): Instant {
  const text = words.trim().toLowerCase();
  if (text === 'yesterday') return plus(now, -DAY);
  const span = /^(\d{1,4})\s*(d|days?|w|weeks?)$/.exec(text);
  if (span) return plus(now, -Number(span[1]) * (span[2]?.startsWith('w') ? 7 : 1) * DAY);
  if (/^\d{4}-\d{2}(-\d{2})?$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw new UserError(`“${words}” is not a date. Use 2026-01-31, or a span such as 7d or 2w.`);
}

/** A weekday (the next one, at midnight), or a date, in the zone. Throws UserError. */
export function readUntil(words: string, now: Instant, timeZone: string): Instant {
  const day = WEEKDAYS.find((each) => words.trim().toLowerCase().startsWith(each));
  if (day) return nextWallTime(now, [day], '00:00', timeZone);
  const date = /^\d{4}-\d{2}-\d{2}$/.exec(words.trim())?.[0];
  if (date && !Number.isNaN(Date.parse(date))) {
    const start = nextWallTime(plus(new Date(date).toISOString(), -DAY), [...WEEKDAYS], '00:00', timeZone);
    if (start > now) return start;
    throw new UserError(`${date} is past. Name a day to come.`);
  }
  throw new UserError(`“${words}” is not a day. Use a weekday such as monday, or a date such as 2026-12-24.`);
}

/** The one listed feed a person meant, by id, address, title or part of it. Throws UserError. */
export async function readFeed({ store, workspace }: CommandContext, words: string): Promise<ListedFeed> {
  const feeds = await store.listFeeds(workspace.id);
  const wanted = words.trim().toLowerCase();
  const exact = feeds.find((feed) => [feed.id, feed.url, feed.title].some((name) => name.toLowerCase() === wanted));
  if (exact) return exact;
  const partly = feeds.filter((feed) => [feed.id, feed.title].some((name) => name.toLowerCase().includes(wanted)));
  const [only] = partly;
  if (only && partly.length === 1) return only;
  if (partly.length > 1) {
    throw new UserError(
      `“${words}” fits several feeds: ${partly
        .slice(0, 6)
        .map((feed) => feed.id)
        .join(', ')}. Type one of these.`,
    );
  }
  const near = nearest(
    wanted,
    feeds.map((feed) => feed.id),
  );
  throw new UserError(
    `No feed on the list is called “${words}”. ${near ? `Did you mean ${near}?` : '/feeds list shows them.'}`,
  );
}

/** The channel's subscription. Throws UserError when it has none. */
export async function readSubscription({ store, channel }: CommandContext): Promise<Subscription> {
  const found = await store.subscriptionOf(channel);
  if (found) return found;
  throw new UserError(
    'This channel gets no digest yet. An admin sets one up with /digest schedule 08:30 Europe/Brussels.',
  );
}

function splitList(words: string): string[] {
  return words
    .split(/[,;]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
