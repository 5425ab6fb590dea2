import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../feeds/parse.ts';
import type { FeedEntry } from '../../feeds/reading/feed.ts';
import { fixture } from './fixture.ts';

const url = 'https://publisher.example/news/feed.xml';
const read = (content: string | Uint8Array, contentType = 'application/xml') =>
  parseFeed(typeof content === 'string' ? Buffer.from(content) : content, { contentType, url });
const rss = (items: string, attributes = '') =>
  read(`<rss version="2.0" ${attributes}><channel>${items}</channel></rss>`);
const atom = (entries: string, attributes = '') =>
  read(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${entries}</feed>`);

describe('parseFeed', () => {
  it('gives all that a podcast says of an episode', async () => {
    expect(await read(fixture('podcast.xml'))).toEqual({
      title: 'Governance Hour',
      siteUrl: 'https://podcast.example/',
      items: [
        {
          guid: 'ep-12',
          url: 'https://podcast.example/12',
          title: 'Who audits the auditors?',
          summary: 'A talk on audits.',
          content: 'Show notes: the act 1:02 the office',
          publishedAt: '2026-09-30T04:00:00.000Z',
          categories: ['Audits', 'Technology', 'Society & Culture', 'law'],
          enclosures: [{ url: 'https://publisher.example/files/12.mp3', type: 'audio/mpeg' }],
          language: 'en-ie',
        },
      ],
      hints: {
        ttl: 30,
        skipHours: [0, 1],
        skipDays: ['sat', 'sun'],
        hub: 'https://hub.example/',
        self: 'https://podcast.example/feed.xml',
      },
    });
  });

  it('gives all that a video channel says in its media groups', async () => {
    const { title, siteUrl, items } = await read(fixture('video-channel.atom'));
    expect({ title, siteUrl }).toEqual({ title: 'Institute Talks', siteUrl: 'https://video.example/channel/UC1' });
    expect(items).toEqual([
      {
        guid: 'yt:video:abc',
        url: 'https://video.example/watch?v=abc',
        title: 'Testing frontier models',
        summary: 'A lecture in two parts.',
        publishedAt: '2026-08-01T10:00:00.000Z',
        updatedAt: '2026-08-02T11:30:00.000Z',
        categories: [],
        enclosures: [],
      },
    ]);
  });

  it('follows xml:base, the one nearest to the link', async () => {
    const { items } = await atom(
      '<entry xml:base="b/"><link href="c" xml:base="d/"/><link rel="enclosure" href="e.pdf"/></entry>',
      'xml:base="https://base.example/a/"',
    );
    expect(items[0]).toMatchObject({
      url: 'https://base.example/a/b/d/c',
      enclosures: [{ url: 'https://base.example/a/b/e.pdf' }],
    });
  });

  it('takes the alternate link that leads to a page, the last of several', async () => {
    const link = (attributes: string) => `<link ${attributes}/>`;
    const { items } = await atom(
      `<entry>${link('rel="self" href="/self"')}${link('rel="alternate" type="application/json" href="/json"')}${link('href="/en" type="text/html"')}${link('href="/de"')}${link('rel="replies" href="/replies"')}</entry><entry>${link('rel="alternate" type="application/pdf" href="/pdf"')}</entry><entry>${link('rel="self" href="/self"')}</entry>`,
    );
    expect(items.map((item) => item.url)).toEqual([
      'https://publisher.example/de',
      'https://publisher.example/pdf',
      undefined,
    ]);
  });

  it('believes what Atom declares of a text', async () => {
    const { items } = await atom(`
      <entry><title>x &lt;b&gt; y</title></entry>
      <entry><title type="html">x &lt;b&gt;y&lt;/b&gt; &amp;lt;i&amp;gt;</title></entry>
      <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x <b>y</b><p>z</p></div></title></entry>
      <entry><content type="application/octet-stream">${Buffer.from('plain words').toString('base64')}</content></entry>
      <entry><title>p</title><content type="image/png">${Buffer.from([0x89, 0x50, 0xff]).toString('base64')}</content></entry>`);
    expect(items.map(({ title, content }) => title ?? content)).toEqual([
      'x <b> y',
      'x y <i>',
      'x y z',
      'plain words',
      'p',
    ]);
    expect(items[4]).not.toHaveProperty('content');
  });

  it('reads titles of Atom 0.3 that are base64', async () => {
    const title = Buffer.from('<b>Über</b> Nacht').toString('base64');
    const { items } = await read(
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title type="text/html" mode="base64">${title}</title></entry></feed>`,
    );
    expect(items[0]?.title).toBe('Über Nacht');
  });

  it('takes a second summary for the content, and a full text for the content alone', async () => {
    const { items } = await rss(
      '<item><description>short</description><summary>long</summary></item><item><content:encoded>&lt;p&gt;full&lt;/p&gt;</content:encoded></item>',
      'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    );
    expect(items.map(({ summary, content }) => [summary, content])).toEqual([
      ['short', 'long'],
      [undefined, 'full'],
    ]);
  });

  it('loses no item over a bad date, link or title, and invents none of them', async () => {
    const { items } = await rss(
      '<item><title/><link>javascript:alert(1)</link><pubDate>soon</pubDate></item><item/><item><title>b</title><pubDate>Mon, 31 Aug 2026 10:00 +0200</pubDate></item>',
    );
    expect(items).toEqual([
      { categories: [], enclosures: [] },
      { categories: [], enclosures: [] },
      { title: 'b', publishedAt: '2026-08-31T08:00:00.000Z', categories: [], enclosures: [] },
    ]);
  });

  it('takes a guid for the link only where it can be one', async () => {
    const { items } = await rss(
      '<item><guid>https://a.example/1</guid></item><item><guid>/2</guid></item><item><guid isPermaLink="FALSE">https://a.example/3</guid></item><item><guid>1800001</guid></item><item><guid>f81d4fae-7dec-11d0-a765-00a0c91e6bf6</guid></item><item><guid>tag:a.example,2026:6</guid></item>',
    );
    expect(items.map((item) => item.url)).toEqual([
      'https://a.example/1',
      'https://publisher.example/2',
      ...[undefined, undefined, undefined, undefined],
    ]);
  });

  it.each([
    ['empty', '', 'answered with an empty document'],
    ['html', '<!doctype html><html><body>Sign in</body></html>', 'answered with a web page instead of a feed'],
    ['json', '{"status":"ok"}', 'answered with JSON that is not a JSON Feed'],
    ['json', '{"version":', 'answered with broken JSON'],
    ['text', 'service unavailable', 'answered with plain text instead of a feed'],
    ['xml', '<urlset/>', 'answered with XML that is not a feed: it begins with <urlset>'],
    ['too-deep', `<rss>${'<a>'.repeat(1_000)}`, 'answered with a document nested too deeply to be a feed'],
    ['too-big', ' '.repeat(8_388_609), 'answered with more than 8 MB'],
  ])('tells the kind of a failure, %s, and says it in words', async (fault, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'WorldError', fault, message });
  });
});

