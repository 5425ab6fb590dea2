import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byDate, primaryTagging, sources, toEvents } from '../../src/event.ts';
import type { Event, ReadItem } from '../../src/model.ts';
import { BARRIER_IDS, STREAMS } from '../../src/model.ts';
import { byWeight, NO_PAST } from '../../src/weight.ts';
import { readItem, tagging, type Wish } from './event-items.ts';

function eventOf(...items: ReadItem[]): Event {
  const [event, ...others] = toEvents(items);
  expect(others).toEqual([]);
  return event ?? expect.fail('no event');
}

describe('an event', () => {
  it('is led by the official body, not by the newsletter that came first', () => {
    const newsletter = readItem('a', { event: 'e', stream: 'analysis', date: '2026-06-01T08:00:00.000Z' });
    const later = readItem('b', { event: 'e', stream: 'us', date: '2026-06-02T08:00:00.000Z' });
    const earlier = readItem('c', { event: 'e', stream: 'eu', date: '2026-06-01T09:00:00.000Z' });
    const event = eventOf(newsletter, later, earlier);
    expect(event.items.map(({ item }) => item.id)).toEqual(['c', 'b', 'a']);
    expect(event.lead.item.id).toBe('c');
  });

  it('keeps the lead’s own tagging of a barrier, and the most confident of the others', () => {
    const lead = readItem('lead', { event: 'e', taggings: [tagging('pacing-gap', { confidence: 0.4 })] });
    const weak = readItem('weak', {
      event: 'e',
      stream: 'analysis',
      taggings: [tagging('pacing-gap', { confidence: 0.9 }), tagging('knowledge-collapse', { confidence: 0.5 })],
    });
    const strong = readItem('strong', {
      event: 'e',
      stream: 'analysis',
      taggings: [tagging('knowledge-collapse', { confidence: 0.8, direction: 'eases' })],
    });
    const found = eventOf(weak, strong, lead).taggings.map((each) => [each.barrier, each.item.id, each.confidence]);
    expect(found).toEqual([
      ['knowledge-collapse', 'strong', 0.8],
      ['pacing-gap', 'lead', 0.4],
    ]);
  });

  it('stands under the lead’s own barrier, else under the most confident one', () => {
    const taggings = [
      tagging('pacing-gap', { confidence: 0.5 }),
      tagging('weakened-institutions', { confidence: 0.6 }),
    ];
    expect(primaryTagging(eventOf(readItem('a', { taggings, primary: 'pacing-gap' })))?.barrier).toBe('pacing-gap');
    const lead = readItem('lead', { event: 'e' });
    const other = readItem('other', { event: 'e', stream: 'analysis', taggings });
    expect(primaryTagging(eventOf(lead, other))?.barrier).toBe('weakened-institutions');
    expect(primaryTagging(eventOf(lead))).toBeUndefined();
  });

  it('is seen from its first item to its last', () => {
    const event = eventOf(
      readItem('a', { event: 'e', fetchedAt: '2026-06-11T06:00:00.000Z' }),
      readItem('b', { event: 'e', fetchedAt: '2026-06-10T06:00:00.000Z' }),
    );
    expect([event.firstSeenAt, event.lastSeenAt]).toEqual(['2026-06-10T06:00:00.000Z', '2026-06-11T06:00:00.000Z']);
  });

  it('names each source once', () => {
    const items = ['UN', 'UN', 'EU'].map((feed, index) => readItem(`i${index}`, { event: 'e', feed }));
    expect(sources(eventOf(...items))).toEqual(['UN', 'EU']);
  });

  it('is one of its own where an item belongs to none', () => {
    const { eventId: _, ...alone } = readItem('a');
    expect(eventOf(alone).id).toBe('a');
  });
});

const wishes = fc.array(
  fc.record(
    {
      event: fc.constantFrom('e', 'f', 'g'),
      feed: fc.constantFrom('A', 'B', 'C'),
      stream: fc.constantFrom(...STREAMS),
      date: fc.constantFrom('2026-06-01', '2026-06-02T10:00:00.000Z', '2026-06-03T10:00:00.000Z'),
      taggings: fc.array(
        fc.record({ barrier: fc.constantFrom(...BARRIER_IDS), confidence: fc.double({ min: 0, max: 1, noNaN: true }) }),
        { maxLength: 3 },
      ),
      crisis: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 12 },
);

function itemsOf(
  list: readonly (Omit<Wish, 'taggings'> & { taggings?: readonly Partial<Parameters<typeof tagging>[1]>[] })[],
) {
  return list.map(({ taggings = [], ...wish }, index) =>
    readItem(`i${index}`, { ...wish, taggings: taggings.map((each) => tagging('pacing-gap', each)) }),
  );
}

describe('events of any items', () => {
  it('hold each item once, and one tagging a barrier, from one of their own items', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const items = itemsOf(list);
        const events = toEvents(items);
        expect(events.flatMap((event) => event.items.map(({ item }) => item.id)).sort()).toEqual(
          items.map(({ item }) => item.id).sort(),
        );
        for (const { lead, items: own, taggings } of events) {
          expect(own).toContain(lead);
          expect(new Set(taggings.map(({ barrier }) => barrier)).size).toBe(taggings.length);
          for (const each of taggings) expect(own.map(({ item }) => item.id)).toContain(each.item.id);
        }
      }),
    );
  });

  it('have one order, however the items came in', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const items = itemsOf(list);
        for (const order of [byWeight(NO_PAST), byDate]) {
          const ids = (some: ReadItem[]) =>
            toEvents(some)
              .sort(order)
              .map(({ id }) => id);
          expect(ids([...items].reverse())).toEqual(ids(items));
        }
      }),
    );
  });
});
