import { describe, expect, it } from 'vitest';
import { readUntil } from '../../../src/commands/pause-words.ts';

/** A Wednesday, 08:30 in Brussels. */
const NOW = '2026-06-10T06:30:00.000Z';
const ZONE = 'Europe/Brussels';

describe('the end of a pause in words', () => {
  it.each([
    ['until monday', '2026-06-14T22:00:00.000Z'],
    ['wed', '2026-06-16T22:00:00.000Z'],
    ['next week', '2026-06-14T22:00:00.000Z'],
    ['tomorrow', '2026-06-10T22:00:00.000Z'],
    ['for 2 weeks', '2026-06-23T22:00:00.000Z'],
    ['a week', '2026-06-16T22:00:00.000Z'],
    ['10d', '2026-06-19T22:00:00.000Z'],
    ['for one month', '2026-07-09T22:00:00.000Z'],
    ['2026-12-24', '2026-12-23T23:00:00.000Z'],
    ['24 December', '2026-12-23T23:00:00.000Z'],
    ['until Jan 4th', '2027-01-03T23:00:00.000Z'],
    ['4 jan 2028', '2028-01-03T23:00:00.000Z'],
  ])('“%s” is the start of that day', (words, instant) => {
    expect(readUntil(words, NOW, ZONE)).toBe(instant);
  });

  it.each([
    ['2026-06-10', '2026-06-10 is not ahead. Name a day to come.'],
    ['for 0 days', 'is not ahead'],
    ['2026-02-30', 'is not a day. Use a weekday such as monday, a date such as 2026-12-24, or a span'],
    ['the rapture', 'is not a day'],
    ['', 'is not a day'],
  ])('“%s” is refused with what to type', (words, reason) => {
    expect(() => readUntil(words, NOW, ZONE)).toThrow(reason);
  });

  it('is the first minute there is where midnight is skipped', () => {
    expect(readUntil('2018-11-04', '2018-11-01T12:00:00.000Z', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
  });
});
