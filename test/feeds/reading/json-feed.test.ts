import { describe, expect, it } from 'vitest';
import { readJsonFeed } from '../../../feeds/reading/json-feed.ts';

const VERSION = 'https://jsonfeed.org/version/1.1';
const read = (feed: object) =>
  readJsonFeed(JSON.stringify({ version: VERSION, ...feed }), 'https://a.example/feed', 10);

describe('readJsonFeed', () => {
  it('gives all that an item says', () => {
    const item = {
      ...{ id: 'n1', url: '/1', external_url: 'https://b.example/1', title: 'Act & <b>', summary: 'Short' },
      ...{
        content_html: '<p>Long &amp; wide</p>',
        date_published: '2026-09-01T10:00:00+02:00',
        date_modified: '2026-09-02',
      },
      ...{ tags: ['AI', 'AI', 7, ' law '], language: 'fr' },
      attachments: [{ url: 'f.pdf', mime_type: 'application/pdf' }, { url: 'javascript:1' }, 'x'],
    };
    const hubs = [
      { type: 'rssCloud', url: 'https://cloud.example/' },
      { type: 'WebSub', url: 'https://hub.example/' },
    ];
    const feed = { title: 'Notes', home_page_url: '/', feed_url: 'https://a.example/feed.json', hubs, items: [item] };
    expect(read(feed)).toEqual({
      title: 'Notes',
      siteUrl: 'https://a.example/',
      hints: { hub: 'https://hub.example/', self: 'https://a.example/feed.json' },
      items: [
        {
          guid: 'n1',
          url: 'https://a.example/1',
          title: 'Act & <b>',
          summary: 'Short',
          content: 'Long & wide',
          publishedAt: '2026-09-01T08:00:00.000Z',
          updatedAt: '2026-09-02',
          language: 'fr',
          categories: ['AI', 'law'],
          enclosures: [{ url: 'https://a.example/f.pdf', type: 'application/pdf' }],
        },
      ],
    });
  });

  it('loses no item over a field of the wrong type, and no feed over an item', () => {
    const odd = { id: 7, title: { a: 1 }, url: ['x'], tags: 'AI', attachments: {}, date_published: 5 };
    expect(read({ title: 5, items: [odd, null, 3, { id: 'https://a.example/2' }] }).items).toEqual([
      { guid: '7', categories: [], enclosures: [] },
      { guid: 'https://a.example/2', url: 'https://a.example/2', categories: [], enclosures: [] },
    ]);
  });

  it('stops after as many items as were asked for', () => {
    expect(read({ items: Array.from({ length: 20 }, (_, id) => ({ id })) }).items).toHaveLength(10);
  });

  it('reads names that JavaScript itself uses as any other', () => {
    const json = `{"version":"${VERSION}","__proto__":{"polluted":1},"items":[{"id":"1","__proto__":{"polluted":1}}]}`;
    expect(readJsonFeed(json, 'https://a.example/', 10).items).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
