import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeedSource } from '../../../feeds/kinds/feed.ts';
import { documentOf, fixture } from '../fixture.ts';

const read = (content: string | Buffer, url?: string) => parseFeedSource(documentOf(content, url));
const rss = (items: string) => `<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;

describe('parseFeedSource', () => {
  it('reads UN press: relative links, indented texts, times with an offset', async () => {
    expect(await read(fixture('un-press.xml'))).toEqual({
      title: 'UN Meetings Coverage and Press Releases',
      homepage: 'https://press.un.org/en',
      items: [
        {
          guid: 'https://press.un.org/en/2026/sc16501.doc.htm',
          url: 'https://press.un.org/en/2026/sc16501.doc.htm',
          title: 'Security Council Debates Artificial Intelligence in Peace Operations',
          summary: 'Members disagreed on whether the Council is the place to set limits for military uses of AI.',
          publishedAt: '2026-08-28T22:35:09.000Z',
          categories: [],
          language: 'en',
        },
        expect.objectContaining({
          url: 'https://press.un.org/en/blog/sc16501',
          publishedAt: '2026-08-28T14:00:00.000Z',
        }),
      ],
    });
  });

  it('reads the White House: WordPress markup in CDATA, entities in titles and categories', async () => {
    const { title, items } = await read(fixture('whitehouse.xml'));
    expect(title).toBe('Presidential Actions – The White House');
    expect(items).toEqual([
      {
        guid: 'https://www.whitehouse.gov/?p=31337',
        url: 'https://www.whitehouse.gov/presidential-actions/2026/10/nominations/',
        title: 'Nominations Sent to the Senate: “Science & Technology”',
        summary: 'A list of names went to the Senate today. […]',
        publishedAt: '2026-10-05T20:10:31.000Z',
        categories: ['Nominations & Appointments', 'Presidential Actions'],
        language: 'en-us',
      },
    ]);
  });

  it('reads NIST: what was escaped twice', async () => {
    const { items } = await read(fixture('nist.xml'));
    expect(items[0]).toMatchObject({
      guid: '1800001',
      title: 'NIST Publishes Draft on "Agent" Identity & Access',
      summary: 'Comments on the draft are open for sixty days.',
      publishedAt: '2026-09-15T16:00:00.000Z',
    });
  });

  it('reads GOV.UK Atom: an identity without its timestamp, a bad date, a link without an address, inline XHTML', async () => {
    expect(await read(fixture('govuk-organisation.atom'))).toEqual({
      title: 'AI Security Institute - Activity on GOV.UK',
      homepage: 'https://www.gov.uk/government/organisations/ai-security-institute',
      items: [
        {
          guid: 'https://www.gov.uk/government/publications/frontier-report',
          url: 'https://www.gov.uk/government/publications/frontier-report',
          title: 'Research and analysis: Frontier report',
          summary: 'What the institute found when it tested new models.',
          publishedAt: '2026-09-30T08:30:00.000Z',
          categories: [],
          language: 'en-gb',
        },
        {
          guid: 'https://www.gov.uk/government/news/new-director',
          url: 'https://publisher.example/government/news/new-director',
          title: 'News story: New director named',
          summary: 'She will start in October.',
          categories: [],
          language: 'en-gb',
        },
      ],
      hints: { self: 'https://www.gov.uk/government/organisations/ai-security-institute.atom' },
    });
  });

  it('reads soumu.go.jp: RSS 1.0 in Shift_JIS', async () => {
    expect(await read(fixture('soumu.rdf'))).toEqual({
      title: '総務省',
      homepage: 'https://www.soumu.go.jp/',
      items: [
        {
          guid: 'https://www.soumu.go.jp/menu_news/s-news/01ai.html',
          url: 'https://www.soumu.go.jp/menu_news/s-news/01ai.html',
          title: 'AI事業者ガイドラインの更新',
          summary: '',
          publishedAt: '2026-09-10T05:00:00.000Z',
          categories: [],
          language: 'ja',
        },
      ],
    });
  });

  it('says that a retired GOV.UK feed has ended', async () => {
    await expect(read(fixture('govuk-ended.atom'))).rejects.toMatchObject({
      name: 'WorldError',
      message: 'the publisher has ended this feed',
    });
  });

  it('says that a page is a page, and which feed it names', async () => {
    await expect(read(fixture('page.html'))).rejects.toThrow(
      'answered with a web page instead of a feed; the page names this feed: https://publisher.example/news/feed.xml',
    );
  });

  it('reads a feed whose elements have an Atom prefix', async () => {
    const xml =
      '<a10:feed xmlns:a10="http://www.w3.org/2005/Atom"><a10:entry><a10:id>1</a10:id><a10:title>One</a10:title></a10:entry></a10:feed>';
    expect((await read(xml)).items).toEqual([{ guid: '1', title: 'One', summary: '', categories: [] }]);
  });

  it('survives bare ampersands, unknown entities, tags in capitals and bare markup', async () => {
    const { items } = await read(
      '<RSS><CHANNEL><ITEM><TITLE>R&D &foo; &eacute;t&eacute;</TITLE><DESCRIPTION>a<br>b <I>c</I></DESCRIPTION></ITEM></CHANNEL></RSS>',
    );
    expect(items).toEqual([{ title: 'R&D &foo; été', summary: 'a b c', categories: [] }]);
  });

  it('takes a missing title from the summary, and drops what has neither title nor link', async () => {
    const { items } = await read(
      rss(
        '<item><link>https://a.example/1</link><description>Words.</description></item><item><description>Lost</description></item><item/>',
      ),
    );
    expect(items).toEqual([{ url: 'https://a.example/1', title: 'Words.', summary: 'Words.', categories: [] }]);
  });

  it('takes a permanent guid as the link, and one that says otherwise not', async () => {
    const { items } = await read(
      rss(
        '<item><title>a</title><guid>https://a.example/1</guid></item><item><title>b</title><guid isPermaLink="false">https://a.example/2</guid></item>',
      ),
    );
    expect(items.map(({ url }) => url)).toEqual(['https://a.example/1', undefined]);
  });

  it('keeps the first thousand items of an archive', async () => {
    const { items } = await read(
      rss(Array.from({ length: 1_500 }, (_, index) => `<item><title>Item ${index}</title></item>`).join('')),
    );
    expect(items).toHaveLength(1_000);
    expect(items[0]?.title).toBe('Item 0');
  });

  it('keeps the whole items of a feed that was cut off', async () => {
    const { items } = await read('<rss><channel><item><title>whole</title></item><item><title>ha');
    expect(items.map(({ title }) => title)).toEqual(['whole']);
  });

  it('reads short declared entities, and never what a declaration points to', async () => {
    const xml = `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY l "lol">]>${rss('<item><title>a &x; &l; b</title></item>')}`;
    expect((await read(xml)).items[0]?.title).toBe('a &x; lol b');
  });

  it('cuts long summaries between words', async () => {
    const { items } = await read(
      rss(`<item><title>a</title><description>${'governance '.repeat(500)}</description></item>`),
    );
    expect(items[0]?.summary.length).toBeLessThanOrEqual(2_000);
    expect(items[0]?.summary).toMatch(/governance…$/);
  });

  it.each([
    ['a run of <', `<![CDATA[${'<'.repeat(200_000)}]]>`],
    ['a run of <p', `<![CDATA[${'<p '.repeat(100_000)}]]>`],
    ['deep markup', `<![CDATA[${'<b>'.repeat(100_000)}]]>`],
    ['a run of entities', '&amp;lt;'.repeat(50_000)],
  ])('comes to an end with %s in a text', async (_, text) => {
    const { items } = await read(rss(`<item><title>a</title><description>${text}</description></item>`));
    expect(items[0]?.title).toBe('a');
  });

  it('never fails otherwise than in words, whatever stands in a feed', async () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<link/>',
      '<![CDATA[',
      ']]>',
      '&',
      '<',
      '>',
      'text',
      '<pubDate>',
      '__proto__',
      '<__proto__>',
      '<constructor/>',
      '<channel>',
      '</channel>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const outcome = await read(rss(pieces.join(''))).catch((thrown: unknown) => thrown);
        expect(outcome).toMatchObject(outcome instanceof Error ? { name: 'WorldError' } : { items: expect.any(Array) });
      }),
      { numRuns: 300 },
    );
  });

  it('lets no known tag through to people, whatever a feed escapes or declares', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '<b>',
        '</p',
        '&lt;',
        '&amp;',
        'lt;',
        'gt;',
        '<a href="x">',
        '<script>',
        '&#60;',
        '\u00ad',
        ' ',
      ),
      fc.string({ maxLength: 6 }),
    );
    const body = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''));
    const type = fc.constantFrom('', ' type="html"', ' type="text"', ' type="xhtml"');
    await fc.assert(
      fc.asyncProperty(body, type, fc.boolean(), async (text, declared, isAtom) => {
        const data = `<![CDATA[${text.replaceAll(']]>', '')}]]>`;
        const entry = `<title${declared}>x ${data}</title><summary${declared}>${data}</summary>`;
        const feed = isAtom
          ? `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${entry}</entry></feed>`
          : rss(`<item>${entry}</item>`);
        const [item] = (await read(feed)).items;
        for (const shown of [item?.title, item?.summary])
          expect(shown).not.toMatch(/<\/?(?:b|p|a|script)(?:\s[^<>]*)?>/i);
      }),
      { numRuns: 400 },
    );
  });

  it('shows what is left of a text in which somebody writes about a tag', async () => {
    const { items } = await read(
      rss('<item><title>a</title><description><![CDATA[<p>The &lt;script&gt; tag is old.</p>]]></description></item>'),
    );
    expect(items[0]?.summary).toBe('The tag is old.');
  });
});
