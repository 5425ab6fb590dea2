import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../feeds/http/client.ts';
import { createParser } from '../../feeds/parser.ts';
import { createSourceFinder } from '../../feeds/source-finder.ts';
import { UserError } from '../../src/errors.ts';
import { fixture } from './fixture.ts';
import { TestServer } from './server.ts';

const parser = createParser();
afterAll(() => parser.close());

describe('the source behind an address', () => {
  const server = new TestServer();
  const clock = { now: () => '2026-10-01T06:00:00.000Z' };
  const http = createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: ['127.0.0.1'], clock });
  const finder = createSourceFinder(http, parser);
  const find = (path: string) => finder.find(server.url(path), new AbortController().signal);
  let pages: Record<string, string | number>;

  beforeEach(async () => {
    pages = {};
    server.requests.length = 0;
    server.answer = ({ url = '' }, response) => {
      const found = pages[url] ?? 404;
      if (typeof found === 'number') response.writeHead(found).end();
      else response.end(found.includes('<') || found.startsWith('{') ? found : fixture(found));
    };
    await server.start();
  });
  afterEach(() => server.stop());
  afterAll(() => http.close());

  const asked = () => server.requests.map(({ url }) => url);

  it('is the address itself where that is a feed or a sitemap, with one question', async () => {
    pages = { '/rss': 'un-press.xml', '/map': 'aisi-sitemap.xml', '/fr': 'federal-register.json' };
    expect(await find('/rss')).toMatchObject({ url: server.url('/rss'), kind: 'auto', how: 'given', others: [] });
    expect(await find('/map')).toMatchObject({ kind: 'sitemap', how: 'given' });
    expect(await find('/map#path=/blog/')).toMatchObject({ items: [{ title: 'How we test agents' }, {}] });
    expect((await find('/fr')).items.length).toBeGreaterThan(0);
    expect(asked()).toEqual(['/rss', '/map', '/map', '/fr']);
  });

  it('tells where the site’s robots.txt asks programs not to read it', async () => {
    pages = {
      '/robots.txt': 'User-agent: *\nDisallow: /private/ # <',
      '/private/rss': 'un-press.xml',
      '/rss': 'un-press.xml',
    };
    const asGuest = { allowPrivate: ['127.0.0.1'], isOwn: () => false, spacingMs: 0 };
    const guest = createHttpClient({ userAgent: 'Barrierwatch-test', clock, ...asGuest });
    const findAs = (path: string) =>
      createSourceFinder(guest, parser).find(server.url(path), new AbortController().signal);
    expect(await findAs('/private/rss')).toMatchObject({ how: 'given', disallowed: true });
    expect(await findAs('/rss')).not.toHaveProperty('disallowed');
    await guest.close();
  });

  it('is a page to watch where the address carries selectors', async () => {
    pages = { '/news': 'pages/listing-cards.html' };
    const found = await find('/news#watch=li.collection__item&title=h3&date=time');
    expect(found).toMatchObject({ kind: 'page', how: 'given', url: expect.stringContaining('#watch=') });
    expect(found.items).toHaveLength(2);
    await expect(find('/news#watch=li::marker')).rejects.toThrow('is not a selector');
  });

  it('is the first feed that a page names and that can be read, with the others beside it', async () => {
    pages = {
      '/': `<html><head><link rel="alternate" type="application/rss+xml" href="/gone.xml">
        <link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
        <link rel="alternate" type="application/atom+xml" title="Papers" href="/papers.atom"></head></html>`,
      '/news.xml': 'shapes/plain.xml',
      '/papers.atom': 'govuk-organisation.atom',
    };
    const found = await find('/');
    expect(found).toMatchObject({
      url: server.url('/news.xml'),
      kind: 'auto',
      how: 'named',
      title: 'Analysis of Policy',
    });
    expect(found.others).toEqual([{ url: server.url('/papers.atom'), title: 'Papers' }]);
    expect(asked()).toEqual(['/', '/gone.xml', '/news.xml']);
  });

  it('is a feed at a usual place where the page names none', async () => {
    pages = { '/about/us': '<html><body>About us</body></html>', '/rss.xml': 'shapes/plain.xml' };
    expect(await find('/about/us')).toMatchObject({ url: server.url('/rss.xml'), how: 'usual' });
    expect(asked()).toEqual(['/about/us', '/feed', '/rss.xml']);
  });

  it('comes with the list of the page, where the page does not name the feed that was found', async () => {
    pages = { '/topic/ai': 'pages/listing-cards.html', '/feed': 'shapes/plain.xml' };
    const found = await find('/topic/ai');
    expect(found).toMatchObject({ url: server.url('/feed'), how: 'usual' });
    expect(found.list).toMatch(/\/topic\/ai#watch=/);
  });

  it('is the list that a page shows where no feed is found, with the selectors that find it again', async () => {
    pages = { '/news': 'pages/listing-cards.html' };
    const found = await find('/news');
    expect(found).toMatchObject({ kind: 'page', how: 'list', title: 'Newsroom | A Ministry' });
    expect(found.items[0]).toMatchObject({
      title: 'Ministry signs declaration on safe machines',
      publishedAt: '2026-09-21',
    });
    expect(asked()).toHaveLength(6);
    const again = await finder.find(found.url, new AbortController().signal);
    expect(again.items.map(({ title }) => title)).toEqual(found.items.map(({ title }) => title));
  });

  it('is asked for six times at most, and not again after a refusal', async () => {
    pages = { '/news': 'pages/listing-cards.html', '/feed': 403 };
    expect((await find('/news')).how).toBe('list');
    expect(asked()).toEqual(['/news', '/feed']);
    server.requests.length = 0;
    const named = [1, 2, 3, 4, 5].map((number) => `<link rel="feed" href="/${number}">`);
    pages = { '/': `<html><head>${named.join('')}</head><body></body></html>` };
    await expect(find('/')).rejects.toThrow(/names no feed that can be read.*\/1 answered 404/);
    expect(asked()).toEqual(['/', '/1', '/2', '/3', '/feed', '/rss.xml']);
  });

  it('is never sought on a page that stands in for another', async () => {
    pages = { '/news': 'stand-ins/cloudflare-check.html' };
    await expect(find('/news')).rejects.toThrow('answered with a browser check (Cloudflare) instead of the page');
    expect(asked()).toEqual(['/news']);
  });

  it('says what is wrong with the address, and stops when it is told to', async () => {
    await expect(finder.find('http://10.0.0.1/feed', new AbortController().signal)).rejects.toBeInstanceOf(UserError);
    const controller = new AbortController();
    server.answer = (_, response) => {
      controller.abort(new Error('stopping'));
      response.end('<html></html>');
    };
    await expect(finder.find(server.url('/'), controller.signal)).rejects.toThrow('stopping');
  });
});
