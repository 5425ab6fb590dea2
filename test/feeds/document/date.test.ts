import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../../feeds/document/date.ts';

describe('readDate', () => {
  it.each([
    ['Fri, 28 Aug 2026 18:35:09 -0400', '2026-08-28T22:35:09.000Z'],
    ['Fri, 28 Aug 2026 18:35:09 GMT', '2026-08-28T18:35:09.000Z'],
    ['Mon, 31 Aug 2026 10:00 +0200', '2026-08-31T08:00:00.000Z'],
    ['28 Aug 26 10:00:00 EDT', '2026-08-28T14:00:00.000Z'],
    ['2026-08-28T18:35:09+02:00', '2026-08-28T16:35:09.000Z'],
    ['2026-08-28T18:35:09.123456Z', '2026-08-28T18:35:09.000Z'],
    ['2026-08-28 18:35', '2026-08-28T18:35:00.000Z'],
    ['20260828T183509Z', '2026-08-28T18:35:09.000Z'],
    ['Fri Aug 28 18:35:09 UTC 2026', '2026-08-28T18:35:09.000Z'],
    ['August 28, 2026, 6:35 pm', '2026-08-28T18:35:00.000Z'],
    ['1 août 2026 à', '2026-08-01'],
    ['vendredi 28 août 2026', '2026-08-28'],
    ['28. August 2026', '2026-08-28'],
    ['28 de agosto de 2026', '2026-08-28'],
    ['2026-08-28', '2026-08-28'],
    ['Aug 28, 2026', '2026-08-28'],
    ['28/08/2026', '2026-08-28'],
    ['03/04/2026', '2026-04-03'],
    ['08/28/2026', '2026-08-28'],
    ['20260828', '2026-08-28'],
    ['Mon Jan 5 15:04:05 2026 MST', '2026-01-05T22:04:05.000Z'],
    ['Mon , 05 Jan 2026 15:04:05 -700', '2026-01-05T22:04:05.000Z'],
    ['Mon, 05 Jan 2026 15:04:05 --0700', '2026-01-05T22:04:05.000Z'],
    ['Fri, 28 Aug 2026 20:19:00 America/Los_Angeles', '2026-08-29T03:19:00.000Z'],
    ['Fri, 09 Jan 2026 20:19:00 Europe/Brussels', '2026-01-09T19:19:00.000Z'],
    ['Παρ, 28 Αύγ 2026 12:00:00 EEST', '2026-08-28T09:00:00.000Z'],
    ['2026. augusztus 28.', '2026-08-28'],
    ['2026년 08월 28일  01:31:15', '2026-08-27T16:31:15.000Z'],
    ['2026-08-28 오후 11:23:17', '2026-08-28T14:23:17.000Z'],
    ['2026년 8월 28일', '2026-08-28'],
    ['2026年8月28日(金)', '2026-08-28'],
    ['Fri, 06 May 1983 09:00:00 GMT', '1983-05-06T09:00:00.000Z'],
    ['1788000000', '2026-08-29T10:40:00.000Z'],
    [' \n Fri,  28 Aug 2026\n18:35:09 +0000 ', '2026-08-28T18:35:09.000Z'],
  ])('reads “%s”', (text, expected) => {
    expect(readDate(text)).toBe(expected);
  });

  it.each([
    '',
    'soon',
    'last Tuesday',
    '2026',
    '2026-13-01',
    '2026-02-30',
    'Sat, 31 Feb 2026 10:00:00 GMT',
    '0001-01-01T00:00:00Z',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Thu, 01 Jan 1970 01:00:00 +0100',
    '1970-01-01',
    '1899-12-30',
    'Fri, 28 Aug 2026 10:00:00 Europe/Nowhere',
    'Fri, 28 Aug 2026 10:00:00 +7000',
    '오후',
    '2026-08-28T99:00:00Z',
    '12 of 30 items',
  ])('finds no date in “%s”', (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it('reads back every instant in the forms feeds use', () => {
    const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString();
        expect(readDate(whole)).toBe(whole);
        expect(readDate(new Date(whole).toUTCString())).toBe(whole);
        expect(readDate(whole.slice(0, 10))).toBe(whole.slice(0, 10));
      }),
    );
  });

  it('never throws and never gives anything but an instant, a day or nothing', () => {
    const digits = fc.array(
      fc.constantFrom('2026', '08', '31', '-', '/', ':', 'T', ' ', 'Z', '+', 'Aug', 'Fri,', '99', 'pm'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          digits.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(readDate(text) ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
