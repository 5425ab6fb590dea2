import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, type Digest } from '../../src/digest.ts';
import type { BarrierId, Direction, ReadItem } from '../../src/model.ts';
import { BARRIER_IDS, DIRECTIONS } from '../../src/model.ts';
import { overview } from '../../src/overview.ts';
import { readItem, tagging } from './event-items.ts';

const WINDOW = { from: '2026-06-09T06:30:00.000Z', to: '2026-06-10T06:30:00.000Z' };

/** An item on one barrier, or on none. */
function item(title: string, barrier?: BarrierId, direction: Direction = 'deepens', confidence = 0.7): ReadItem {
  const taggings = barrier ? [tagging(barrier, { direction, confidence })] : [];
  const read = readItem(`${title}-${barrier}-${direction}-${confidence}`, { taggings });
  return { ...read, item: { ...read.item, title } };
}

function digestOf(...items: readonly ReadItem[]): Digest {
  return compose({ barriers: [], streams: [] }, WINDOW, items, []);
}

describe('the overview of a digest', () => {
  it.each<[string, readonly ReadItem[], string | undefined]>([
    ['nothing', [], undefined],
    [
      'one event without a barrier',
      [item('A panel meets')],
      'No barrier moved; on AI governance there is “A panel meets”.',
    ],
    [
      'several without a barrier',
      [item('A panel meets'), item('A body hires')],
      'No barrier moved; on AI governance there are “A body hires” and 1 more.',
    ],
    [
      'one event of a barrier',
      [item('High-risk rules slip to 2027', 'pacing-gap')],
      'One barrier moved: the pacing gap deepened with “High-risk rules slip to 2027”.',
    ],
    [
      'several of one',
      [item('High-risk rules slip to 2027', 'pacing-gap', 'deepens', 0.9), item('Code late', 'pacing-gap')],
      'One barrier moved: the pacing gap deepened with “High-risk rules slip to 2027” and 1 more event.',
    ],
    [
      'two barriers, the weightier first',
      [
        item('Panel vote passes', 'weakened-institutions', 'eases', 0.5),
        item('High-risk rules slip to 2027', 'pacing-gap', 'deepens', 0.9),
      ],
      'Two barriers moved: the pacing gap deepened with “High-risk rules slip to 2027”; the weakness of institutions eased with “Panel vote passes”.',
    ],
    [
      'one that moved both ways',
      [item('Code signed', 'pacing-gap', 'eases', 0.9), item('Rules slip', 'pacing-gap')],
      'One barrier moved: the pacing gap moved both ways, as in “Code signed” and 1 more event.',
    ],
    [
      'four barriers: the two weightiest',
      [
        item('One', 'pacing-gap', 'deepens', 0.9),
        item('Two', 'knowledge-collapse', 'eases', 0.8),
        item('Three', 'geopolitical-deadlock', 'mixed', 0.6),
        item('Four', 'ungoverned-militarization', 'deepens', 0.5),
      ],
      'Four barriers moved, first of all these: the pacing gap deepened with “One”; the knowledge collapse eased with “Two”.',
    ],
  ])('of %s', (_, items, line) => {
    expect(overview(digestOf(...items))).toBe(line);
  });

  it('begins with a crisis', () => {
    const read = readItem('x', { taggings: [tagging('pacing-gap')], crisis: true });
    expect(overview(digestOf(read))).toMatch(/^1 crisis signal\. One barrier moved: /);
  });

  it('cuts long titles between words and says so', () => {
    const title =
      'The Commission and the member states agree after a long night on what nobody expected them to agree on at all';
    expect(overview(digestOf(item(title, 'pacing-gap')))).toBe(
      'One barrier moved: the pacing gap deepened with “The Commission and the member states agree after a long night on what nobody expected them to agree…”.',
    );
  });

  const items = fc.array(
    fc.record({
      title: fc.string({ unit: 'grapheme', maxLength: 300 }),
      barrier: fc.option(fc.constantFrom(...BARRIER_IDS), { nil: undefined }),
      direction: fc.constantFrom(...DIRECTIONS),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 20 },
  );
  const NAMES: Readonly<Record<BarrierId, string>> = {
    'geopolitical-deadlock': 'the geopolitical deadlock',
    'weakened-institutions': 'the weakness of institutions',
    'public-private-asymmetry': 'the public–private asymmetry',
    'knowledge-collapse': 'the knowledge collapse',
    'pacing-gap': 'the pacing gap',
    'ungoverned-militarization': 'ungoverned militarization',
  };

  /** What the line itself claims: titles in it have words of their own. */
  function expectTrue(claims: string, name: string, has: ReadonlySet<Direction>): void {
    if (claims.includes(`${name} deepened`)) expect([...has]).toEqual(['deepens']);
    if (claims.includes(`${name} eased`)) expect([...has]).toEqual(['eases']);
    const isMixed = has.has('mixed') || (has.has('deepens') && has.has('eases'));
    if (claims.includes(`${name} moved both ways`)) expect(isMixed).toBe(true);
    if (has.size === 0) expect(claims).not.toContain(name);
  }

  it('never claims a movement that no tagging has, and is one line of at most 240 characters', () => {
    fc.assert(
      fc.property(items, (list) => {
        const all = list.map(({ title, barrier, direction, confidence }, index) =>
          item(`${title.replace(/[“”]/g, '')} ${index}`, barrier, direction, confidence),
        );
        const line = overview(digestOf(...all)) ?? '';
        expect(line.length).toBeLessThanOrEqual(240);
        expect(line).not.toMatch(/\n/);
        for (const barrier of BARRIER_IDS) {
          const own = list.filter((each) => each.barrier === barrier).map(({ direction }) => direction);
          expectTrue(line.replace(/“[^”]*”/g, ''), NAMES[barrier], new Set(own));
        }
      }),
    );
  });

  it('quotes titles in their own words and escapes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (words) => {
        const title = words.replace(/[“”]/g, '');
        const [, quote = ''] = /“([^”]*)”/.exec(overview(digestOf(item(title, 'pacing-gap'))) ?? '') ?? [];
        expect(title.replace(/\s+/g, ' ')).toContain(quote.replace(/…$/, ''));
      }),
    );
  });
});
