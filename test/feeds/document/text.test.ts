import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, markupText, plainText } from '../../../feeds/document/text.ts';

describe('plainText', () => {
  it.each([
    ['markup', '<p>The <b>draft</b> act</p><ul><li>one</li><li>two</li></ul>', 'The draft act one two'],
    ['line breaks', 'first<br/>second<br>third', 'first second third'],
    ['scripts and styles', '<style>.a{}</style>Text<script>alert(1)</script> stays', 'Text stays'],
    ['entities', 'Science &amp; Technology &ldquo;now&rdquo; &#8211; 2026', 'Science & Technology “now” – 2026'],
    ['entities escaped twice', 'Draft on &amp;quot;agents&amp;quot;', 'Draft on "agents"'],
    ['markup escaped twice', '&amp;lt;p&amp;gt;Open for comment&amp;lt;/p&amp;gt;', 'Open for comment'],
    ['white space of all sorts', '  a\n\n b\t\u00a0 c\u2028d ', 'a b c d'],
    ['control characters', 'a\u0000b\u0007c', 'abc'],
    [
      'what turns the reading direction or hides',
      'user\u202egnp.exe \u2066x\u2069 so\u00adft zero\u200bwidth',
      'usergnp.exe x soft zerowidth',
    ],
    ['windows-1252 under the name of Latin-1', 'the \u0093act\u0094', 'the “act”'],
    ['half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['comments', 'before<!-- hidden -->after', 'beforeafter'],
  ])('cleans %s', (_, source, expected) => {
    expect(plainText(source)).toBe(expected);
  });

  it.each(['a < b and c > d', 'AT&T', 'x<y', 'fish & chips', 'if (a<b) return;', '100% <3'])(
    'leaves “%s” as it is',
    (text) => {
      expect(plainText(text)).toBe(text);
    },
  );

  it('strips tags it does not know where the source is markup for certain', () => {
    expect(plainText('<custom-note>Hello</custom-note>', true)).toBe('Hello');
  });

  it('never throws and never returns known tags, control or direction characters, or broken Unicode', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '&lt;',
      '&amp;',
      'lt;',
      '<b>',
      '</p',
      '&#60;',
      'script',
      '\u202e',
      '\u0000',
      '&amp;amp;lt;b&amp;amp;gt;',
      ' ',
    );
    const source = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(source, fc.boolean(), (text, isMarkup) => {
        const plain = plainText(text, isMarkup);
        expect(plain).not.toMatch(/<\/?(b|p|i|script|a)(\s[^<>]*)?>/i);
        expect(plain).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(plain).not.toMatch(/^\s|\s$|\s\s/);
        expect(plain.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('markupText', () => {
  it.each([
    ['<p>one</p><p>two &amp; three</p>', 'one two & three'],
    ['shown: &lt;b&gt;', 'shown: <b>'],
    ['a <svg><title>icon</title></svg>b <svg/>c', 'a b c'],
    ['a<script>if (x<y) {"</p>"}</script>b', 'ab'],
    ['a<noscript>b<noscript>c</noscript>d</noscript>e', 'ae'],
    ['one<br/>two', 'one two'],
    ['<p>one</p><iframe src="x"/><p>two</p>', 'one two'],
    ['<textarea>a<b>c</b>', 'ac'],
    ['x < y', 'x < y'],
    ['<a', '<a'],
  ])('reads “%s” once', (html, text) => {
    expect(markupText(html)).toBe(text);
  });
});

describe('cutText', () => {
  it('leaves short texts alone and cuts long ones between words', () => {
    expect(cutText('short', 10)).toBe('short');
    expect(cutText('governance of artificial intelligence', 25)).toBe('governance of artificial…');
  });

  it('never returns more than asked for and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 2, max: 60 }), (text, length) => {
        const cut = cutText(text, length);
        expect(cut.length).toBeLessThanOrEqual(Math.max(length, 1));
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});