/** Pieces of feeds, whole and broken. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '<rss>',
      '<channel>',
      '</channel>',
      '<item>',
      '</item>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
    ],
    ...[
      '</entry>',
      '<title>',
      '</title>',
      '<title type="html">',
      '<link>',
      '</link>',
      '<link href="',
      '"/>',
      '<guid>',
      '</guid>',
    ],
    ...[
      '<description>',
      '</description>',
      '<content:encoded>',
      '</content:encoded>',
      '<pubDate>',
      '</pubDate>',
      '<![CDATA[',
    ],
    ...[
      ']]>',
      '<!--',
      '-->',
      '&lt;b&gt;',
      '&amp;lt;script&amp;gt;',
      '<b>',
      '<script>',
      '</p>',
      '&',
      '<',
      '>',
      'javascript:x',
    ],
    ...[
      'https://a.example/',
      '//b.example',
      '2026-09-01',
      '<!DOCTYPE r [<!ENTITY x "y">]>',
      '&x;',
      '\u0000',
      '__proto__',
    ],
    ...[
      '{"version":"https://jsonfeed.org/version/1.1","items":[',
      '{"id":1,"title":"<b>"}',
      ',',
      ']}',
      'xml:base="/x"',
    ],
  ),
  fc.string({ maxLength: 12 }),
);
const document = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''))),
  fc
    .array(piece, { maxLength: 40 })
    .map((pieces) => Buffer.from(`<rss><channel><item>${pieces.join('')}</item></channel></rss>`)),
);
const KNOWN_TAG = /<\/?(?:b|p|i|a|script)(?:\s[^<>]*)?>/i;

function expectSound({ url, enclosures, publishedAt, updatedAt, title, summary, content }: FeedEntry): void {
  for (const address of [url, ...enclosures.map((enclosure) => enclosure.url)]) {
    expect(address ?? 'https://').toMatch(/^https?:\/\//);
  }
  for (const date of [publishedAt, updatedAt]) {
    expect(date ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/);
    expect(new Date(date ?? 0).getTime()).not.toBeNaN();
  }
  for (const text of [title, summary, content]) expect(text ?? 'x').toMatch(/^\S(?:\P{Cc}*\S)?$/u);
}

describe('any bytes', () => {
  it('are read, or refused in words; what is read is absolute, dated and plain', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.string(), async (bytes, contentType) => {
        const [outcome] = await Promise.allSettled([parseFeed(bytes, { contentType, url })]);
        if (outcome.status === 'fulfilled') outcome.value.items.forEach(expectSound);
        else expect(outcome.reason).toMatchObject({ name: 'WorldError', fault: expect.any(String) });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text of RSS', () => {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const markup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<b>',
          '</b>',
          '<p class="x">',
          '</p>',
          '<br/>',
          '<i>',
          '<a href="/x">',
          '</a>',
          '<!-- x -->',
          '&',
        ),
        fc.stringMatching(/^[a-z ]{1,10}$/),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join(''));

  it('holds no known tag, however often it was escaped', async () => {
    await fc.assert(
      fc.asyncProperty(markup, fc.integer({ min: 0, max: 2 }), async (source, times) => {
        const body = Array.from({ length: times }).reduce<string>(escaped, source);
        const { items } = await rss(
          `<item><title><![CDATA[${body}]]></title><summary>${escaped(body)}</summary></item>`,
        );
        expect(items).toHaveLength(1);
        expect(items[0]?.title ?? '').not.toMatch(KNOWN_TAG);
        expect(items[0]?.summary).toBe(items[0]?.title);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a tag that the writer wanted to be seen, and all that follows it', async () => {
    const body = '<p>The &lt;script&gt; tag &amp; others</p>';
    const { items } = await rss(`<item><title>t</title><description><![CDATA[${body}]]></description></item>`);
    expect(items[0]?.summary).toBe('The <script> tag & others');
  });
});
