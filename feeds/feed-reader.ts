import type { FeedReader, Reading } from '../src/ports.ts';
import type { SourceFinder } from '../src/source-finder.ts';
import type { HttpAnswer, HttpClient } from './http/client.ts';
import type { SourceDocument } from './kinds/document.ts';
import { acceptHeader } from './kinds/parse.ts';
import { confirmed, isWaiting, isWatched } from './page-watch/confirm.ts';
import { createParser, type Parser } from './parser.ts';
import { createSourceFinder } from './source-finder.ts';

/** Reads and finds sources of every kind through one HTTP client and one parser, which it closes with itself. */
export function createFeedReader(http: HttpClient, parser: Parser = createParser()): FeedReader & SourceFinder {
  return {
    ...createSourceFinder(http, parser),
    async read(feed, signal): Promise<Reading> {
      // While entries wait for a second reading, the server must send them again.
      const validators = isWaiting(feed.memory) ? {} : validatorsOf(feed);
      const answer = await http.get({ url: feed.url, accept: acceptHeader(feed.kind), signal, ...validators });
      // A 304 need not repeat the validators (RFC 9110 §15.4.5); those that were sent still hold.
      if (answer.outcome === 'unchanged') return { outcome: 'unchanged', ...validators, ...factsOf(answer) };
      const parsed = await parser.parse(feed.kind, { ...documentOf(answer), listedAs: feed.url });
      return {
        outcome: 'changed',
        ...(isWatched(feed.kind) ? confirmed(parsed, feed.memory) : parsed),
        ...factsOf(answer),
      };
    },
    async close() {
      await Promise.all([http.close(), parser.close()]);
    },
  };
}

/** Only what the parser needs: what is passed to a thread is copied. */
function documentOf({ bytes, url, contentType }: SourceDocument): SourceDocument {
  return { bytes, url, ...(contentType === undefined ? {} : { contentType }) };
}

type Validators = { readonly etag?: string; readonly lastModified?: string };

function validatorsOf({ etag, lastModified }: Validators): Validators {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function factsOf(answer: HttpAnswer): Validators & { readonly notBefore?: string } {
  const { notBefore } = answer;
  return { ...validatorsOf(answer), ...(notBefore === undefined ? {} : { notBefore }) };
}
