import { afterEach, describe, expect, it } from 'vitest';
import { createParser, type Parser } from '../../feeds/parser.ts';
import { WorldError } from '../../src/errors.ts';

const FEED =
  '<rss version="2.0"><channel><title>A</title><item><title>One</title><link>https://a.example/1</link></item></channel></rss>';

function document(text: string) {
  return { bytes: new TextEncoder().encode(text), url: 'https://a.example/feed' };
}

let parser: Parser | undefined;
afterEach(() => parser?.close());

describe('the parser', () => {
  it('reads documents in a thread of its own, in order', async () => {
    parser = createParser();
    const feeds = await Promise.all(
      [FEED, FEED.replace('One', 'Two')].map((text) => parser?.parse('rss', document(text))),
    );
    expect(feeds.map((feed) => feed?.items[0]?.title)).toEqual(['One', 'Two']);
  });

  it('tells what is wrong with a document as a failure of the world, and goes on', async () => {
    parser = createParser();
    const [bad, good] = await Promise.allSettled([
      parser.parse('rss', document('<html><body>Sign in</body></html>')),
      parser.parse('rss', document(FEED)),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(WorldError) });
    expect(bad).toMatchObject({ reason: { name: 'WorldError', fault: 'html' } });
    expect(good.status).toBe('fulfilled');
  });

  it('gives up each document that takes too long, and leaves none waiting', async () => {
    parser = createParser(1);
    const both = [parser.parse('rss', document(FEED)), parser.parse('rss', document(FEED))];
    for (const each of both) each.catch(() => {});
    for (const each of both) await expect(each).rejects.toMatchObject({ fault: 'too-slow' });
    await parser.close();
    parser = createParser(30_000);
    await expect(parser.parse('rss', document(FEED))).resolves.toMatchObject({ items: [{ title: 'One' }] });
  });

  it('refuses what is left and what comes once it is closed', async () => {
    parser = createParser();
    const waiting = parser.parse('rss', document(FEED));
    await Promise.all([expect(waiting).rejects.toThrow('closed'), parser.close()]);
    await expect(parser.parse('rss', document(FEED))).rejects.toThrow('closed');
  });
});
