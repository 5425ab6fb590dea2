import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultFeeds } from '../../feeds/catalogue.ts';
import { createFeedListFiles } from '../../feeds/feed-list.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { FEED_KINDS, IDENTITY_RULES, type ListedDraft, type ScopedFilter, STREAMS } from '../../src/model.ts';
import { fixture } from './fixture.ts';
import { TestServer } from './server.ts';

const clock = { now: () => '2026-10-01T06:00:00.000Z' };
const http = createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: ['127.0.0.1'], clock });
const files = createFeedListFiles(http);
const server = new TestServer();

beforeAll(() => server.start());
afterAll(async () => {
  await http.close();
  await server.stop();
});

const title = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/[\s\p{C}]+/gu, ' ').trim())
  .filter((text) => text !== '');
/** As they are read: in lower case, each once. */
const terms = fc.uniqueArray(
  title
    .map((text) =>
      text
        .toLowerCase()
        .replace(/[,;"“”„«»]/g, '')
        .trim(),
    )
    .filter((text) => /[\p{L}\p{N}]/u.test(text)),
  { maxLength: 3 },
);
const filter = fc
  .record({ include: terms, exclude: terms })
  .filter((each) => each.include.length + each.exclude.length > 0);
const filters: fc.Arbitrary<ScopedFilter[]> = fc
  .uniqueArray(fc.record({ scope: fc.constantFrom('all' as const, ...STREAMS), filter }), {
    selector: ({ scope }) => scope,
  })
  .map((found) => found.sort((one, other) => one.scope.localeCompare(other.scope)));
const draft: fc.Arbitrary<ListedDraft> = fc.record(
  {
    id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
    kind: fc.constantFrom(...FEED_KINDS),
    url: fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href),
    title,
    stream: fc.constantFrom(...STREAMS),
    homepage: fc.webUrl().map((url) => new URL(url).href),
    broad: fc.boolean(),
    identity: fc.constantFrom(...IDENTITY_RULES),
    paused: fc.constant(true),
    filter,
  },
  { requiredKeys: ['id', 'kind', 'url', 'title', 'stream', 'broad'] },
);

describe('feed lists', () => {
  it.each(['opml', 'json'] as const)('come back from %s as they were', (format) => {
    const distinct = fc
      .uniqueArray(draft, { selector: ({ id }) => id, maxLength: 8 })
      .filter((feeds) => new Set(feeds.map(({ url }) => url)).size === feeds.length);
    fc.assert(
      fc.property(distinct, filters, (feeds, scoped) => {
        const read = files.parse(files.write({ feeds, filters: scoped }, format));
        const inOrder = [...read.filters].sort((one, other) => one.scope.localeCompare(other.scope));
        expect({ ...read, filters: inOrder }).toEqual({ feeds, filters: scoped, faults: [] });
      }),
    );
  });

  it.each(['opml', 'json'] as const)('hold the catalogue in %s', (format) => {
    const content = { feeds: defaultFeeds(), filters: [] };
    expect(files.parse(files.write(content, format))).toEqual({ ...content, faults: [] });
  });

  it('say what OPML has no word for in a namespace of their own, read under any prefix and without one', () => {
    const feed = { id: 'a', kind: 'rss', url: 'https://a.example/', title: 'A', stream: 'eu', broad: true } as const;
    const kept = {
      ...feed,
      paused: true,
      identity: 'link',
      filter: { include: ['ai act'], exclude: ['vacanc*'] },
    } as const;
    const text = files.write({ feeds: [kept], filters: [] }, 'opml');
    expect(text).toContain('xmlns:barrierwatch="urn:barrierwatch:opml:1"');
    expect(text).toContain('barrierwatch:identity="link"');
    expect(
      files.parse(text.replaceAll(' barrierwatch:', ' bw:').replace('xmlns:barrierwatch', 'xmlns:bw')).feeds,
    ).toEqual([kept]);
    expect(files.parse(text.replaceAll(' barrierwatch:', ' ')).feeds).toEqual([kept]);
    expect(
      files.parse(text.replace('urn:barrierwatch', 'urn:other').replaceAll(' barrierwatch:', ' other:')).feeds[0]
        ?.paused,
    ).toBeUndefined();
  });

  it('name a filter or an identity rule that is none', () => {
    const list = [
      { url: 'https://a.example/', identity: 'date' },
      { url: 'https://b.example/', exclude: ['…'] },
    ];
    const text = JSON.stringify({ feeds: list, filters: [{ scope: 'nato', include: ['x'] }] });
    expect(files.parse(text).faults).toEqual([
      'entry 1: “date” is no identity rule; known are guid, link, reference',
      'entry 2: “…” is no word to filter by. Separate words or phrases with commas.',
      'filter 1: “nato” is no stream; known are un, eu, us, institutes, analysis',
    ]);
  });

  it('of other programs are read: folders named like a stream, missing fields, faults with their place', () => {
    expect(files.parse(fixture('subscriptions.opml').toString())).toEqual({
      feeds: [
        {
          id: 'europarl-europa-eu-rss-doc-press-releases-en',
          kind: 'auto',
          url: 'https://www.europarl.europa.eu/rss/doc/press-releases/en.xml',
          title: 'European & Parliament',
          stream: 'eu',
          homepage: 'https://www.europarl.europa.eu/news/en',
          broad: false,
        },
        expect.objectContaining({ id: 'edpb-europa-eu-feed-news-en', title: 'Board', stream: 'eu' }),
        expect.objectContaining({ id: 'importai-substack-com-feed', stream: 'analysis' }),
      ],
      filters: [],
      faults: [
        'line 13 (“Without an address”): the address (xmlUrl or url) is missing',
        'line 14 (“A file”): “file:///etc/passwd” is not a web address without a password',
        'line 15 (“Newsletter again”): https://importai.substack.com/feed is on this list already',
      ],
    });
  });

  it('in JSON need an address only, and name what is wrong with an entry', () => {
    const list = [
      { url: 'https://a.example/feed.xml' },
      { url: 'feed://b.example/rss' },
      { url: 'https://c.example/', stream: 'nato' },
      { url: 'https://d.example/', kind: 7 },
      { url: 'https://e.example/', id: 'Not An Id' },
      'https://f.example/',
    ];
    const { feeds, faults } = files.parse(JSON.stringify(list));
    expect(feeds.map(({ id, url, title }) => ({ id, url, title }))).toEqual([
      { id: 'a-example-feed', url: 'https://a.example/feed.xml', title: 'a.example' },
      { id: 'b-example-rss', url: 'https://b.example/rss', title: 'b.example' },
    ]);
    expect(faults).toEqual([
      'entry 3: “nato” is no stream; known are un, eu, us, institutes, analysis',
      `entry 4: “7” is no kind of source; known are ${FEED_KINDS.join(', ')}`,
      'entry 5: the id “Not An Id” may hold a-z, 0-9 and hyphens only',
      'entry 6: the address (xmlUrl or url) is missing',
    ]);
  });

  it('give different addresses different ids', () => {
    const { feeds } = files.parse('[{"url":"https://a.example/x?y"},{"url":"https://a.example/x/y"}]');
    expect(feeds.map(({ id }) => id)).toEqual(['a-example-x-y', 'a-example-x-y-2']);
  });

  it.each([
    ['plain words', 'hello', /neither an OPML file nor a JSON list/],
    ['broken JSON', '[{', /this JSON cannot be read/],
    ['JSON that is no list', '{"a":1}', /must be an array/],
    ['a feed in place of a list', '<rss><channel/></rss>', /no <opml> element/],
  ])('are refused with advice when they are %s', (_, text, message) => {
    expect(() => files.parse(text)).toThrow(message);
  });

  it('never fail otherwise than in words', () => {
    const piece = fc.constantFrom(
      '<opml>',
      '<outline',
      ' xmlUrl="https://a.example/"',
      '>',
      '/>',
      '[',
      '{',
      '"url":',
      '}',
      ']',
      '"',
      ' text="a"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            expect(files.parse(text).feeds).toBeInstanceOf(Array);
          } catch (thrown) {
            expect(thrown).toMatchObject({ name: 'UserError' });
          }
        },
      ),
    );
  });

  it('are fetched from a link, under the rules for feeds', async () => {
    server.answer = (_, response) => response.end('[]');
    expect(await files.fetch(server.url('/list.json'), new AbortController().signal)).toBe('[]');
    await expect(files.fetch('http://10.0.0.1/list', new AbortController().signal)).rejects.toThrow('private address');
  });
});
