import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colours } from '../../../adapters/local/paint.ts';
import { wrap } from '../../../adapters/local/wrap.ts';

const words = fc.array(fc.stringMatching(/^[a-zé漢]{1,30}$/), { minLength: 1, maxLength: 40 });

describe('wrapping', () => {
  it('breaks at spaces and keeps the indent', () => {
    expect(wrap('  one two three four five six', 20)).toBe('  one two three four\n  five six');
  });

  it('keeps the line breaks that are there', () => {
    expect(wrap('one\n\n  two', 40)).toBe('one\n\n  two');
  });

  it('counts no room for colours', () => {
    const text = ['aaaa', 'bbbb', 'cccc', 'dddd'].map((word) => colours('red', word)).join(' ');
    expect(wrap(text, 20)).toBe(text);
    expect(stripVTControlCharacters(wrap(`${text} eeee`, 20))).toBe('aaaa bbbb cccc dddd\neeee');
  });

  it('loses no word, and makes no line longer than the width but for a single word', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 100 }), (list, width) => {
        const lines = wrap(list.join(' '), width).split('\n');
        expect(lines.join(' ')).toBe(list.join(' '));
        for (const line of lines) expect([...line].length <= width || !line.includes(' ')).toBe(true);
      }),
    );
  });
});
