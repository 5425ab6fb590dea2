import { afterAll } from 'vitest';
import { createFeedReader } from '../../feeds/feed-reader.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { createParser } from '../../feeds/parser.ts';
import type { FeedKind } from '../../src/model.ts';
import type { Clock } from '../../src/ports.ts';
import { feedReaderContract } from '../contracts/feed-reader.ts';
import { fixture } from './fixture.ts';

// One thread for all readers of this file: starting one takes longer than any test.
const parser = createParser();
afterAll(() => parser.close());

const create = (clock: Clock) =>
  createFeedReader(createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: ['127.0.0.1'], clock }), {
    parse: parser.parse,
    close: async () => {},
  });

const CASES: readonly (readonly [FeedKind, string, string, string?])[] = [
  ['rss', 'un-press.xml', 'application/rss+xml'],
  ['atom', 'govuk-organisation.atom', 'application/atom+xml'],
  ['jsonfeed', 'feed.json', 'application/feed+json'],
  ['federal-register', 'federal-register.json', 'application/json'],
  ['govuk-search', 'govuk-search.json', 'application/json'],
  ['canada-news', 'canada-news.json', 'application/json'],
  ['cellar', 'cellar.json', 'application/sparql-results+json'],
  ['europarl-procedure', 'europarl-procedure.json', 'application/ld+json'],
  ['sitemap', 'aisi-sitemap.xml', 'application/xml', '#path=/blog/'],
  ['page', 'pages/listing-cards.html', 'text/html', '#watch=li.collection__item&title=h3&date=time'],
  ['msit-board', 'pages/msit.html', 'text/html'],
  ['auto', 'whitehouse.xml', 'text/html'],
];

for (const [kind, name, contentType, fragment] of CASES) {
  feedReaderContract({ kind, document: fixture(name), contentType, create, ...(fragment ? { fragment } : {}) });
}
