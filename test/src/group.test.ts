import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUPING_DAYS } from '../../src/event-likeness.ts';
import { createGrouping } from '../../src/group.ts';
import type { GroupingItem } from '../../src/ports.ts';
import { DAY, plus } from '../../src/time.ts';

const NOON = '2026-06-10T12:00:00.000Z';

function item(id: string, title: string, extra: Partial<GroupingItem> = {}): GroupingItem {
  return { id, title, summary: '', occurredAt: NOON, ...extra };
}

/** Groups the items in one go and returns the event of each, in their order. */
function eventsOf(...items: GroupingItem[]): (string | undefined)[] {
  const assigned = groupAll(items);
  return items.map(({ id }) => assigned.get(id));
}

function groupAll(items: readonly GroupingItem[]): Map<string, string> {
  const grouping = createGrouping();
  grouping.learn(items);
  return new Map(grouping.assign(items.map(({ id }) => id)));
}

/** Groups the items one after the other, as they would arrive, each known only when it comes. */
function groupOneByOne(items: readonly GroupingItem[]): Map<string, string> {
  const grouping = createGrouping();
  const events = new Map<string, string>();
  for (const each of items) {
    grouping.learn([each]);
    for (const [id, event] of grouping.assign([each.id])) events.set(id, event);
  }
  return events;
}

/** Which items are together, in one spelling whatever the events are called. */
function partition(events: ReadonlyMap<string, string>): string[] {
  const groups = Map.groupBy([...events.keys()].sort(), (id) => events.get(id));
  return [...groups.values()].map((ids) => ids.join()).sort();
}

