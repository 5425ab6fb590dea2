import { DocumentError } from '../document/failure.ts';
import type { EngineOptions, FeedEngine, FeedTree } from './engine.ts';
import { eventEngine } from './event-engine.ts';
import { rssParserEngine } from './rss-parser-engine.ts';

/** In the order in which they are asked: what the first refuses, the next one may know how to read. */
export const ENGINES: readonly FeedEngine[] = [eventEngine, rssParserEngine];

/** A second reading of a long document that is no feed would cost more than it can bring. */
const LONGEST_SECOND_READING = 1_000_000;

/** The first reading that succeeds; rejects with what the first engine threw where none does. */
export async function readTree(
  xml: string,
  options: EngineOptions,
  engines: readonly FeedEngine[] = ENGINES,
): Promise<FeedTree> {
  const [first, ...others] = engines;
  if (first === undefined) throw new Error('no engine to read feeds with');
  try {
    return await first.read(xml, options);
  } catch (thrown) {
    const isHopeless = thrown instanceof DocumentError && thrown.fault !== 'xml';
    if (others.length === 0 || isHopeless || xml.length > LONGEST_SECOND_READING) throw thrown;
    return await readTree(xml, options, others).catch(() => {
      throw thrown;
    });
  }
}
