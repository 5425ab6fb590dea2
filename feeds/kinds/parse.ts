import type { FeedKind } from '../../src/model.ts';
import { decode } from '../document/decode.ts';
import { parseCanadaNews } from './canada-news.ts';
import { parseCellar } from './cellar.ts';
import type { Parse, ParsedFeed, SourceDocument } from './document.ts';
import { parseEuroparlProcedure } from './europarl-procedure.ts';
import { parseFederalRegister } from './federal-register.ts';
import { parseFeedSource } from './feed.ts';
import { parseGovukSearch } from './govuk-search.ts';
import { parseMsitBoard } from './msit-board.ts';
import { parsePage } from './page.ts';
import { parseSitemap } from './sitemap.ts';

const PAGE = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5';

/** Each kind with its reader, and what to ask the server for. */
const READERS: Readonly<Record<FeedKind, { readonly parse: Parse; readonly accept: string }>> = {
  rss: {
    parse: parseFeedSource,
    accept: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5',
  },
  atom: {
    parse: parseFeedSource,
    accept: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5',
  },
  jsonfeed: { parse: parseFeedSource, accept: 'application/feed+json, application/json;q=0.9, */*;q=0.5' },
  'federal-register': { parse: parseFederalRegister, accept: 'application/json' },
  'govuk-search': { parse: parseGovukSearch, accept: 'application/json' },
  'canada-news': { parse: parseCanadaNews, accept: 'application/json, application/atom+xml, */*;q=0.5' },
  cellar: { parse: parseCellar, accept: 'application/sparql-results+json' },
  'europarl-procedure': { parse: parseEuroparlProcedure, accept: 'application/ld+json, application/json;q=0.9' },
  sitemap: { parse: parseSitemap, accept: 'application/xml, text/xml, */*;q=0.5' },
  page: { parse: parsePage, accept: PAGE },
  'msit-board': { parse: parseMsitBoard, accept: PAGE },
  auto: {
    parse: parseAny,
    accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
  },
};

/** Reads a document of a kind into items; throws WorldError in words where it is not of that kind. */
export function parseDocument(kind: FeedKind, document: SourceDocument): Promise<ParsedFeed> {
  return READERS[kind].parse(document);
}

/** The Accept header for a kind (RFC 9110 §12.5.1). */
export function acceptHeader(kind: FeedKind): string {
  return READERS[kind].accept;
}

/** Tells the kind from the document's first characters and, for JSON, from the names it uses. */
async function parseAny(document: SourceDocument): Promise<ParsedFeed> {
  const text = decode(document.bytes, document.contentType);
  if (!text.trimStart().startsWith('{')) return parseFeedSource(document);
  if (/"version"\s*:\s*"https?:\\?\/\\?\/(www\.)?jsonfeed\.org/.test(text)) return parseFeedSource(document);
  if (/"process_id"\s*:/.test(text)) return parseEuroparlProcedure(document);
  if (/"bindings"\s*:/.test(text)) return parseCellar(document);
  if (text.includes('"publishedDate"')) return parseCanadaNews(document);
  if (text.includes('"document_number"')) return parseFederalRegister(document);
  if (text.includes('"public_timestamp"') || text.includes('"es_score"')) return parseGovukSearch(document);
  return parseFeedSource(document);
}
