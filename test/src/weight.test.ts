import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvents } from '../../src/event.ts';
import type { Event, ReadItem } from '../../src/model.ts';
import { BARRIER_IDS, DIRECTIONS } from '../../src/model.ts';
import { byWeight, NO_PAST, type Past, type PastKind, weight, weightParts } from '../../src/weight.ts';
import { readItem, tagging, type Wish } from './event-items.ts';

const UNTIL = '2026-06-10T06:30:00.000Z';

function eventOf(...items: ReadItem[]): Event {
  const [event] = toEvents(items);
  return event ?? expect.fail('no event');
}

function past(...kinds: readonly Partial<PastKind>[]): Past {
  const base = { barrier: 'pacing-gap', direction: 'deepens', events: 1, lastAt: '2026-06-09T10:00:00.000Z' } as const;
  return { until: UNTIL, kinds: kinds.map((kind) => ({ ...base, ...kind })) };
}

describe('the weight of an event', () => {
  const base: Wish = { event: 'e', stream: 'analysis', taggings: [tagging('pacing-gap', { confidence: 0.5 })] };

  it.each<[string, number, ReadItem[]]>([
    ['is its confidence', 0.5, [readItem('a', base)]],
    ['grows by 0.5 with a second source', 1, [readItem('a', base), readItem('b', { ...base, feed: 'Other' })]],
    ['grows by nothing with a second item of one source', 0.5, [readItem('a', base), readItem('b', base)]],
    ['grows by 0.3 with an official lead', 0.8, [readItem('a', { ...base, stream: 'un' })]],
    ['grows by 1 with a crisis signal', 1.5, [readItem('a', { ...base, crisis: true })]],
    ['is that of the lead alone without a barrier', 0.3, [readItem('a', { event: 'e', stream: 'un' })]],
  ])('%s: %f', (_, expected, items) => {
    expect(weight(eventOf(...items))).toBeCloseTo(expected);
  });
});

describe('the weight of an event against the weeks before', () => {
  const event = eventOf(
    readItem('a', {
      stream: 'analysis',
      taggings: [tagging('pacing-gap', { confidence: 0.5, mechanism: 'rules-delayed' })],
    }),
  );
  const like = { mechanism: 'rules-delayed' };

  it.each<[string, number, Past]>([
    ['is less by 0.1 for one like it', 0.4, past(like)],
    ['is less by 0.2 for three', 0.3, past({ ...like, events: 3 })],
    ['is never less by more than 0.5', 0, past({ ...like, events: 1_000 })],
    ['is not less for one of another direction', 0.5, past({ ...like, direction: 'eases' })],
    ['is not less for one of another mechanism', 0.5, past({ mechanism: 'slow-rulemaking' })],
    ['is more by 0.3 where the barrier had not moved for two weeks', 0.7, past({ ...like, lastAt: '2026-05-20' })],
    ['is more by 0.3 where only other barriers moved', 0.8, past({ barrier: 'knowledge-collapse' })],
    ['is the same where nothing is known', 0.5, NO_PAST],
  ])('%s: %f', (_, expected, weeks) => {
    expect(weight(event, weeks)).toBeCloseTo(expected);
  });

  it('is told in parts that each have a reason', () => {
    expect(weightParts(event, past({ ...like, events: 3, lastAt: '2026-05-20' }))).toEqual([
      { value: 0.5, words: 'its strongest tagging is 50 % sure' },
      { value: expect.closeTo(-0.2), words: '3 events of the four weeks before were like it' },
      { value: 0.3, words: 'Technology outruns law and institutions had not moved for 21 days' },
    ]);
  });

  it('never rises with more events like it, and is always the sum of its parts', () => {
    const kinds = fc.array(
      fc.record({
        barrier: fc.constantFrom(...BARRIER_IDS),
        direction: fc.constantFrom(...DIRECTIONS),
        events: fc.integer({ min: 1, max: 50 }),
        lastAt: fc.constantFrom('2026-05-15', '2026-06-08T10:00:00.000Z'),
      }),
    );
    fc.assert(
      fc.property(kinds, fc.nat(20), (before, more) => {
        const first = past(...before, { ...like, events: 1 });
        const later = past(...before, { ...like, events: 1 + more });
        expect(weight(event, later)).toBeLessThanOrEqual(weight(event, first));
        const parts = weightParts(event, later);
        expect(parts.every(({ value }) => Number.isFinite(value) && value !== 0)).toBe(true);
        expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(weight(event, later));
      }),
    );
  });

  it('puts what is new before what was there every week', () => {
    const usual = readItem('usual', { taggings: [tagging('pacing-gap', { confidence: 0.75 })] });
    const rare = readItem('rare', { taggings: [tagging('ungoverned-militarization', { confidence: 0.7 })] });
    const ids = toEvents([usual, rare])
      .sort(byWeight(past({ events: 7 })))
      .map(({ id }) => id);
    expect(ids).toEqual(['rare', 'usual']);
  });
});
