import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../feeds/page-watch/entries.ts';
import { guessList } from '../../../feeds/page-watch/guess.ts';
import { readRule } from '../../../feeds/page-watch/rule.ts';
import { readTree } from '../../../feeds/page-watch/tree.ts';
import { fixture } from '../fixture.ts';

const BASE = 'https://body.example/news';

function guess(name: string) {
  return guessList(readTree(fixture(`pages/${name}`).toString()), BASE);
}

describe('the list of a page nobody has described', () => {
  it('is that with headings and dates, not the longer menus around it', () => {
    expect(guess('listing-cards.html')).toEqual({
      rule: { entry: 'ul.collection > li.collection__item', link: 'h3 a', title: 'h3', date: 'time', summary: 'p' },
      entries: [
        {
          url: 'https://body.example/news/2026/09/21/ministry-signs-declaration',
          title: 'Ministry signs declaration on safe machines',
          summary: 'Nine states took part, and two more will join them in the autumn.',
          date: '2026-09-21',
        },
        {
          url: 'https://body.example/news/2026/09/14/report-on-compute',
          title: 'Report on compute in public hands is out',
          summary: 'The report counts what the state owns and what it rents from others.',
          date: '2026-09-14',
        },
      ],
    });
  });

  it('finds dates that stand in plain text after the link', () => {
    expect(guess('listing-text-dates.html')?.entries.map(({ title, date }) => [date, title])).toEqual([
      ['2026-07-30', 'Designations and an update of the list'],
      ['2026-07-29', 'General licence for research software'],
      ['2026-07-27', 'Removal of three names from the list'],
    ]);
  });

  it('is not an archive of years, nor a menu', () => {
    expect(guess('listing-of-years.html')).toBeUndefined();
    const menu = [
      'About the ministry and its people',
      'How the ministry is organised',
      'Where the ministry can be found',
    ];
    const items = menu.map((text, index) => `<li><a href="/${index}">${text}</a></li>`).join('');
    expect(guessList(readTree(`<nav><ul>${items}</ul></nav>`), BASE)).toBeUndefined();
    expect(guessList(readTree(`<div class="site-menu"><ul>${items}</ul></div>`), BASE)).toBeUndefined();
  });

  it('is found for most pages of the catalogue too', () => {
    const found = ['enisa.html', 'bis.html', 'iaps.html', 'nist-caisi.html', 'commerce.html'].map(
      (name) => guess(name)?.entries.length,
    );
    expect(found).toEqual([2, 2, 2, 2, 2]);
  });

  it('is found again by the rule that it gives, on any page', () => {
    const word = fc.stringMatching(/^[a-z]{8,14}$/);
    const entry = fc.record({
      title: fc.array(word, { minLength: 3, maxLength: 5 }),
      day: fc.integer({ min: 1, max: 28 }),
    });
    const shape = fc.constantFrom('li', 'article', 'div');
    fc.assert(
      fc.property(fc.array(entry, { minLength: 3, maxLength: 8 }), shape, fc.boolean(), (entries, name, headed) => {
        const rows = entries.map(({ title, day }, index) => {
          const link = `<a href="/news/${index}">${title.join(' ')}</a>`;
          return `<${name} class="row">${headed ? `<h2>${link}</h2>` : link}<span class="day">${day} May 2026</span></${name}>`;
        });
        const page = readTree(`<body><section class="list">${rows.join('')}</section></body>`);
        const list = guessList(page, BASE);
        expect(list?.entries).toHaveLength(entries.length);
        expect(list?.entries.every(({ date }) => date !== undefined)).toBe(true);
        expect(list && readEntries(page, readRule(list.rule), BASE)).toEqual(list?.entries);
      }),
      { numRuns: 50 },
    );
  });
});
