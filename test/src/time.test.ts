import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/model.ts';
import { between, DAY, isTimeZone, nextWallTime, plus, showAge, showDay, showTime } from '../../src/time.ts';

const EVERY_DAY = [...WEEKDAYS];

describe('the next wall time', () => {
  it('is later on the same day when the time is still to come', () => {
    expect(nextWallTime('2026-11-20T05:00:00.000Z', EVERY_DAY, '08:30', 'Europe/Brussels')).toBe(
      '2026-11-20T07:30:00.000Z',
    );
  });

  it('is the next day once the time has come, never the same instant again', () => {
    expect(nextWallTime('2026-11-20T07:30:00.000Z', EVERY_DAY, '08:30', 'Europe/Brussels')).toBe(
      '2026-11-21T07:30:00.000Z',
    );
  });

  it('skips to the next chosen weekday', () => {
    expect(nextWallTime('2026-11-20T12:00:00.000Z', ['mon'], '08:30', 'Europe/Brussels')).toBe(
      '2026-11-23T07:30:00.000Z',
    );
  });

  it('keeps the local time when summer time ends', () => {
    expect(nextWallTime('2026-10-24T12:00:00.000Z', EVERY_DAY, '08:30', 'Europe/Brussels')).toBe(
      '2026-10-25T07:30:00.000Z',
    );
  });

  it('takes the first minute that exists in a skipped hour', () => {
    expect(nextWallTime('2026-03-28T12:00:00.000Z', EVERY_DAY, '02:30', 'Europe/Brussels')).toBe(
      '2026-03-29T01:00:00.000Z',
    );
  });

  it('takes the first of a doubled hour', () => {
    expect(nextWallTime('2026-10-31T12:00:00.000Z', EVERY_DAY, '01:30', 'America/New_York')).toBe(
      '2026-11-01T05:30:00.000Z',
    );
  });

  it('lies ahead by no more than eight days, whatever the zone, the time and the days', () => {
    const zones = fc.constantFrom(
      'Europe/Brussels',
      'America/New_York',
      'Africa/Nairobi',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    );
    const times = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
    const instants = fc
      .integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) })
      .map((at) => new Date(at).toISOString());
    fc.assert(
      fc.property(instants, days, times, zones, (after, chosen, time, zone) => {
        const ahead = between(after, nextWallTime(after, chosen, time, zone));
        expect(ahead).toBeGreaterThan(0);
        expect(ahead).toBeLessThanOrEqual(8 * DAY);
      }),
    );
  });
});

describe('dates as people read them', () => {
  it('shows the day in the zone of the reader', () => {
    expect(showDay('2026-02-12T23:30:00.000Z', 'Asia/Tokyo')).toBe('Fri 13 Feb 2026');
    expect(showDay('2026-02-12T23:30:00.000Z', 'America/New_York')).toBe('Thu 12 Feb 2026');
  });

  it('shows a bare day as it is, whatever the zone', () => {
    expect(showDay('2026-02-12', 'Pacific/Honolulu')).toBe('Thu 12 Feb 2026');
  });

  it('shows times in 24 hours', () => {
    expect(showTime('2026-02-12T23:05:00.000Z', 'UTC')).toBe('Thu 12 Feb 2026 23:05');
  });

  it.each([
    [5_000, 'a moment'],
    [7 * 60_000, '7 min'],
    [26 * 3_600_000, '26 h'],
    [3 * DAY, '3 days'],
  ])('tells an age of %i ms as %s', (age, words) => {
    expect(showAge('2026-01-01T00:00:00.000Z', plus('2026-01-01T00:00:00.000Z', age))).toBe(words);
  });

  it('knows IANA names from offsets and nonsense', () => {
    expect(['Europe/Brussels', 'UTC', '+02:00', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
