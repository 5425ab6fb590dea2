import { describe, expect, it } from 'vitest';
import { catalogue, defaultFeeds } from '../../feeds/catalogue.ts';
import { FEED_KINDS, STREAMS } from '../../src/model.ts';

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

  it('starts a workspace with sources of every stream that a reader knows', () => {
    const feeds = defaultFeeds();
    expect(new Set(feeds.map(({ stream }) => stream))).toEqual(new Set(STREAMS));
    for (const feed of feeds) expect(FEED_KINDS).toContain(feed.kind);
  });

  it('leaves out what asks programs to keep away, and what has no reader', () => {
    const ids = defaultFeeds().map(({ id }) => id);
    expect(ids).toContain('un-press-all');
    expect(ids).not.toContain('un-news-all');
    expect(ids).not.toContain('uk-aisi-blog');
  });
});
