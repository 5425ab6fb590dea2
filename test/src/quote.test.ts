import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provenQuotes } from '../../src/quote.ts';

const TEXT = {
  title: 'Council of the European Union postpones AI Act rules',
  summary: 'Ministers agreed to postpone the rules by 16 months. The postponement was contested in Paris.',
};
const quotesOf = (quotes: readonly string[], text = TEXT) => provenQuotes(text, quotes).map(({ quote }) => quote);

describe('quotes of an item', () => {
  it('are found with their places, in the title first', () => {
    expect(provenQuotes(TEXT, ['postpones AI Act rules', ' agreed to postpone the rules '])).toEqual([
      { field: 'title', start: 30, end: 52, quote: 'postpones AI Act rules' },
      { field: 'summary', start: 10, end: 38, quote: 'agreed to postpone the rules' },
    ]);
  });

  it.each([
    ['is in other words', 'agreed to delay the rules'],
    ['has other capitals', 'ministers agreed'],
    ['goes over the end of the title', 'AI Act rules\nMinisters agreed'],
    ['is a part of a word', 'postpone the rule'],
    ['is empty', '  '],
    ['is a name', 'Council of the European Union'],
    ['is a name and a number', 'Union 16'],
    ['is one name', 'Paris'],
    ['is linking words alone', 'of the'],
  ])('prove nothing where one %s', (_, quote) => {
    expect(quotesOf([quote])).toEqual([]);
  });

  it('prove nothing where one is as long as an article', () => {
    const summary = `Ministers agreed ${'to wait '.repeat(50)}`;
    expect(quotesOf([summary.trim()], { title: 'Rules', summary })).toEqual([]);
  });

  it('are taken of a headline, all of whose words are capitalised, only by the half', () => {
    const text = { title: 'Congress Moves to Preempt State AI Laws', summary: '' };
    expect(quotesOf(['Moves to Preempt State AI Laws'], text)).toHaveLength(1);
    expect(quotesOf(['State AI Laws', 'Congress'], text)).toEqual([]);
  });

  it('are taken in scripts that have no capitals', () => {
    expect(quotesOf(['الذكاء الاصطناعي'], { title: 'قانون الذكاء الاصطناعي', summary: '' })).toHaveLength(1);
  });

  it('are three at most, and none over another', () => {
    const summary = 'it is late. it is weak. it is slow. it is done.';
    const all = ['it is late', 'late. it is weak', 'it is weak', 'it is slow', 'it is done'];
    expect(quotesOf(all, { title: '', summary })).toEqual(['it is late', 'it is weak', 'it is slow']);
  });

  it('are exact stretches of the text, whatever is quoted of whatever text', () => {
    const unit = fc.constantFrom('a', 'B', ' ', '.', '😀', '\u{20000}', '\uD800', 'é', '\n', '9');
    const text = fc.string({ unit, maxLength: 30 });
    fc.assert(
      fc.property(text, text, fc.array(fc.string({ unit, maxLength: 4 })), (title, summary, quotes) => {
        for (const { field, start, end, quote } of provenQuotes({ title, summary }, quotes)) {
          expect({ title, summary }[field].slice(start, end)).toBe(quote);
          expect(quote).not.toBe('');
        }
      }),
    );
  });
});
