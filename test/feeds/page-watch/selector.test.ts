import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSelector, selectAll, selectFirst } from '../../../feeds/page-watch/selector.ts';
import { elementsOf, readTree, textOf } from '../../../feeds/page-watch/tree.ts';
import { UserError } from '../../../src/errors.ts';

const PAGE = readTree(`<main id="content" class="page wide">
  <ul class="news list"><li class="item first"><a href="/news/1" hreflang="en">One</a></li>
  <li class="item"><h3>Two</h3><a href="https://a.example/news/2.pdf">Open</a> <span data-x>now</span></li></ul>
  <nav><ul><li><a href="/menu">Menu</a></li></ul></nav><p>After</p><p class="Größe">Last</p>
</main>`);

function found(selector: string): string[] {
  return selectAll(PAGE, readSelector(selector)).map((element) => textOf(element));
}

describe('a selector', () => {
  it.each([
    ['h3', ['Two']],
    ['LI.item', ['One', 'Two Open now']],
    ['.item.first', ['One']],
    ['#content > p', ['After', 'Last']],
    ['main.wide li a', ['One', 'Open', 'Menu']],
    ['ul.news > li > a', ['One', 'Open']],
    ['a[href^="/news/"]', ['One']],
    ["a[href$='.pdf']", ['Open']],
    ['a[href*=news]', ['One', 'Open']],
    ['[hreflang=en]', ['One']],
    ['[class~="item"] [data-x]', ['now']],
    ['h3 + a', ['Open']],
    ['h3 ~ span', ['now']],
    ['ul.news > li:first-child', ['One']],
    ['main > :last-child', ['Last']],
    ['a:not(nav a)', ['One', 'Open']],
    ['li:has(h3) a', ['Open']],
    ['h3, p', ['Two', 'After', 'Last']],
    ['  h3  ,  [data-x]  ', ['Two', 'now']],
    ['.Größe', ['Last']],
    ['a[href^=""]', []],
    ['table', []],
  ])('%s finds %j', (selector, texts) => {
    expect(found(selector)).toEqual(texts);
  });

  it('finds the first, in the order of the page', () => {
    const first = selectFirst(PAGE, readSelector('p, a'));
    expect(first && textOf(first)).toBe('One');
  });

  it.each(
    [
      [
        '',
        'a,',
        'li >',
        '> li',
        'a[',
        'a[href',
        'a[href=',
        '.',
        '#',
        'a::before',
        'li:nth-child(2)',
        'a[href|=en]',
        'a)',
      ],
      ['a:not(', 'a:not(b:not(c:not(d)))', `${'a'.repeat(501)}`, 'a b!c'],
    ].flat(),
  )('%j is refused', (selector) => {
    expect(() => readSelector(selector)).toThrow(UserError);
  });

  it('never does anything but find elements or refuse, whatever is written', () => {
    const part = fc.constantFrom(
      'a',
      'li',
      '.item',
      '#content',
      '[href]',
      '[href^="/"]',
      ' ',
      '>',
      '+',
      '~',
      ',',
      ':not(',
      ')',
      '*',
      ':has(',
      '(',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (selector) => {
          try {
            const all = [...elementsOf(PAGE)];
            for (const element of selectAll(PAGE, readSelector(selector))) expect(all).toContain(element);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(UserError);
          }
        },
      ),
    );
  });
});
