import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReferences } from '../../../feeds/document/entities.ts';

describe('decodeReferences', () => {
  it.each([
    ['&amp;&lt;&gt;&quot;&apos;', '&<>"\''],
    ['caf&eacute; &ndash; &CounterClockwiseContourIntegral;', 'café – ∳'],
    ['&#8217;&#x2019;&#X41;', '’’A'],
    ['&#146; and &#128;', '’ and €'],
    ['&amp;amp;', '&amp;'],
  ])('reads %s once', (text, expected) => {
    expect(decodeReferences(text)).toBe(expected);
  });

  it.each(['R&D', 'a & b; c', '&foo;', '&notit;', '?a=1&copy=2', '&;', '&', '&#;', '&#xyz;'])(
    'leaves %s as it is',
    (text) => {
      expect(decodeReferences(text)).toBe(text);
    },
  );

  it.each(['&#0;', '&#11;', '&#xd800;', '&#99999999;'])('drops %s, which is no character', (text) => {
    expect(decodeReferences(`a${text}b`)).toBe('ab');
  });

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&#62;');
        expect(decodeReferences(escaped)).toBe(text);
      }),
    );
  });
});
