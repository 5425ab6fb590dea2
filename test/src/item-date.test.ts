import { describe, expect, it } from 'vitest';
import { occurredAt } from '../../src/item-date.ts';

const SEEN = '2026-06-10T06:30:00.000Z';

describe('the date an item counts under', () => {
  it('is its own, with a time or without', () => {
    const dates = ['2026-06-09T15:00:00.000Z', '2026-06-09'];
    expect(dates.map((publishedAt) => occurredAt({ publishedAt, fetchedAt: SEEN, backlog: true }))).toEqual(dates);
  });

  it('is the moment it was first seen when it has none, or claims one to come', () => {
    expect(occurredAt({ fetchedAt: SEEN, backlog: false })).toBe(SEEN);
    expect(occurredAt({ publishedAt: '2027-01-01', fetchedAt: SEEN, backlog: false })).toBe(SEEN);
  });

  it('is long ago for an undated item of a first reading, which may be old news', () => {
    expect(occurredAt({ fetchedAt: SEEN, backlog: true })).toBe('2026-03-12T06:30:00.000Z');
  });
});
