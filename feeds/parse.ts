import { decode } from './document/decode.ts';
import { DocumentError } from './document/failure.ts';
import { repairXml } from './document/repair.ts';
import { readTree } from './engines/engines.ts';
import { MOST_ITEMS } from './kinds/document.ts';
import { refuseOtherThanXml } from './kinds/web-page.ts';
import { type FeedDocument, readFeed } from './reading/feed.ts';
import { readJsonFeed } from './reading/json-feed.ts';

/** Longer documents are refused: none of the sources known to us sends half as much. */
const MOST_BYTES = 8 * 1_048_576;

export interface FeedSource {
  /** The Content-Type header; absent when the source named none. */
  readonly contentType?: string;
  /** The address it came from after redirects: relative links start there. */
  readonly url: string;
}

/** Any feed, from its bytes. Rejects with DocumentError where there is none in them. */
export async function parseFeed(bytes: Uint8Array, { contentType, url }: FeedSource): Promise<FeedDocument> {
  if (bytes.length > MOST_BYTES) throw new DocumentError('too-big', 'answered with more than 8 MB');
  const text = decode(bytes, contentType);
  if (/^\s*[{[]/.test(text)) return readJsonFeed(text, url, MOST_ITEMS);
  refuseOtherThanXml(text, url);
  return readFeed(await readTree(repairXml(text), { url, mostItems: MOST_ITEMS }));
}
