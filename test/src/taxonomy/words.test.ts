import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/taxonomy/words.ts';

const textsOf = (text: string): string[] => readWords(text, 100).map((word) => word.text);
const sentencesOf = (text: string): number[] => readWords(text, 100).map(({ sentence }) => sentence);

describe('reading words', () => {
  it('joins abbreviations and drops possessive endings', () => {
    expect(textsOf("The U.S. and the U.K.'s A.I. plan; Trump’s order")).toEqual([
      'The',
      'US',
      'and',
      'the',
      'UK',
      'AI',
      'plan',
      'Trump',
      'order',
    ]);
  });

  it('keeps contractions whole and takes articles off', () => {
    expect(textsOf('It won’t delay l’IA or d’intelligence')).toEqual([
      'It',
      "won't",
      'delay',
      'l',
      'IA',
      'or',
      'd',
      'intelligence',
    ]);
  });

  it('reads amounts and hyphens', () => {
    expect(textsOf('$1.5bn, 12,000 pre-deployment tests at 40%')).toEqual([
      '$',
      '1.5bn',
      '12,000',
      'pre',
      'deployment',
      'tests',
      'at',
      '40',
      '%',
    ]);
  });

  it('ends sentences at stops and line breaks, not at short forms', () => {
    expect(sentencesOf('Dr. Li spoke. All left!\nDone')).toEqual([0, 0, 0, 1, 1, 3]);
    expect(sentencesOf('Passed on Dec. 11 by v3.0')).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('stops at the limit', () => {
    expect(readWords('a b c d', 2)).toHaveLength(2);
  });

  it('gives places inside any text, in order, never inside a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let before = 0;
        for (const word of readWords(text, 1000)) {
          expect(word.start).toBeGreaterThanOrEqual(before);
          expect(word.end).toBeGreaterThan(word.start);
          expect(text.slice(word.start, word.end).isWellFormed()).toBe(true);
          before = word.end;
        }
        expect(before).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
