import { describe, expect, it } from 'vitest';
import type { FeedNode } from '../../../feeds/engines/engine.ts';
import { eventEngine } from '../../../feeds/engines/event-engine.ts';

const read = (xml: string) => eventEngine.read(xml, { url: 'https://publisher.example/feed', mostItems: 100 });
const rss = (items: string) =>
  read(`<rss xmlns:media="http://search.yahoo.com/mrss/"><channel>${items}</channel></rss>`);
const texts = (node: FeedNode | undefined) => node?.elements.map(({ name, text }) => `${name}=${text}`);

describe('the engine over htmlparser2 events', () => {
  it('knows namespaces by their address, whatever prefix they have', async () => {
    const { entries } = await read(
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:x="http://purl.org/dc/elements/1.1/" xmlns:dc="urn:other"><a:entry><a:title>t</a:title><x:date>d</x:date><dc:date>no</dc:date></a:entry></a:feed>',
    );
    expect(texts(entries[0])).toEqual(['title=t', 'dc:date=d']);
  });

  it('takes items inside items for entries of their own, and goes on with the outer one', async () => {
    const { entries } = await rss('<item><title>outer</title><item><title>inner</title></item><guid>g</guid></item>');
    expect(entries.map(texts)).toEqual([['title=outer', 'guid=g'], ['title=inner']]);
  });

  it('looks into groups of media, and into no other element', async () => {
    const { entries } = await rss(
      '<item><title>t</title><media:group><media:description>d</media:description></media:group><source><title>s</title></source><x><title>x</title></x></item>',
    );
    expect(texts(entries[0])).toEqual(['title=t', 'media:description=d']);
  });

  it('looks into a list of categories', async () => {
    const { entries } = await rss(
      '<item><title>t</title><categories><category>a</category><category>b</category></categories></item>',
    );
    expect(texts(entries[0])).toEqual(['title=t', 'category=a', 'category=b']);
  });

  it('writes elements inside a text out as HTML, in order and escaped once', async () => {
    const { entries } = await rss('<item><title>a &lt; <B x="1">b &amp; c</B><![CDATA[ <d> ]]>e</title></item>');
    expect(entries[0]?.elements).toMatchObject([{ text: 'a &lt; <b>b &amp; c</b> &lt;d&gt; e', isMarkup: true }]);
  });

  it('reads a reference that the end of a chunk cuts in two', async () => {
    const padding = ' '.repeat(262_144 - '<rss><channel><item><title>x&am'.length);
    const { entries } = await read(`<rss>${padding}<channel><item><title>x&amp;y</title></item></channel></rss>`);
    expect(texts(entries[0])).toEqual(['title=x&y']);
  });

  it('cuts a text that nobody could want whole', async () => {
    const { entries } = await rss(`<item><title>t</title><description>${'word '.repeat(100_000)}</description></item>`);
    expect(entries[0]?.elements[1]?.text.length).toBe(200_000);
  });

  it('keeps an ampersand that somebody forgot to escape', async () => {
    const { entries } = await rss('<item><title>R&D</title><link>https://a.example/?x=1&y=2</link></item>');
    expect(texts(entries[0])).toEqual(['title=R&D', 'link=https://a.example/?x=1&y=2']);
  });

  describe('of a page', () => {
    const page = (head: string, body: string) =>
      read(`<html xmlns="http://www.w3.org/1999/xhtml"><head>${head}</head><body>${body}</body></html>`);
    const atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><title>e</title></entry></feed>';

    it('reads the feed that the page wraps, and nothing behind it', async () => {
      const { isAtom, feed, entries } = await page('<title>p</title>', `${atom}<p>x</p>${atom}`);
      expect(isAtom).toBe(true);
      expect(texts(feed)).toEqual(['title=f']);
      expect(entries.map(texts)).toEqual([['title=e']]);
    });

    it.each([
      ['has no feed in it', '', '<p>x</p>'],
      ['holds RDF, which is a licence there', '', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'],
      ['names an element of its own like one', '', '<feed><entry/></feed>'],
      ['holds much before one', '', `${'<p>x</p>'.repeat(30)}${atom}`],
      ['nests deeper than any feed, as pages with tags left open do', '', '<br>'.repeat(2_000)],
    ])('refuses one that %s', async (_, head, body) => {
      await expect(page(head, body)).rejects.toThrow('XML that is not a feed: it begins with <html>');
    });

    it('looks for no feed inside any other root', async () => {
      await expect(read(`<answer>${atom}</answer>`)).rejects.toThrow('it begins with <answer>');
    });
  });

  it('reads nothing after the root element', async () => {
    const feed = '<rss><channel><item><title>one</title></item></channel></rss>';
    expect((await read(`${feed}<script>x</script>${feed}`)).entries).toHaveLength(1);
  });
});
