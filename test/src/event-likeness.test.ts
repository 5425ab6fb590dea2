import { describe, expect, it } from 'vitest';
import {
  areNear,
  GROUPING_DAYS,
  likeness,
  rarityOf,
  SAME_EVENT,
  sharedWords,
  sketchOf,
  weigh,
} from '../../src/event-likeness.ts';
import type { GroupingItem } from '../../src/ports.ts';

function sketch(title: string, extra: Partial<GroupingItem> = {}) {
  return sketchOf({ id: title, title, summary: '', occurredAt: '2026-06-10', ...extra });
}

/** Takes all words for equally rare. */
function weighed(title: string, extra?: Partial<GroupingItem>) {
  return weigh(sketch(title, extra), () => 1);
}

const SIGNED = 'California governor signs frontier safety law';

describe('the likeness of two items', () => {
  it('is 1 for the same words, 0 for none in common', () => {
    expect(likeness(weighed(SIGNED), weighed(SIGNED))).toBeCloseTo(1);
    expect(likeness(weighed(SIGNED), weighed('NIST selects HQC'))).toBe(0);
  });

  it('falls with each day between them, and is 0 beyond what an event lasts', () => {
    const at = (occurredAt: string) => likeness(weighed(SIGNED), weighed(SIGNED, { occurredAt }));
    expect(at('2026-06-12')).toBeLessThan(at('2026-06-10'));
    expect(at('2026-06-20')).toBeLessThan(at('2026-06-12'));
    expect(at('2026-06-30')).toBe(0);
  });

  it('takes a bare month for all of its days, and trusts a bare year or no date less', () => {
    const at = (occurredAt: string) => likeness(weighed(SIGNED), weighed(SIGNED, { occurredAt }));
    expect(at('2026-06')).toBeCloseTo(1);
    expect(at('2026-08')).toBe(0);
    for (const coarse of ['2026', '']) {
      expect(at(coarse)).toBeGreaterThan(SAME_EVENT);
      expect(at(coarse)).toBeLessThan(at('2026-06'));
    }
  });

  it('falls where the stages of the act differ', () => {
    const one = weighed('California governor signs frontier safety law');
    expect(likeness(one, weighed('California governor vetoes frontier safety law'))).toBeLessThan(
      likeness(one, weighed('California governor frontier safety law explained')),
    );
  });

  it('is halved where one tells of many things', () => {
    expect(likeness(weighed(SIGNED), weighed(`${SIGNED} this week`))).toBeLessThan(0.5);
  });

  it('is halved between two documents of different numbers', () => {
    const one = weighed('Newsom on frontier bill SB 53');
    const same = likeness(one, weighed('Newsom on frontier bill SB 53'));
    const other = likeness(one, weighed('Newsom on frontier bill SB 1047'));
    expect(other).toBeLessThan(same / 2);
  });

  it('rises where both name one document, in the title or in the summary', () => {
    const summary = 'It carries out EO 14179.';
    const one = weighed('Agencies told to buy models', { summary });
    expect(likeness(one, weighed('OMB on procurement', { summary }))).toBeGreaterThan(
      likeness(one, weighed('OMB on procurement', { summary: 'It carries out EO 14110.' })),
    );
  });

  it('is 1 for the same link, whatever the words', () => {
    const url = 'https://news.example/a';
    expect(likeness(weighed(SIGNED, { url }), weighed('Five things to read', { url }))).toBe(1);
  });

  it('is stronger by rare words than by common ones', () => {
    expect(rarityOf(1, 300)).toBeGreaterThan(rarityOf(100, 300));
    expect(rarityOf(0, 1_000_000)).toBe(rarityOf(0, 100_000));
  });
});

describe('words that two items share', () => {
  it('are told as the first writes them, the strongest first, each once', () => {
    const rarity = (word: string) => (word === 'hochul' || word === 'newyork' ? 3 : 1);
    const one = weigh(sketch('Governor Hochul signs RAISE Act', { summary: 'Safety plans are due.' }), rarity);
    const other = weigh(sketch('New York governor signed safety act'), rarity);
    expect(sharedWords(one, other)).toEqual(['Governor Hochul', 'Act', 'signs', 'Safety']);
  });
});

describe('dates', () => {
  it('are near up to what an event lasts, to the day', () => {
    const day = (date: number) => sketch('A', { occurredAt: `2026-06-${String(date).padStart(2, '0')}T12:00:00.000Z` });
    expect(areNear(day(1), day(1 + GROUPING_DAYS))).toBe(true);
    expect(areNear(day(1), day(2 + GROUPING_DAYS))).toBe(false);
  });
});
