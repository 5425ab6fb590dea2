import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentWords, createGrouping, GROUPING_DAYS } from '../../src/group.ts';
import type { GroupingItem } from '../../src/ports.ts';
import { DAY, plus } from '../../src/time.ts';

const NOON = '2026-06-10T12:00:00.000Z';

function item(id: string, title: string, extra: Partial<GroupingItem> = {}): GroupingItem {
  return { id, title, summary: '', occurredAt: NOON, ...extra };
}

/** The events that the items form, one after the other. */
function eventsOf(...items: GroupingItem[]): string[] {
  return [...createGrouping([]).assign(items).values()];
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

  it('keeps apart the same words more than a week apart, as of a monthly bulletin', () => {
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

  it('joins what it was given as grouped before', () => {
    const grouping = createGrouping([item('a', 'Council adopts the Digital Omnibus on AI', { eventId: 'old' })]);
    expect([...grouping.assign([item('b', 'Digital Omnibus on AI adopted by the Council')])]).toEqual([['b', 'old']]);
  });

  it('starts no comparison from a word that everybody uses, so that its work stays bounded', () => {
    const known = (count: number) =>
      Array.from({ length: count }, (_, index) => item(`i${index}`, 'Briefing', { eventId: `event ${index}` }));
    const next = item('next', 'Briefing');
    expect(createGrouping(known(10)).assign([next]).get('next')).toBe('event 0');
    expect(createGrouping(known(60)).assign([next]).get('next')).toBe('next');
  });

  it('copes with titles without words', () => {
    expect(eventsOf(item('a', ''), item('b', ''), item('c', '…!?'), item('d', 'the of and'))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it.each([
    ['Laws, policies and rulings', ['law', 'policy', 'ruling']],
    ['The AI Act’s rules', ['ai', 'act', 'rule']],
    ['GPT-5.6 cheated', ['gpt-5.6', 'cheat']],
    ['Règlement général', ['règlement', 'général']],
  ])('reads “%s” as the words that carry meaning', (text, words) => {
    expect(contentWords(text)).toEqual(words);
  });
});

const WORDS = ['order', 'preempt', 'summit', 'geneva', 'chip', 'export', 'panel', 'treaty', 'weapon', 'election'];
const items = fc
  .array(
    fc.record({
      title: fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => words.join(' ')),
      day: fc.integer({ min: 0, max: 20 }),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map(({ title, day }, index) => item(`i${index}`, title, { occurredAt: plus(NOON, day * DAY) })));

describe('grouping of any items', () => {
  it('gives every item one event, named after the item that started it', () => {
    fc.assert(
      fc.property(items, (list) => {
        const assigned = createGrouping([]).assign(list);
        expect([...assigned.keys()]).toEqual(list.map(({ id }) => id));
        for (const event of assigned.values()) expect(assigned.get(event)).toBe(event);
      }),
    );
  });

  it('goes on after a restart as if there had been none', () => {
    fc.assert(
      fc.property(items, fc.nat(40), (list, cut) => {
        const whole = createGrouping([]).assign(list);
        const before = list.slice(0, cut).map((each) => ({ ...each, eventId: whole.get(each.id) ?? each.id }));
        const after = createGrouping(before).assign(list.slice(cut));
        for (const [id, event] of after) expect(event).toBe(whole.get(id));
      }),
    );
  });
});
