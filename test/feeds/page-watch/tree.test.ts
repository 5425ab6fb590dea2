import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf, readTree, textOf } from '../../../feeds/page-watch/tree.ts';
import { WorldError } from '../../../src/errors.ts';

describe('a page as a tree', () => {
  it('holds what a reader sees: no scripts, entities decoded, blocks apart and inline text together', () => {
    const page = readTree(
      '<div>A<b>B</b><p>One&nbsp;&amp; two</p><script>let x = 1;</script><style>p{}</style><noscript>no</noscript>end</div>',
    );
    expect(textOf(page)).toBe('AB One & two end');
  });

  it('closes what pages leave open', () => {
    const names = [...elementsOf(readTree('<ul><li>one<li>two</ul><p>three<p>four'))].map(({ name }) => name);
    expect(names).toEqual(['ul', 'li', 'li', 'p', 'p']);
  });

  it('refuses what is nested more deeply than any page', () => {
    expect(() => readTree('<div>'.repeat(600))).toThrow(WorldError);
    expect(readTree('<div>'.repeat(400)).children).toHaveLength(1);
  });

  it('reads a hundred thousand elements at most', () => {
    const count = [...elementsOf(readTree('<i></i>'.repeat(150_000)))].length;
    expect(count).toBe(100_000);
  });

  it('reads any text without throwing anything but a refusal', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.constantFrom('<a href="', '">', '</a>', '<li>', '<!--', ']]>', '<svg', '&#x')),
        (text, parts) => {
          expect(typeof textOf(readTree(parts.join(text)))).toBe('string');
        },
      ),
    );
  });
});
