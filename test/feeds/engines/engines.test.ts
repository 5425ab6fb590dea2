import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../../feeds/document/failure.ts';
import type { FeedEngine } from '../../../feeds/engines/engine.ts';
import { ENGINES, readTree } from '../../../feeds/engines/engines.ts';
import { rssParserEngine } from '../../../feeds/engines/rss-parser-engine.ts';
import { feedEngineContract } from '../../contracts/feed-engine.ts';

for (const engine of ENGINES) feedEngineContract(engine);

const OPTIONS = { url: 'https://publisher.example/feed', mostItems: 10 };
const FEED = '<rss><channel><item><title>a</title></item></channel></rss>';

function refusing(error: Error): FeedEngine {
  return { name: 'refusing', read: () => Promise.reject(error) };
}

describe('readTree', () => {
  it('asks rss-parser for what the first engine refuses, or stumbles over', async () => {
    for (const error of [new DocumentError('xml', 'no feed'), new TypeError('a fault of our own')]) {
      const { entries } = await readTree(FEED, OPTIONS, [refusing(error), rssParserEngine]);
      expect(entries).toHaveLength(1);
    }
  });

  it('tells what the first engine said where none can read the document', async () => {
    const engines = [refusing(new DocumentError('xml', 'the first')), refusing(new Error('the second'))];
    await expect(readTree(FEED, OPTIONS, engines)).rejects.toThrow('the first');
    await expect(readTree('<urlset/>', OPTIONS)).rejects.toThrow('XML that is not a feed: it begins with <urlset>');
  });

  it.each([
    ['nested too deeply', new DocumentError('too-deep', 'too deep'), FEED],
    ['very long', new DocumentError('xml', 'no feed'), FEED.padEnd(1_000_001)],
  ])('asks nobody else about a document that is %s', async (_, error, xml) => {
    await expect(readTree(xml, OPTIONS, [refusing(error), rssParserEngine])).rejects.toBe(error);
  });
});
