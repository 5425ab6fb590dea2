import { describe, expect, it } from 'vitest';
import type { FeedEngine, FeedNode } from '../../feeds/engines/engine.ts';
import { WorldError } from '../../src/errors.ts';

const OPTIONS = { url: 'https://publisher.example/news/feed.xml', mostItems: 100 };

const RSS = `<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="en">
  <channel>
    <title>Notices</title>
    <link>https://publisher.example/</link>
    <ttl>60</ttl>
    <image><title>Logo</title></image>
    <item>
      <title>First &amp; foremost</title>
      <link>https://publisher.example/1</link>
      <guid isPermaLink="false">n-1</guid>
      <dc:date>2026-09-01T08:00:00Z</dc:date>
      <description><![CDATA[<p>Words &amp; more</p>]]></description>
      <enclosure url="https://publisher.example/1.pdf" type="application/pdf" length="1"/>
    </item>
    <item><title>Second</title></item>
  </channel>
</rss>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/" xml:lang="fr">
  <title>Avis</title>
  <link rel="alternate" href="/"/>
  <entry xml:base="b/"><id>u-1</id><title type="html">&lt;b&gt;Un&lt;/b&gt;</title><link href="c"/></entry>
</feed>`;

const RDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
  <channel rdf:about="https://publisher.example/"><title>Bulletin</title></channel>
  <item rdf:about="https://publisher.example/1"><title>One</title></item>
</rdf:RDF>`;

/** What every engine must find in feeds; what the elements mean is not its business. */
export function feedEngineContract(engine: FeedEngine): void {
  const read = (xml: string, mostItems = OPTIONS.mostItems) => engine.read(xml, { ...OPTIONS, mostItems });
  const textOf = (node: FeedNode | undefined, name: string) =>
    node?.elements.find((element) => element.name === name)?.text.trim();

  describe(`the engine ${engine.name}`, () => {
    it('finds the elements of RSS, decoded once', async () => {
      const { isAtom, feed, entries } = await read(RSS);
      expect(isAtom).toBe(false);
      expect(textOf(feed, 'title')).toBe('Notices');
      expect(textOf(feed, 'ttl')).toBe('60');
      expect(entries.map((entry) => textOf(entry, 'title'))).toEqual(['First & foremost', 'Second']);
      expect(textOf(entries[0], 'dc:date')).toBe('2026-09-01T08:00:00Z');
      expect(textOf(entries[0], 'description')).toBe('<p>Words &amp; more</p>');
    });

    it('finds attributes, with names in lower case', async () => {
      const [entry] = (await read(RSS)).entries;
      const attributes = (name: string) => entry?.elements.find((element) => element.name === name)?.attributes;
      expect(attributes('guid')).toMatchObject({ ispermalink: 'false' });
      expect(attributes('enclosure')).toMatchObject({
        url: 'https://publisher.example/1.pdf',
        type: 'application/pdf',
      });
    });

    it('finds the elements of Atom and tells where relative links start', async () => {
      const { isAtom, feed, entries } = await read(ATOM);
      expect(isAtom).toBe(true);
      expect(feed).toMatchObject({ base: 'https://base.example/a/', language: 'fr' });
      expect(entries[0]).toMatchObject({ base: 'https://base.example/a/b/', language: 'fr' });
      const link = entries[0]?.elements.find(({ name }) => name === 'link');
      expect(link).toMatchObject({ attributes: { href: 'c' }, base: 'https://base.example/a/b/' });
      expect(textOf(entries[0], 'title')).toBe('<b>Un</b>');
    });

    it('finds the entries of RDF, which stand beside the channel', async () => {
      const { feed, entries } = await read(RDF);
      expect(textOf(feed, 'title')).toBe('Bulletin');
      expect(entries[0]).toMatchObject({ about: 'https://publisher.example/1' });
    });

    it('reads capitals, bare ampersands and a missing version', async () => {
      const { entries } = await read('<RSS><CHANNEL><ITEM><TITLE>R & D</TITLE></ITEM></CHANNEL></RSS>');
      expect(entries.map((entry) => textOf(entry, 'title'))).toEqual(['R & D']);
    });

    it('keeps the whole entries of a feed that was cut off', async () => {
      const { entries } = await read('<rss><channel><item><title>whole</title></item><item><title>ha');
      expect(entries.map((entry) => textOf(entry, 'title'))).toEqual(['whole']);
    });

    it('stops after as many entries as were asked for', async () => {
      expect((await read(RSS, 1)).entries).toHaveLength(1);
    });

    it('reads a feed without entries', async () => {
      expect((await read('<rss version="2.0"><channel><title>t</title></channel></rss>')).entries).toEqual([]);
    });

    it.each(['<urlset><url/></urlset>', '<html><body/></html>', 'words', ''])('refuses %s in words', async (text) => {
      await expect(read(text)).rejects.toBeInstanceOf(WorldError);
    });

    it('comes to an end with hostile names and floods', async () => {
      const hostile = '<__proto__ constructor="c"><polluted/></__proto__><hasOwnProperty/>';
      const { entries } = await read(`<rss><channel><item><title>a</title>${hostile}</item></channel></rss>`);
      expect(textOf(entries[0], 'title')).toBe('a');
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      await expect(read(`<rss>${'<x>'.repeat(100_000)}`)).rejects.toMatchObject({ fault: 'too-deep' });
    });
  });
}
