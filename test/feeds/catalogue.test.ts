import { describe, expect, it } from 'vitest';
import { catalogue, defaultFeeds } from '../../feeds/catalogue.ts';
import { knownPage } from '../../feeds/page-watch/pages.ts';
import { STREAMS } from '../../src/model.ts';

describe('the catalogue', () => {
  it('knows eighty sources in every stream', () => {
    const entries = catalogue();
    expect(entries).toHaveLength(80);
    expect(new Set(entries.map(({ stream }) => stream))).toEqual(new Set(STREAMS));
  });

  it('names each source and each address once', () => {
    const entries = catalogue();
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(new Set(entries.map(({ url }) => url)).size).toBe(entries.length);
  });

  it('asks over https only', () => {
    for (const entry of catalogue()) expect(`${entry.url} ${entry.homepage}`).toMatch(/^https:\S+ https:\S+$/);
  });

  it('starts a workspace with sources of every stream', () => {
    const feeds = defaultFeeds();
    expect(new Set(feeds.map(({ stream }) => stream))).toEqual(new Set(STREAMS));
    expect(feeds.length).toBeLessThan(catalogue().length);
  });

  it('tells entries apart by what stays the same at each publisher', () => {
    const rules = new Map(defaultFeeds().map(({ id, identity }) => [id, identity]));
    expect(rules.get('un-press-all')).toBe('reference');
    expect(rules.get('eu-presscorner')).toBe('reference');
    expect(rules.get('us-whitehouse-eo')).toBe('link');
    expect(rules.get('uk-aisi-govuk-atom')).toBe('link');
    expect(rules.get('us-fr-ai')).toBeUndefined();
  });

  it('leaves out what asks programs to keep away, and what has not been seen to fit', () => {
    const ids = defaultFeeds().map(({ id }) => id);
    expect(ids).toContain('un-press-all');
    expect(ids).toContain('uk-aisi-blog');
    expect(ids).not.toContain('un-news-all');
    expect(ids).not.toContain('us-commerce-press');
    expect(ids).not.toContain('un-ai-scientific-panel');
  });

  it('says of each source that is off why it is', () => {
    const silent = catalogue().filter(({ enabled, note }) => !enabled && note.length < 20);
    expect(silent).toEqual([]);
  });

  it('knows where each page to watch shows its entries', () => {
    const pages = catalogue().filter(({ kind }) => kind === 'page');
    expect(pages.length).toBeGreaterThan(10);
    for (const { id, url } of pages) expect(knownPage(url), id).toBeDefined();
  });
});
