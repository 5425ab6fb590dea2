import { describe, expect, it } from 'vitest';
import { toEvents } from '../../src/event.ts';
import { lateWords } from '../../src/late.ts';
import { readItem } from './event-items.ts';

const FROM = '2025-11-21T07:30:00.000Z';

function words(...dates: readonly (string | undefined)[]): string | undefined {
  const items = dates.map((date, index) => readItem(`i${index}`, { event: 'e', ...(date ? { date } : {}) }));
  const [event] = toEvents(items);
  return lateWords(event ?? expect.fail('no event'), FROM, 'Europe/Brussels');
}

describe('a late event', () => {
  it.each<[string, readonly (string | undefined)[], string | undefined]>([
    ['is one of a day before the window', ['2025-11-20T10:00:00.000Z'], 'late, of 20 Nov'],
    ['is one of a bare day before the window', ['2025-11-20'], 'late, of 20 Nov'],
    ['is named by its day in the channel’s zone', ['2025-11-19T23:30:00.000Z'], 'late, of 20 Nov'],
    ['is none of the window’s first day, where the source gives no time', ['2025-11-21'], undefined],
    ['is none of an earlier hour of the window’s first day', ['2025-11-21T05:00:00.000Z'], undefined],
    ['is none of the window itself', ['2025-11-21T07:30:00.000Z'], undefined],
    ['is none where one of its items is in time', ['2025-11-19', '2025-11-21T09:00:00.000Z'], undefined],
    ['is none where nobody knows its date', [undefined], undefined],
    ['is none where one of its items has no date', ['2025-11-19', undefined], undefined],
  ])('%s', (_, dates, expected) => {
    expect(words(...dates)).toBe(expected);
  });
});
