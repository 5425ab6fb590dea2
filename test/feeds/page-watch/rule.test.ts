import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesRule, pathsIn, readRule, ruleIn, withRule } from '../../../feeds/page-watch/rule.ts';
import { splitWords } from '../../../src/command-line.ts';
import { UserError } from '../../../src/errors.ts';

describe('the rule in an address', () => {
  it('is read as it was written', () => {
    const rule = {
      entry: 'ul.news > li:has(a[href^="/news/"])',
      link: 'h3 a',
      title: 'h3',
      date: 'time, .date',
      summary: 'p',
      paths: ['/news/', '/a b/'],
    };
    const url = withRule('https://body.example/news?page=1#old', rule);
    expect(url).toMatch(/^https:\/\/body\.example\/news\?page=1#watch=/);
    expect(carriesRule(url)).toBe(true);
    expect(ruleIn(url)).toEqual(rule);
  });

  it('is one word of a command line, whatever it holds', () => {
    const text = fc.string({ minLength: 1 }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, (entry, title) => {
        const url = withRule('https://body.example/news', { entry, title });
        expect(splitWords(`/feeds add ${url} eu`)[2]?.text).toBe(url);
        expect(ruleIn(new URL(url).href)).toEqual({ entry, title });
      }),
    );
  });

  it('is absent from other addresses', () => {
    expect(carriesRule('https://body.example/news#top')).toBe(false);
    expect(ruleIn('https://body.example/news')).toBeUndefined();
    expect(pathsIn('https://body.example/sitemap.xml#path=/blog/&path=/research/&path=javascript:')).toEqual([
      '/blog/',
      '/research/',
    ]);
  });

  it('is refused with what is wrong about it', () => {
    expect(() => ruleIn('https://body.example/news#watch=')).toThrow(UserError);
    expect(() => readRule({ entry: 'li', date: 'span::before' })).toThrow('“span::before” is not a selector');
  });
});
