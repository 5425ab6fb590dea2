import { describe, expect, it } from 'vitest';
import { feedLinks } from '../../feeds/feed-links.ts';
import { readTree } from '../../feeds/page-watch/tree.ts';

function links(html: string, url = 'https://body.example/'): string[] {
  return feedLinks(readTree(html), url).map((feed) => feed.url);
}

describe('the feeds that a page names', () => {
  it('are those of rel=alternate and rel=feed, then links that say so, comments last', () => {
    const html = `<head><link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">
      <link rel="alternate" type="application/atom+xml" href="/atom"><link rel="feed" href="/j.json">
      <link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" hreflang="fr" href="/fr"></head>
      <body><a href="/press.xml">RSS</a><a href="/blog/rss.xml">news</a><a href="/feedback">Feed us</a><a href="javascript:x">RSS</a></body>`;
    expect(links(html)).toEqual([
      'https://body.example/atom',
      'https://body.example/j.json',
      'https://body.example/press.xml',
      'https://body.example/blog/rss.xml',
      'https://body.example/comments/feed/',
    ]);
  });

  it('prefer the part of the site that the page stands for', () => {
    const html = `<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="alternate" type="application/rss+xml" href="/topic/ai/feed/" title=" AI ">`;
    expect(feedLinks(readTree(html), 'https://body.example/topic/ai')).toEqual([
      { url: 'https://body.example/topic/ai/feed/', title: 'AI' },
      { url: 'https://body.example/feed/' },
    ]);
    expect(links(html)[0]).toBe('https://body.example/feed/');
  });
});
