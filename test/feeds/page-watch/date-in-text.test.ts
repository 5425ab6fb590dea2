import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, dateOf } from '../../../feeds/page-watch/date-in-text.ts';
import { readTree } from '../../../feeds/page-watch/tree.ts';

describe('a date among other words', () => {
  it.each([
    ['July 30, 2026 - List updates', '2026-07-30'],
    ['Posted on 21st September 2026 by press', '2026-09-21'],
    ['21 Sept. 2026', '2026-09-21'],
    ['News | 2026-09-21 | 3 min', '2026-09-21'],
    ['2026.09.21', '2026-09-21'],
    ['21/09/2026', '2026-09-21'],
    ['2026年9月1日（火）', '2026-09-01'],
    ['2026년 9월 1일', '2026-09-01'],
    ['Updated 3 March 2026, first published 1 January 2020', '2026-03-03'],
  ])('%s is %s', (text, date) => {
    expect(dateIn(text)).toBe(date);
  });

  it.each([
    '',
    'Version 1.20',
    'Sep 21',
    '32 September 2026',
    'Agenda 2030',
    'Regulation 2024/1689',
    'page 12 of 2026',
  ])('%s holds none', (text) => {
    expect(dateIn(text)).toBeUndefined();
  });

  it('is what a <time> says for programs, where there is one', () => {
    expect(dateOf(readTree('<div>1 May 2020 <time datetime="2026-09-21T08:00:00Z">last week</time></div>'))).toBe(
      '2026-09-21T08:00:00.000Z',
    );
    expect(dateOf(readTree('<div><time datetime="soon">1 May 2020</time></div>'))).toBe('2020-05-01');
  });

  it('is a date or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(dateIn(text) ?? '2026-01-01').toMatch(/^\d{4}-\d{2}-\d{2}/);
      }),
    );
  });
});
