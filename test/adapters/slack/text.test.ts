import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, escaped, typedText, webAddress } from '../../../adapters/slack/text.ts';

describe('text for Slack', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['longer than that', 10, 'longer th…'],
    ['ab😀cd', 4, 'ab…'],
    ['ab😀cd', 5, 'ab😀…'],
    ['half \ud83d of a character', 40, 'half \ufffd of a character'],
  ])('“%s”, at most %i long, is “%s”', (text, most, expected) => {
    expect(cut(text, most)).toBe(expected);
  });

  it('is never cut through a character, and never longer than asked', () => {
    const characters = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(characters, fc.integer({ min: 1, max: 40 }), (text, most) => {
        const shown = cut(text, most);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.isWellFormed()).toBe(true);
        // All but the mark of the cut is the start of what was given.
        if (shown.endsWith('…') && shown.length > 1) expect(cut(text, 1_000).startsWith(shown.slice(0, -1))).toBe(true);
      }),
    );
  });

  it('holds no mark-up once it is escaped', () => {
    expect(escaped('<!channel> & <@U1> &amp;')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;amp;');
  });
});

describe('an address on Slack', () => {
  it.each([
    ['https://example.org/a?b=c&d=e', 'https://example.org/a?b=c&d=e'],
    ['HTTP://Example.org', 'http://example.org/'],
    ['https://example.org/a b|c>', 'https://example.org/a%20b|c%3E'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['slack://channel?id=1', undefined],
    ['mailto:a@example.org', undefined],
    ['//example.org', undefined],
    ['nonsense', undefined],
    ['', undefined],
    [undefined, undefined],
    [`https://example.org/${'x'.repeat(3_000)}`, undefined],
  ])('%s is %s', (link, expected) => {
    expect(webAddress(link)).toBe(expected);
  });
});

describe('what a person typed on Slack', () => {
  it.each([
    ['search R&amp;D', 'search R&D'],
    ['&amp;lt;', '&lt;'],
    ['a &lt;b&gt; c', 'a <b> c'],
    ['add <https://a.example/feed?x=1&amp;y=2>', 'add https://a.example/feed?x=1&y=2'],
    ['add <https://a.example/feed|a.example/feed> eu', 'add https://a.example/feed eu'],
    ['add <http://a.example|a.example> <http://b.example>', 'add http://a.example http://b.example'],
    ['ask <@U1> in <#C1|general>', 'ask <@U1> in <#C1|general>'],
  ])('%s reads %s', (sent, typed) => {
    expect(typedText(sent)).toBe(typed);
  });

  it('is what was typed, whatever it was, where Slack escaped it', () => {
    const words = fc.string().filter((text) => !/<https?:/.test(text));
    fc.assert(fc.property(words, (text) => typedText(escaped(text)) === text));
  });
});
