import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorldError } from '../../src/errors.ts';
import type { Feed, FeedHints, Rhythm } from '../../src/model.ts';
import { nextAfterHold, nextCheck, nextTry, type Pace, rhythmOf, withFreshEyes } from '../../src/next-check.ts';
import { between, DAY, HOUR, MINUTE, plus } from '../../src/time.ts';

/** A Wednesday. */
const AT = '2026-06-10T06:30:00.000Z';

/** Entries that appeared so many milliseconds ago. */
const ago = (...ages: number[]) => ages.map((age) => ({ publishedAt: plus(AT, -age) }));
/** A rhythm in which an entry is to be expected every `gap`. */
const every = (gap: number): Rhythm => ({ since: plus(AT, -10 * gap), entries: 10, burst: DAY });
const minutes = (pace: Partial<Pace> = {}) => between(AT, nextCheck({ id: 'a', ...pace }, AT)) / MINUTE;
/** The wait without its spread, to the minute below. */
const within = (wait: number, pace: Partial<Pace>) => {
  const found = minutes(pace);
  return found >= wait && found <= wait * 1.1 ? wait : found;
};

describe('the rhythm of a source', () => {
  it('is told by the dates of its entries, in whatever order', () => {
    const found = rhythmOf(ago(3 * DAY, DAY, 2 * DAY, 0), AT);
    expect(found).toEqual({ since: plus(AT, -3 * DAY), entries: 4, burst: 2 * DAY });
  });

  it('looks at the newest twenty for how often, and at all for how quickly a document can be replaced', () => {
    const entries = Array.from({ length: 100 }, (_, index) => index * HOUR);
    expect(rhythmOf(ago(...entries), AT)).toEqual({ since: plus(AT, -19 * HOUR), entries: 20, burst: 50 * HOUR });
  });

  it('is not told by dates to come, nor by fewer than two', () => {
    expect(rhythmOf([], AT)).toBeUndefined();
    expect(rhythmOf([{}, {}], AT)).toBeUndefined();
    expect(rhythmOf([...ago(HOUR), { publishedAt: plus(AT, DAY) }], AT)).toBeUndefined();
  });

  it('takes entries written in one go, and bare days, for no hurry', () => {
    expect(rhythmOf(ago(HOUR, HOUR, HOUR + 1_000), AT)?.burst).toBe(HOUR);
    expect(rhythmOf([{ publishedAt: '2026-06-09' }, { publishedAt: '2026-06-09' }], AT)?.burst).toBe(HOUR);
  });
});

describe('the next look at a source', () => {
  it.each([
    ['an entry every ten minutes', every(10 * MINUTE), 15],
    ['an entry every four hours', every(4 * HOUR), 120],
    ['an entry every second day', every(2 * DAY), 1440],
    ['no dates', undefined, 60],
    ['few entries in its document, that came quickly', { ...every(2 * DAY), burst: 50 * MINUTE }, 50],
  ])('with %s comes in its rhythm, between 15 minutes and a day', (_, rhythm, wait) => {
    expect(within(wait, rhythm === undefined ? {} : { rhythm })).toBe(wait);
  });

  it('comes later the longer a source is silent', () => {
    const rhythm = { since: plus(AT, -10 * HOUR), entries: 10, burst: DAY };
    const waits = [0, DAY, 5 * DAY].map((silence) => {
      const at = plus(AT, silence);
      return between(at, nextCheck({ id: 'a', rhythm }, at));
    });
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(new Set(waits).size).toBe(3);
  });

  it('is the same every time for one source, and spread over sources', () => {
    expect(minutes()).toBe(minutes());
    const waits = Array.from({ length: 50 }, (_, index) => minutes({ id: `feed-${index}` }));
    expect(new Set(waits.map(Math.floor)).size).toBeGreaterThan(4);
    for (const wait of waits) expect(wait >= 60 && wait <= 66).toBe(true);
  });

  it('comes no sooner than the feed’s ttl and the server’s wish, a day at most', () => {
    expect(within(180, { hints: { ttl: 180 } })).toBe(180);
    expect(minutes({ hints: { ttl: 99_999 } })).toBe(1440);
    expect(minutes({ notBefore: plus(AT, 5 * HOUR) })).toBe(300);
    expect(minutes({ notBefore: plus(AT, 5 * DAY) })).toBe(1440);
    expect(minutes({ notBefore: plus(AT, -HOUR) })).toBe(minutes());
  });

  it.each<[FeedHints, string]>([
    [{ skipHours: [7] }, '2026-06-10T08'],
    [{ skipHours: [7, 8, 9, 11] }, '2026-06-10T10'],
    [{ skipDays: ['wed', 'thu'] }, '2026-06-12T00'],
    [{ skipDays: ['wed'], skipHours: [0, 1] }, '2026-06-11T02'],
    [{ skipHours: [3] }, '2026-06-10T07'],
    [{ skipHours: Array.from({ length: 24 }, (_, hour) => hour) }, '2026-06-10T07'],
    [{ skipDays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }, '2026-06-10T07'],
  ])('with %j falls into %s', (hints, hour) => {
    expect(nextCheck({ id: 'a', hints }, AT).slice(0, 13)).toBe(hour);
  });

  it('is 15 minutes to a day away, whatever a source says, and never within its hours of quiet', () => {
    const pace = fc.record({
      id: fc.string(),
      rhythm: fc.record({
        since: fc.integer({ min: 0, max: 400 * DAY }).map((age) => plus(AT, -age)),
        entries: fc.integer({ min: 2, max: 20 }),
        burst: fc.integer({ min: MINUTE, max: 400 * DAY }),
      }),
      hints: fc.record({
        ttl: fc.integer({ min: 0, max: 100_000 }),
        skipHours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 23 }),
      }),
    });
    fc.assert(
      fc.property(pace, (each) => {
        const next = nextCheck(each, AT);
        const wait = between(AT, next);
        expect(wait).toBeGreaterThanOrEqual(15 * MINUTE);
        expect(wait).toBeLessThanOrEqual(2 * DAY);
        expect(each.hints.skipHours).not.toContain(new Date(next).getUTCHours());
      }),
    );
  });
});

