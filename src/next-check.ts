/** When a source is asked next: pure, from what it posts, what it says, and how it answered. */
import { hash } from 'node:crypto';
import type { WorldError } from './errors.ts';
import type { Feed, Instant, ItemDraft, Rhythm } from './model.ts';
import { WEEKDAYS } from './model.ts';
import { between, DAY, HOUR, later, MINUTE, plus } from './time.ts';

const SHORTEST_WAIT = 15 * MINUTE;
const LONGEST_WAIT = DAY;
/** For sources whose entries have no dates. */
const USUAL_WAIT = HOUR;
/** The newest entries tell the rhythm; older ones tell how it was. */
const ENTRIES_COUNTED = 20;
/** Sources that answer with an error are asked after a minute, since most are back by then; refusals need longer. */
const FIRST_RETRY = MINUTE;
const FIRST_RETRY_REFUSED = 15 * MINUTE;
/** Without a Retry-After a limit is taken to be by the hour. */
const FIRST_WAIT_LIMITED = HOUR;
const LONGEST_AFTER_HOLD = 10 * MINUTE;
/** Where a server is frozen and calls an old document current, a request without validators still finds the new one. */
const LONGEST_WITHOUT_DOCUMENT = 7 * DAY;

/** How often entries appear, by their dates; undefined where fewer than two have one. Dates to come do not count. */
export function rhythmOf(items: readonly Pick<ItemDraft, 'publishedAt'>[], at: Instant): Rhythm | undefined {
  const dates = items.flatMap(({ publishedAt = '' }) => publishedAt || []).filter((date) => date <= at);
  const times = dates.map((date) => Date.parse(date)).sort((one, other) => other - one);
  const counted = times.slice(0, ENTRIES_COUNTED);
  const oldest = counted.at(-1);
  if (oldest === undefined || counted.length < 2) return undefined;
  const half = Math.ceil(times.length / 2);
  const bursts = times.slice(0, times.length - half).map((time, index) => time - (times[index + half] ?? 0));
  const quickest = Math.min(...bursts);
  // Days without times, and entries written in one go, say nothing of how quickly others follow.
  const isBatch = quickest < MINUTE || dates.some((date) => date.length === 10);
  const burst = isBatch ? Math.max(quickest, HOUR) : quickest;
  return { since: new Date(oldest).toISOString(), entries: counted.length, burst };
}

/**
 * The wait of a source in milliseconds, 15 minutes to a day: twice for each entry that is to be expected (silence since the
 * newest one counts, so who falls silent is asked less), and before half of what its document holds can have been replaced.
 */
function waitOf(rhythm: Rhythm | undefined, at: Instant): number {
  if (rhythm === undefined) return USUAL_WAIT;
  const expected = between(rhythm.since, at) / rhythm.entries / 2;
  return Math.min(Math.max(Math.min(expected, rhythm.burst), SHORTEST_WAIT), LONGEST_WAIT);
}

/** What the next look depends on; `rhythm` and `hints` of the newest document, `notBefore` of the newest answer. */
export interface Pace extends Pick<Feed, 'id' | 'rhythm' | 'hints'> {
  readonly notBefore?: Instant;
}

/**
 * The next look after one that succeeded: by the source's rhythm, but not before its `ttl`, its server's wish, or within hours
 * and days it asks to be left alone. A day at most, but for such days. Spread by the feed's name, up to a tenth of the wait, so
 * that those who were asked together are not for ever.
 */
export function nextCheck({ id, rhythm, hints, notBefore }: Pace, at: Instant): Instant {
  const wait = Math.min(Math.max(waitOf(rhythm, at), (hints?.ttl ?? 0) * MINUTE), LONGEST_WAIT);
  const spread = (wait / 10) * share(id);
  const latest = plus(at, LONGEST_WAIT);
  const wished = later(plus(at, Math.round(wait + spread)), notBefore);
  return afterQuiet(wished < latest ? wished : latest, hints ?? {});
}

/** A number from 0 to 1 that is the same for a name every time. */
function share(name: string): number {
  return Number.parseInt(hash('sha256', name, 'hex').slice(0, 8), 16) / 0xffffffff;
}

/** The first instant from `wished` on outside the hours and days of quiet (RSS 2.0, skipHours and skipDays, in GMT). */
function afterQuiet(wished: Instant, { skipHours = [], skipDays = [] }: NonNullable<Feed['hints']>): Instant {
  // Who names every hour or day asks for nothing that can be kept.
  if (new Set(skipHours).size >= 24 || new Set(skipDays).size >= 7) return wished;
  let time = new Date(wished);
  for (let step = 0; step < 8 * 24 && isQuiet(time, skipHours, skipDays); step++) {
    time = new Date(Math.floor(time.getTime() / HOUR) * HOUR + HOUR);
    // Within the hour the place stays, so that all who skip the same hours do not come at its first second.
    if (!isQuiet(time, skipHours, skipDays)) time = new Date(time.getTime() + (Date.parse(wished) % HOUR));
  }
  return time.toISOString();
}

function isQuiet(time: Date, hours: readonly number[], days: readonly string[]): boolean {
  const day = WEEKDAYS[(time.getUTCDay() + 6) % 7];
  return hours.includes(time.getUTCHours()) || (day !== undefined && days.includes(day));
}

/** The next try after a failure, a day later at most unless the server names a later instant. */
export function nextTry(feed: Pick<Feed, 'errorCount'>, at: Instant, failure: WorldError | undefined): Instant {
  const first = firstWait(feed, failure);
  return later(plus(at, Math.min(first * 2 ** Math.min(feed.errorCount, 20), LONGEST_WAIT)), failure?.notBefore);
}

function firstWait({ errorCount }: Pick<Feed, 'errorCount'>, failure: WorldError | undefined): number {
  const { status = 0 } = failure ?? {};
  if (isLimit(errorCount, status)) return failure?.notBefore ? FIRST_RETRY_REFUSED : FIRST_WAIT_LIMITED;
  return status >= 400 && status < 500 ? FIRST_RETRY_REFUSED : FIRST_RETRY;
}

/** When a feed that was held is asked: within ten minutes of the end of the quiet, so that neighbours do not come all at once. */
export function nextAfterHold({ id }: Pick<Feed, 'id'>, until: Instant): Instant {
  return plus(until, Math.round(share(id) * LONGEST_AFTER_HOLD));
}

/** True for 429, and for a 403 that follows another failure: big sites say 403 where they mean 429. */
export function isLimit(errorCount: number, status: number | undefined): boolean {
  return status === 429 || (status === 403 && errorCount > 0);
}

/** What of the last answer is sent with the next request: nothing now and then, so that a whole document must come. */
export function withFreshEyes(feed: Feed, at: Instant): Feed {
  const isOld = feed.documentAt === undefined || between(feed.documentAt, at) >= LONGEST_WITHOUT_DOCUMENT;
  if (!isOld) return feed;
  const { etag: _, lastModified: __, ...rest } = feed;
  return rest;
}
