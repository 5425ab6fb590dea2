import { describe, expect, it } from 'vitest';
import { type GroupedItem, scoreEvents } from '../../src/event-score.ts';

function item(id: string, event: string | undefined, found: string): GroupedItem {
  return { id, title: `Title of ${id}`, found, ...(event === undefined ? {} : { event }) };
}

describe('the score of events', () => {
  it('is perfect where found and labelled events are the same', () => {
    const scored = scoreEvents([item('a', 'e', '1'), item('b', 'e', '1'), item('c', undefined, '2')]);
    expect(scored).toMatchObject({ items: 3, precision: 1, recall: 1, f1: 1, wrongJoins: [], missedJoins: [] });
  });

  it('averages over items the shares of their events that are right', () => {
    // a, b, c are one event; found are {a, b} and {c, d}.
    const scored = scoreEvents([
      item('a', 'e', '1'),
      item('b', 'e', '1'),
      item('c', 'e', '2'),
      item('d', undefined, '2'),
    ]);
    expect(scored.precision).toBeCloseTo((1 + 1 + 0.5 + 0.5) / 4);
    expect(scored.recall).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4);
    expect(scored.f1).toBeCloseTo((2 * 0.75 * (2 / 3)) / (0.75 + 2 / 3));
    expect(scored.wrongJoins.map(({ one, other }) => one.id + other.id)).toEqual(['cd']);
    expect(scored.missedJoins.map(({ one, other }) => one.id + other.id)).toEqual(['ac', 'bc']);
  });

  it('takes items without an event for happenings of their own', () => {
    expect(scoreEvents([item('a', undefined, '1'), item('b', undefined, '1')])).toMatchObject({
      precision: 0.5,
      recall: 1,
    });
  });

  it('is 0 of nothing', () => {
    expect(scoreEvents([])).toMatchObject({ items: 0, precision: 0, recall: 0, f1: 0 });
  });
});
