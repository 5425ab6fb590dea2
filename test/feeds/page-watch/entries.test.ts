import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../feeds/page-watch/entries.ts';
import { type PageRule, readRule } from '../../../feeds/page-watch/rule.ts';
import { readTree } from '../../../feeds/page-watch/tree.ts';

const BASE = 'https://www.body.example/en/news';

function entries(html: string, rule: PageRule) {
  return readEntries(readTree(html), readRule(rule), BASE);
}

describe('the entries of a page', () => {
  it('take a title from the place that names one, when several links lead to one address', () => {
    const html = `<a href="/p/1"><img alt=""></a><h3><a href="/p/1">A plan for tests</a></h3><a href="/p/1#more">Read more</a>`;
    expect(entries(html, { entry: 'a' })).toEqual([
      { url: 'https://www.body.example/p/1', title: 'A plan for tests', summary: '' },
    ]);
  });

  it('take a title from the address where no link names one', () => {
    const html =
      '<a href="/files/First%20report%2C_summary.pdf">Download PDF</a><a href="/p/2"><time>1 May 2026</time></a>';
    expect(entries(html, { entry: 'a' }).map(({ title }) => title)).toEqual(['First report, summary', '2']);
  });

  it('leave out links to the page itself, to other parts of the site, and to what is no web page', () => {
    const html = `<a href="#top">Top</a><a href="/en/news">All</a><a href="/en/news/">All of it</a><a href="/en/news/one">One</a>
      <a href="https://body.example/en/news/two">Two</a><a href="https://other.example/en/news/three">Three</a>
      <a href="/about">About</a><a href="javascript:alert(1)">Four</a><a href="mailto:a@b.example">Five</a>`;
    expect(entries(html, { entry: 'a', paths: ['/en/news/'] }).map(({ url }) => url)).toEqual([
      'https://www.body.example/en/news/one',
      'https://body.example/en/news/two',
    ]);
  });

  it('spell each address one way', () => {
    const html = '<a href="/f/a b, c.pdf">A file with blanks</a><a href="/f/a%20b,%20c.pdf">The same file</a>';
    expect(entries(html, { entry: 'a' })).toHaveLength(1);
  });

  it('start relative links where the page says that they start', () => {
    const html = '<head><base href="https://files.body.example/2026/"></head><a href="a.pdf">A file of the year</a>';
    expect(entries(html, { entry: 'a' }).map(({ url }) => url)).toEqual(['https://files.body.example/2026/a.pdf']);
    expect(entries('<base href="javascript:x"><a href="/b">B</a>', { entry: 'a' }).map(({ url }) => url)).toEqual([
      'https://www.body.example/b',
    ]);
  });

  it('never hand markup on', () => {
    const html =
      '<li><a href="/1">A &lt;script&gt;alert(1)&lt;/script&gt; title</a><p>&lt;img src=x onerror=y&gt; text</p></li>';
    expect(entries(html, { entry: 'li', summary: 'p' })).toEqual([
      { url: 'https://www.body.example/1', title: 'A title', summary: 'text' },
    ]);
  });
});
