import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filterWords,
  keptItems,
  listFilters,
  makeFilter,
  readTerms,
  whyLeftOut,
  withFilter,
} from '../../src/filter.ts';
import type { Filter, Item, ListedFeed, Stream } from '../../src/model.ts';

const item = (title: string, over: Partial<Item> = {}): Item => ({
  id: 'abcdefghij',
  feedId: 'us-nist',
  title,
  summary: '',
  categories: [],
  fetchedAt: '2026-06-10T06:30:00.000Z',
  backlog: false,
  ...over,
});
const read = (title: string, over: Partial<Item> = {}, stream: Stream = 'us') => ({
  item: item(title, over),
  feed: { id: 'us-nist', title: 'NIST', stream },
});
const NONE = listFilters([], []);
const all = (include: string, exclude = '') =>
  withFilter(NONE, 'all', makeFilter(readTerms(include), readTerms(exclude)));
const keeps = (include: string, exclude: string, title: string) =>
  whyLeftOut(all(include, exclude), read(title)) === undefined;

describe('a filter', () => {
  it('keeps what has one of the words, whole and in any case, accents or not', () => {
    expect(keeps('AI Act', '', 'The AI  act enters into force')).toBe(true);
    expect(keeps('ai', '', 'Rain and paint')).toBe(false);
    expect(keeps('chips', '', 'Chipset maker')).toBe(false);
    expect(keeps('chip*', '', 'Chipset maker')).toBe(true);
    expect(keeps('société', '', 'La Societe civile')).toBe(true);
    expect(keeps('c++', '', 'On C++, again')).toBe(true);
    expect(keeps('人工知能', '', '人工知能、基本計画')).toBe(true);
  });

  it('reads title, summary and categories', () => {
    const filters = all('robot');
    expect(whyLeftOut(filters, read('x', { summary: 'A robot.' }))).toBeUndefined();
    expect(whyLeftOut(filters, read('x', { categories: ['Robot'] }))).toBeUndefined();
  });

  it('lets what is excluded go before what is included, and says why in words', () => {
    const filters = all('ai act, chips', 'vacanc*');
    expect(whyLeftOut(filters, read('Vacancies for the AI Act'))).toBe(
      'the filter of all feeds (only with “ai act” or “chips”, never with “vacanc*”): it has “vacanc*”',
    );
    expect(whyLeftOut(filters, read('Budget'))).toContain('it has none of “ai act”, “chips”');
  });

  it('of a feed, its stream and the whole list must all keep an item', () => {
    const one: Filter = { include: ['ai'], exclude: [] };
    const feed = { id: 'us-nist', filter: one } as ListedFeed;
    const filters = listFilters(
      [feed],
      [
        { scope: 'us', filter: { include: [], exclude: ['sport'] } },
        { scope: 'eu', filter: { include: ['never'], exclude: [] } },
      ],
    );
    expect(
      keptItems(filters, [read('AI rules'), read('AI sport'), read('Rules')]).map(({ item: { title } }) => title),
    ).toEqual(['AI rules']);
    expect(whyLeftOut(filters, read('AI sport'))).toContain('the filter of stream us');
    expect(whyLeftOut(filters, read('Rules'))).toContain('the filter of NIST');
  });

  it('never lets through more than there was without it', () => {
    const words = fc.stringMatching(/^[a-z]{1,6}$/);
    const filter = fc.record({
      include: fc.array(words, { maxLength: 3 }),
      exclude: fc.array(words, { maxLength: 3 }),
    });
    const scope = fc.constantFrom('all' as const, 'us' as const, 'eu' as const);
    fc.assert(
      fc.property(filter, filter, scope, fc.array(fc.lorem({ maxCount: 4 })), (one, other, where, titles) => {
        const before = withFilter(NONE, 'all', one);
        const items = titles.map((title) => read(title));
        const kept = new Set(keptItems(before, items));
        for (const each of keptItems(
          withFilter(before, where === 'all' ? { feedId: 'us-nist' } : where, other),
          items,
        )) {
          expect(kept.has(each)).toBe(true);
        }
      }),
    );
  });

  it('takes any text as terms or says what is wrong with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (terms, title) => {
        try {
          const filter = makeFilter(readTerms(terms), []);
          if (filter) expect(typeof filterWords(filter)).toBe('string');
          whyLeftOut(withFilter(NONE, 'all', filter), read(title));
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'UserError' });
        }
      }),
    );
    expect(() => readTerms('…')).toThrow('is no word to filter by');
    expect(() => readTerms(Array.from({ length: 51 }, (_, index) => `w${index}`).join())).toThrow('50 words');
  });
});