describe('grouping', () => {
  it('joins reports of one happening in different words', () => {
    expect(
      eventsOf(
        item('a', 'Trump signs executive order to preempt state AI laws'),
        item('b', 'White House: executive order preempts state laws on AI', { occurredAt: plus(NOON, DAY) }),
        item('c', 'President Trump’s order against state AI laws, explained', { occurredAt: '2026-06-11' }),
      ),
    ).toEqual(['a', 'a', 'a']);
  });

  it('keeps apart what only shares its subject', () => {
    expect(
      eventsOf(
        item('a', 'Trump signs executive order to preempt state AI laws'),
        item('b', 'Commission publishes guidelines on high-risk systems under the AI Act'),
        item('c', 'UN panel on AI holds its first meeting in Geneva'),
        item('d', 'NIST publishes AI risk profile for critical infrastructure'),
      ),
    ).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps apart the same words long apart, as of a yearly vote', () => {
    const title = 'Export controls on advanced chips tightened again';
    const late = plus(NOON, (GROUPING_DAYS + 1) * DAY);
    expect(eventsOf(item('a', title), item('b', title, { occurredAt: late }))).toEqual(['a', 'b']);
    expect(eventsOf(item('a', title), item('b', title, { occurredAt: plus(NOON, DAY) }))).toEqual(['a', 'a']);
  });

  it('takes the same link for the same event', () => {
    const url = 'https://news.example/summit';
    expect(
      eventsOf(
        item('a', 'Geneva summit ends without a declaration on autonomous weapons', { url }),
        item('b', 'The summit, and four other things to read this week', { url }),
      ),
    ).toEqual(['a', 'a']);
  });

  it('joins what it was given as grouped before, and names only what changed', () => {
    const grouping = createGrouping();
    grouping.learn([item('a', 'Council adopts the Digital Omnibus on AI', { eventId: 'old' })]);
    grouping.learn([item('b', 'Digital Omnibus on AI adopted by the Council')]);
    expect([...grouping.assign(['b'])]).toEqual([['b', 'old']]);
    expect([...grouping.assign(['b'])]).toEqual([]);
  });

  it('gives a new event a name that no event elsewhere goes by', () => {
    const grouping = createGrouping();
    grouping.learn([
      item('x', 'Bletchley declaration signed by twenty-eight countries', { eventId: 'new' }),
      item('new', 'Anthropic wins injunction against the Pentagon blacklist'),
      item('other', 'Judge grants Anthropic an injunction against the Pentagon blacklist'),
    ]);
    expect([...grouping.assign(['new'])].sort()).toEqual([
      ['new', 'other'],
      ['other', 'other'],
    ]);
  });

  it('joins two events when a late item shows that they are one', () => {
    const early = item('a', 'Newsom vetoes SB 1047');
    const second = item('b', 'Frontier safety bill of Senator Wiener fails in California');
    const late = item('c', 'Newsom vetoes SB 1047, the frontier safety bill of Senator Wiener', {
      occurredAt: plus(NOON, -DAY),
    });
    expect(partition(groupOneByOne([early, second]))).toEqual(['a', 'b']);
    expect(partition(groupOneByOne([early, second, late]))).toEqual(['a,b,c']);
  });

  it('starts no comparison from words that everybody uses, so that its work stays bounded', () => {
    const known = (count: number) =>
      Array.from({ length: count }, (_, index) => item(`i${index}`, 'Briefing', { eventId: `event ${index}` }));
    const next = item('next', 'Briefing');
    const eventAmong = (count: number) => {
      const grouping = createGrouping();
      grouping.learn([...known(count), next]);
      return grouping.assign(['next']).get('next');
    };
    expect(eventAmong(1)).toBe('event 0');
    expect(eventAmong(600)).toBe('next');
  });

  it('copes with titles without words', () => {
    const items = [item('a', ''), item('b', ''), item('c', '…!?'), item('d', 'the of and')];
    expect(eventsOf(...items)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes only items that it learnt', () => {
    expect(() => createGrouping().assign(['a'])).toThrow('was not learnt');
  });
});

const WORDS = ['order', 'preempt', 'summit', 'geneva', 'chip', 'export', 'panel', 'treaty', 'weapon', 'election'];
const anyItems = fc
  .array(
    fc.record({
      title: fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => words.join(' ')),
      day: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map(({ title, day }, index) => item(`i${index}`, title, { occurredAt: plus(NOON, day * DAY) })));

describe('grouping of any items', () => {
  it('gives every item one event, named after one of its items', () => {
    fc.assert(
      fc.property(anyItems, (list) => {
        const assigned = groupAll(list);
        expect([...assigned.keys()].sort()).toEqual(list.map(({ id }) => id).sort());
        for (const event of assigned.values()) expect(assigned.get(event)).toBe(event);
      }),
    );
  });

  it('comes to the same events in whatever order the items are put in', () => {
    fc.assert(
      fc.property(anyItems, fc.infiniteStream(fc.nat()), (list, keys) => {
        const shuffled = list
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(partition(groupAll(shuffled))).toEqual(partition(groupAll(list)));
      }),
    );
  });

  it('has no two items of an event further apart than events last, when they come together', () => {
    fc.assert(
      fc.property(anyItems, (list) => {
        const at = new Map(list.map(({ id, occurredAt }) => [id, Date.parse(occurredAt)]));
        for (const ids of partition(groupAll(list))) {
          const times = ids.split(',').map((id) => at.get(id) ?? 0);
          expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(GROUPING_DAYS * DAY);
        }
      }),
    );
  });
});

describe('grouping of reports that arrive one by one', () => {
  const REPORTS = [
    item('veto-1', 'Gov. Newsom vetoes California’s frontier AI safety bill SB 1047'),
    item('veto-2', 'California governor vetoes SB 1047, the frontier AI safety bill', { occurredAt: plus(NOON, DAY) }),
    item('veto-3', 'SB 1047: California governor’s veto ends the frontier AI safety bill'),
    item('omnibus-1', 'EDPB and EDPS adopt joint opinion on the Digital Omnibus on AI'),
    item('omnibus-2', 'Joint opinion of EDPB and EDPS on the Digital Omnibus on AI'),
    item('chips-1', 'Commerce clears export of Nvidia H200 chips to China'),
    item('chips-2', 'Nvidia H200 exports to China cleared by Commerce', { occurredAt: plus(NOON, 2 * DAY) }),
    item('alone', 'UN panel on autonomous weapons meets in Geneva'),
  ];

  it('comes to the same events in any order of arrival', () => {
    const expected = partition(groupAll(REPORTS));
    expect(expected).toEqual(['alone', 'chips-1,chips-2', 'omnibus-1,omnibus-2', 'veto-1,veto-2,veto-3']);
    fc.assert(
      fc.property(fc.shuffledSubarray(REPORTS, { minLength: REPORTS.length }), (order) => {
        expect(partition(groupOneByOne(order))).toEqual(expected);
      }),
    );
  });
});
