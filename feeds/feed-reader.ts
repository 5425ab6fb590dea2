import type { FeedReader, Reading } from '../src/ports.ts';
import type { HttpAnswer, HttpClient } from './http/client.ts';
import { acceptHeader, parseDocument } from './kinds/parse.ts';

/** Reads sources of every kind through one HTTP client, which it closes with itself. */
export function createFeedReader(http: HttpClient): FeedReader {
  return {
    async read(feed, signal): Promise<Reading> {
      const validators = validatorsOf(feed);
      const answer = await http.get({ url: feed.url, accept: acceptHeader(feed.kind), signal, ...validators });
      // A 304 need not repeat the validators (RFC 9110 §15.4.5); those that were sent still hold.
      if (answer.outcome === 'unchanged') return { outcome: 'unchanged', ...validators, ...factsOf(answer) };
      return { outcome: 'changed', ...(await parseDocument(feed.kind, answer)), ...factsOf(answer) };
    },
    close: () => http.close(),
  };
}

type Validators = { readonly etag?: string; readonly lastModified?: string };

function validatorsOf({ etag, lastModified }: Validators): Validators {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function factsOf(answer: HttpAnswer): Validators & { readonly notBefore?: string } {
  const { notBefore } = answer;
  return { ...validatorsOf(answer), ...(notBefore === undefined ? {} : { notBefore }) };
}