describe('the next try after a failure', () => {
  const tries = (failure: WorldError | undefined) =>
    [0, 1, 2, 20].map((errorCount) => between(AT, nextTry({ errorCount }, AT, failure)) / MINUTE);

  it.each([
    ['a fault of ours', undefined, [1, 2, 4, 1440]],
    ['a lost connection', new WorldError('lost'), [1, 2, 4, 1440]],
    ['503', new WorldError('busy', { status: 503 }), [1, 2, 4, 1440]],
    ['404', new WorldError('gone', { status: 404 }), [15, 30, 60, 1440]],
    ['429', new WorldError('slow down', { status: 429 }), [60, 120, 240, 1440]],
    ['403, a limit from the second on', new WorldError('no', { status: 403 }), [15, 120, 240, 1440]],
    ['503 until then', new WorldError('busy', { status: 503, notBefore: plus(AT, 3 * HOUR) }), [180, 180, 180, 1440]],
    ['429 for a moment', new WorldError('no', { status: 429, notBefore: plus(AT, 9_000) }), [15, 30, 60, 1440]],
    ['429 for days', new WorldError('no', { status: 429, notBefore: plus(AT, 3 * DAY) }), [4320, 4320, 4320, 4320]],
  ])('comes later each time after %s', (_, failure, waits) => {
    expect(tries(failure)).toEqual(waits);
  });

  it('comes within ten minutes of the end of a hold, not for all at once', () => {
    const waits = ['a', 'b', 'c'].map((id) => between(AT, nextAfterHold({ id }, AT)));
    expect(new Set(waits).size).toBe(3);
    for (const wait of waits) expect(wait >= 0 && wait <= 10 * MINUTE).toBe(true);
  });
});

describe('what is sent back of the last answer', () => {
  const feed: Feed = {
    ...{ id: 'a', kind: 'rss', url: 'https://a.example/', broad: false, nextCheckAt: AT, errorCount: 0 },
    ...{ etag: '"1"', lastModified: 'Fri, 04 Jul 2041 00:00:00 GMT' },
  };

  it('is nothing once a week, because a frozen server would call its old document current for ever', () => {
    expect(withFreshEyes({ ...feed, documentAt: plus(AT, -6 * DAY) }, AT)).toMatchObject({ etag: '"1"' });
    for (const each of [feed, { ...feed, documentAt: plus(AT, -7 * DAY) }]) {
      const sent = withFreshEyes(each, AT);
      expect([sent.etag, sent.lastModified]).toEqual([undefined, undefined]);
    }
  });
});
