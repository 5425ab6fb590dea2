import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeedListFiles } from '../../../feeds/feed-list.ts';
import { createHttpClient } from '../../../feeds/http/client.ts';
import { carriesRule, pathsIn, readRule, ruleIn, withRule } from '../../../feeds/page-watch/rule.ts';
import { splitWords } from '../../../src/command-line.ts';
import { UserError } from '../../../src/errors.ts';
import { feedDraft } from '../../test-bot.ts';

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

  it.each(['opml', 'json'] as const)('survives the export and import of a feed list as %s', (format) => {
    const url = withRule('https://body.example/news', { entry: 'li:has(a[href^="/news/"])', date: 'time, .date' });
    const feed = feedDraft('body', { kind: 'page', url });
    const clock = { now: () => '2026-10-01T06:00:00.000Z' };
    const lists = createFeedListFiles(createHttpClient({ userAgent: 'test', allowPrivate: [], clock }));
    expect(lists.parse(lists.write({ feeds: [feed], filters: [] }, format)).feeds).toMatchObject([
      { kind: 'page', url },
    ]);
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
