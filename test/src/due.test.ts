import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dateByHand,
  dueDigest,
  hasGap,
  lastDigestTime,
  MORNING,
  NEVER,
  nextDigestTime,
  nextLook,
} from '../../src/due.ts';
import { type Instant, type LocalDate, WEEKDAYS, type Weekday } from '../../src/model.ts';
import { DAY, HOUR, localDateOf, MINUTE, plus, plusDays, wallTime, weekdayOf } from '../../src/time.ts';

const ZONES = [
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/New_York',
  'Europe/Brussels',
  'Africa/Nairobi',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Chatham',
  'America/St_Johns',
  'Antarctica/Troll',
] as const;

const DAILY = { days: WEEKDAYS, localTime: '08:30', timeZone: 'Europe/Brussels' };
const none: ReadonlySet<LocalDate> = new Set();
const instant = (at: number): Instant => new Date(at).toISOString();

/** What a channel gets whose bot looks at the given instants: the date of each digest and when it came. */
function digestsAt(schedule: Parameters<typeof dueDigest>[0], looks: Iterable<Instant>) {
  const sent = new Set<LocalDate>();
  const digests: { readonly date: LocalDate; readonly at: Instant }[] = [];
  let next = '';
  let plannedAt = '';
  for (const now of looks) {
    if (next > now && plannedAt <= now) continue;
    const due = dueDigest(schedule, now, sent);
    if (due) {
      digests.push({ date: due.date, at: now });
      sent.add(due.date);
    }
    next = nextLook(schedule, now, sent);
    plannedAt = now;
  }
  return digests;
}

/** The dates of a year on which the zone’s calendar has a digest, written without the code under test. */
function datesOf(year: number, timeZone: string, days: readonly Weekday[] = WEEKDAYS): LocalDate[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const dates = new Set<LocalDate>();
  for (let at = Date.UTC(year, 0, 1) - DAY; at < Date.UTC(year + 1, 0, 2); at += 6 * HOUR) dates.add(format.format(at));
  return [...dates].filter((date) => date.startsWith(`${year}`) && days.includes(weekdayOf(date)));
}

describe('a year of minutes', () => {
  it('has one digest each local date, though the bot looks every minute', { timeout: 120_000 }, () => {
    const schedule = { ...DAILY, localTime: '02:30', scheduledAt: instant(Date.UTC(2026, 0, 1)) };
    function* minutes() {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += MINUTE) yield instant(at);
    }
    const digests = digestsAt(schedule, minutes());
    expect(digests.map(({ date }) => date)).toEqual(datesOf(2026, 'Europe/Brussels'));
    // 02:30 does not exist on 29 March, and comes twice on 25 October.
    expect(digests.find(({ date }) => date === '2026-03-29')?.at).toBe('2026-03-29T01:00:00.000Z');
    expect(digests.find(({ date }) => date === '2026-10-25')?.at).toBe('2026-10-25T00:30:00.000Z');
  });

  const cases = ZONES.flatMap((zone) => ['00:00', '02:30', '08:30'].map((time) => [zone, time] as const));
  it.each(cases)(
    'has one digest each local date in %s at %s, at the first minute that exists',
    (timeZone, localTime) => {
      const year = timeZone === 'America/Sao_Paulo' ? 2018 : 2026;
      const schedule = { days: WEEKDAYS, localTime, timeZone, scheduledAt: instant(Date.UTC(year, 0, 1) - DAY) };
      const digests: LocalDate[] = [];
      const sent = new Set<LocalDate>();
      // From due to due, with a look a minute before and a minute after each, where nothing must come.
      let now = instant(Date.UTC(year, 0, 1) - DAY);
      while (now < instant(Date.UTC(year + 1, 0, 2))) {
        now = nextLook(schedule, now, sent);
        expect(dueDigest(schedule, plus(now, -MINUTE), sent)?.date).not.toBe(localDateOf(now, timeZone));
        const due = dueDigest(schedule, now, sent);
        if (due === undefined) expect.fail(`nothing was due at ${now}`);
        digests.push(due.date);
        sent.add(due.date);
        expect(dueDigest(schedule, plus(now, MINUTE), sent)).toBeUndefined();
        const shown = clockOf(now, timeZone);
        const before = clockOf(plus(now, -MINUTE), timeZone);
        // It shows the wished time, or it is the first minute after a gap that the wished time lies in.
        if (shown !== localTime) {
          const wished = `${due.date} ${localTime}`;
          expect(`${localDateOf(plus(now, -MINUTE), timeZone)} ${before}` < wished).toBe(true);
          expect(wished < `${localDateOf(now, timeZone)} ${shown}`).toBe(true);
        }
      }
      expect(digests.filter((date) => date.startsWith(`${year}`))).toEqual(datesOf(year, timeZone));
    },
  );

  it('has a digest on the leap day', () => {
    expect(wallTime('2028-02-29', '08:30', 'Europe/Brussels')).toBe('2028-02-29T07:30:00.000Z');
    const next = nextDigestTime({ ...DAILY, days: ['tue'] }, '2028-02-23T00:00:00.000Z', none);
    expect(next).toEqual({ date: '2028-02-29', at: '2028-02-29T07:30:00.000Z' });
  });

  it('leaves out the date that a zone left out, and looks on to the week after', () => {
    // Samoa crossed the date line: Thu 29 was followed by Sat 31 December 2011.
    expect(wallTime('2011-12-30', '08:30', 'Pacific/Apia')).toBeUndefined();
    const friday = { days: ['fri'] as const, localTime: '08:30', timeZone: 'Pacific/Apia' };
    expect(nextDigestTime(friday, '2011-12-24T00:00:00.000Z', none)?.date).toBe('2012-01-06');
  });
});

