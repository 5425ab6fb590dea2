/** Options that several commands take, with how a person may write them. */
import { z } from 'zod';
import type { CommandContext } from '../command.ts';
import { nearest } from '../command-line.ts';
import { UserError } from '../errors.ts';
import type { BarrierId, Instant, ListedFeed, Stream, Subscription, Weekday } from '../model.ts';
import { STREAMS, WEEKDAYS } from '../model.ts';
import { readDayNames, zoneOf } from '../schedule-words.ts';
import { BARRIERS, matchBarriers } from '../taxonomy/barriers.ts';
import { DAY, plus } from '../time.ts';

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
export function readDays(words: string): readonly Weekday[] {
  const days = /^all$/i.test(words.trim()) ? WEEKDAYS : readDayNames(words.replace(/\bweek days/i, 'weekdays'));
  if (days) return days;
  throw new UserError(`“${words}” is not a day. Use weekdays, daily, or days such as mon,wed,fri.`);
}

/** Days as `readDays` reads them. */
export function writeDays(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'daily';
  return days.join() === WEEKDAYS.slice(0, 5).join() ? 'weekdays' : days.join(',');
}

/** An IANA zone, in any case. Throws UserError. */
export function readZone(words: string): string {
  const zone = zoneOf(words);
  if (zone) return zone;
  const near = nearest(words, Intl.supportedValuesOf('timeZone'));
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
