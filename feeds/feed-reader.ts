import { createHash } from 'node:crypto';
import type { FeedHints } from '../src/model.ts';
import type { FeedReader, Reading } from '../src/ports.ts';
import type { SourceFinder } from '../src/source-finder.ts';
import type { HttpAnswer, HttpClient } from './http/client.ts';
import { readLinks } from './http/link-header.ts';
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
      // While entries wait for a second reading, the server must send them again, and the same bytes must be read again.
      const mustRead = isWaiting(feed.memory);
      const validators = mustRead ? {} : validatorsOf(feed);
      const answer = await http.get({ url: feed.url, accept: acceptHeader(feed.kind), signal, ...validators });
      // A 304 need not repeat the validators (RFC 9110 §15.4.5); those that were sent still hold.
      if (answer.outcome === 'unchanged') return { outcome: 'unchanged', ...validators, ...factsOf(answer) };
      // With the kind, because the same bytes read as another kind are not the same.
      const bodyHash = createHash('sha256').update(`${feed.kind}\0`).update(answer.bytes).digest('hex');
      // Many servers send validators that change with every answer, or none; their documents tell.
      if (bodyHash === feed.bodyHash && !mustRead) return { outcome: 'unchanged', bodyHash, ...factsOf(answer) };
      const parsed = await parser.parse(feed.kind, { ...documentOf(answer), listedAs: feed.url });
      return {
        outcome: 'changed',
        ...(isWatched(feed.kind) ? confirmed(parsed, feed.memory) : parsed),
        ...hintsOf(answer, parsed.hints),
        bodyHash,
        ...factsOf(answer),
      };
    },
    lane: (url) => http.ownerOf(url),
    async close() {
      await Promise.all([http.close(), parser.close()]);
    },
  };
}

/** Only what the parser needs: what is passed to a thread is copied. */
function documentOf({ bytes, url, contentType }: SourceDocument): SourceDocument {
  return { bytes, url, ...(contentType === undefined ? {} : { contentType }) };
}

/** A hub named in the header goes before one named in the document (WebSub §4). */
function hintsOf(
  { links = '', url }: { readonly links?: string; readonly url: string },
  said: FeedHints | undefined,
): { readonly hints?: FeedHints } {
  const named = readLinks(links, url);
  const [hub, self] = [named.get('hub'), named.get('self')];
  if (hub === undefined) return said === undefined ? {} : { hints: said };
  return { hints: { ...said, hub, ...(self === undefined ? {} : { self }) } };
}

type Validators = Pick<HttpAnswer, 'etag' | 'lastModified'>;

function validatorsOf({ etag, lastModified }: Validators): Validators {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function factsOf(answer: HttpAnswer): Validators & Pick<HttpAnswer, 'notBefore' | 'movedTo' | 'disallowed'> {
  const { notBefore, movedTo, disallowed } = answer;
  return {
    ...validatorsOf(answer),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(disallowed === undefined ? {} : { disallowed }),
  };
}