function clockOf(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    Date.parse(at),
  );
}

const zones = fc.constantFrom(...ZONES, 'Europe/London', 'Asia/Tehran', 'Pacific/Kiritimati', 'UTC');
const times = fc
  .tuple(fc.oneof(fc.nat(23), fc.constantFrom(0, 1, 2, 3)), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const cadences = fc.subarray([...WEEKDAYS], { minLength: 1 });
const starts = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2030, 0) }).map((at) => at - (at % MINUTE));

type Step = { readonly run: number } | { readonly jump: number };

/** When a bot looks that runs for some minutes, sleeps, or has its clock set, one step after the other. */
function looksOf(start: number, walk: readonly Step[]): Instant[] {
  const looks: Instant[] = [];
  let at = start;
  for (const step of walk) {
    if ('jump' in step) {
      at += step.jump * MINUTE;
      looks.push(instant(at));
      continue;
    }
    for (const end = at + step.run * MINUTE; at < end; at += 30 * MINUTE) looks.push(instant(at));
  }
  return looks;
}

describe('whatever the zone, the time, the days and the start', () => {
  it('each date has one digest at most, none before its time, and one for the newest date whenever the bot runs', () => {
    // Runs, sleeps and jumps of the clock, forwards and back.
    const steps = fc.array(
      fc.oneof(
        fc.record({ run: fc.integer({ min: 1, max: 6 * 24 * 60 }) }),
        fc.record({ jump: fc.integer({ min: -20 * 24 * 60, max: 40 * 24 * 60 }) }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(zones, times, cadences, starts, steps, (timeZone, localTime, days, start, walk) => {
        const schedule = { days, localTime, timeZone };
        const looks = looksOf(start, walk);
        const digests = digestsAt(schedule, looks);
        const dates = digests.map(({ date }) => date);
        expect(new Set(dates).size).toBe(dates.length);
        for (const { date, at: posted } of digests)
          expect(posted >= (wallTime(date, localTime, timeZone) ?? '9')).toBe(true);
        const last = lastDigestTime(schedule, looks.at(-1) ?? '')?.date;
        const now = looks.at(-1) ?? instant(start);
        const next = nextDigestTime(schedule, now, new Set(dates));
        // What is late waits for a digest that comes within the morning.
        if (looks.length > 0 && last !== undefined && (next === undefined || next.at > plus(now, MORNING)))
          expect(dates).toContain(last);
      }),
      { numRuns: 150 },
    );
  });

  it('a bot that runs on posts each date within one beat of its wall time', () => {
    fc.assert(
      fc.property(zones, times, cadences, starts, (timeZone, localTime, days, start) => {
        const schedule = { days, localTime, timeZone, scheduledAt: instant(start) };
        const looks = Array.from({ length: 20 * 24 * 6 }, (_, index) => instant(start + index * 10 * MINUTE));
        const digests = digestsAt(schedule, looks);
        for (const { date, at } of digests) {
          const late = Date.parse(at) - Date.parse(wallTime(date, localTime, timeZone) ?? '');
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThan(10 * MINUTE);
        }
        const [first, last] = [looks[0] ?? '', looks.at(-1) ?? ''];
        const expected = Array.from({ length: 24 }, (_, index) => plusDays(localDateOf(first, timeZone), index - 1))
          .filter((date) => days.includes(weekdayOf(date)))
          .filter((date) => {
            const at = wallTime(date, localTime, timeZone);
            return at !== undefined && at >= first && at <= last;
          });
        expect(digests.map(({ date }) => date)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a clock that went back', () => {
  it('does not bring a date again that was sent, nor lose one that was not', () => {
    const looks = [
      '2026-06-10T06:30:00.000Z',
      // Three days ahead for a moment, then right again.
      '2026-06-13T06:31:00.000Z',
      ...Array.from({ length: 5 * 24 }, (_, hour) => plus('2026-06-10T07:00:00.000Z', hour * HOUR)),
    ];
    expect(digestsAt(DAILY, looks).map(({ date }) => date)).toEqual([
      '2026-06-10',
      '2026-06-13',
      '2026-06-11',
      '2026-06-12',
      '2026-06-14',
    ]);
  });

  it('does not hold a digest back for a schedule that it set in what is now the future', () => {
    const schedule = { ...DAILY, scheduledAt: '2027-01-01T00:00:00.000Z' };
    expect(dueDigest(schedule, '2026-06-10T06:30:00.000Z', none)?.date).toBe('2026-06-10');
  });
});

describe('a digest by hand', () => {
  const sent = new Set(['2026-06-09']);
  it.each([
    ['counts for today within the three hours before its time', '2026-06-10T03:30:00.000Z', sent, '2026-06-10'],
    ['counts for no day earlier than that', '2026-06-10T03:29:00.000Z', sent, undefined],
    ['counts for today while today waits for its digest', '2026-06-10T09:00:00.000Z', sent, '2026-06-10'],
    ['counts for no day once today had its digest', '2026-06-10T09:00:00.000Z', new Set(['2026-06-10']), undefined],
  ])('%s', (_, now, dates, date) => {
    expect(dateByHand(DAILY, now, dates)).toBe(date);
  });
});

describe('the next look', () => {
  it('is at the first digest time from the end of a pause on', () => {
    const paused = { ...DAILY, pausedAt: '2026-06-10T07:00:00.000Z', pausedUntil: '2026-06-14T22:00:00.000Z' };
    expect(nextLook(paused, '2026-06-10T07:00:00.000Z', none)).toBe('2026-06-15T06:30:00.000Z');
    const midnight = { ...paused, localTime: '00:00' };
    expect(nextLook(midnight, '2026-06-10T07:00:00.000Z', none)).toBe('2026-06-14T22:00:00.000Z');
  });

  it('never comes where there is no regular digest', () => {
    expect(nextLook({ ...DAILY, days: [] }, '2026-06-10T07:00:00.000Z', none)).toBe(NEVER);
    expect(dueDigest({ ...DAILY, days: [] }, '2026-06-10T07:00:00.000Z', none)).toBeUndefined();
  });
});

describe('a gap', () => {
  const NOW = '2026-06-15T06:30:00.000Z';
  it.each([
    ['is none where the digest before was the last one planned', { coveredUntil: '2026-06-14T06:30:00.000Z' }, false],
    ['is one where a digest time passed', { coveredUntil: '2026-06-13T06:30:00.000Z' }, true],
    [
      'is none over a weekend without digests',
      { coveredUntil: '2026-06-12T06:30:05.000Z', days: WEEKDAYS.slice(0, 5) },
      false,
    ],
    [
      'is none where the schedule was changed since',
      { coveredUntil: '2026-06-08T06:30:00.000Z', scheduledAt: '2026-06-14T12:00:00.000Z' },
      false,
    ],
    [
      'is one where a person resumed after the time',
      { coveredUntil: '2026-06-14T06:30:00.000Z', resumedAt: '2026-06-15T06:30:00.001Z' },
      true,
    ],
    ['is none before the first digest', {}, false],
  ])('%s', (_, facts, expected) => {
    expect(hasGap({ ...DAILY, ...facts }, NOW)).toBe(expected);
  });
});
