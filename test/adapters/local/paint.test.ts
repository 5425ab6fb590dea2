import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight, plain } from '../../../adapters/local/paint.ts';
import { safeLine, safeText } from '../../../src/safe-text.ts';

describe('text made safe', () => {
  it.each([
    ['a colour', '\u001b[31mred\u001b[0m', ' [31mred [0m'],
    ['a hidden link', '\u001b]8;;https://evil.example\u0007here', ' ]8;;https://evil.example here'],
    ['a C1 control', 'a\u009b2Jb', 'a 2Jb'],
    ['a right-to-left override', 'invoice\u202egnp.exe', 'invoice gnp.exe'],
    ['a line break', 'one\r\ntwo\u2028three', 'one  two three'],
  ])('loses %s', (_, hostile, safe) => {
    expect(safeLine(hostile)).toBe(safe);
  });

  it('keeps letters of every script, emoji and combining marks', () => {
    const text = 'Règlement sur l’IA · 人工智能 · الذكاء · 👩🏽‍💻 · e\u0301';
    expect(safeLine(text)).toBe(text);
  });

  it('keeps its length, so that spans still fit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeLine(text)).toHaveLength(text.length);
        expect(safeText(text).split('\n')).toEqual(text.split('\n').map(safeLine));
      }),
    );
  });
});

describe('highlighting', () => {
  it('marks each span', () => {
    const spans = [
      [0, 3],
      [8, 13],
    ] as const;
    expect(highlight('one two three', spans, plain)).toBe('*one* two *three*');
  });

  it('loses no letter, whatever the spans', () => {
    const span = fc.tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: -5, max: 30 }));
    fc.assert(
      fc.property(fc.lorem(), fc.array(span), (text, spans) => {
        expect(highlight(text, spans, plain).replaceAll('*', '')).toBe(text);
      }),
    );
  });
});
