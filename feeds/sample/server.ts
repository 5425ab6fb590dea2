import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FeedDraft, FeedKind, Instant } from '../../src/model.ts';
import { type SampleFeed, sampleFeeds } from './list.ts';

/** The moment at which the sample was recorded: a Friday morning, after every date in it. */
export const SAMPLE_NOW: Instant = '2026-07-03T06:30:00.000Z';

/** The start of the oldest day in the sample. */
export const SAMPLE_FROM: Instant = '2025-01-10T00:00:00.000Z';

/** Seconds that a source without a document asks its readers to wait. */
const RETRY_AFTER_SECONDS = 3600;

const LAST_MODIFIED = new Date(SAMPLE_NOW).toUTCString();

const CONTENT_TYPES: Partial<Record<FeedKind, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  jsonfeed: 'application/feed+json; charset=utf-8',
  'federal-register': 'application/json; charset=utf-8',
  'govuk-search': 'application/json; charset=utf-8',
};
const ANY_TYPE = 'application/xml; charset=utf-8';

interface ServedDocument {
  readonly contentType: string;
  readonly etag: string;
  readonly body: Buffer;
  readonly zipped: Buffer;
}

/** Reads a source's document; undefined for the one that has none and therefore answers 503. */
function readDocument(feed: SampleFeed): ServedDocument | undefined {
  const file = new URL(`documents${feed.path}`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const body = readFileSync(file);
  // Weak, because the plain and the compressed bytes share it (RFC 9110 §8.8.1).
  const etag = `W/"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  return { contentType: CONTENT_TYPES[feed.kind] ?? ANY_TYPE, etag, body, zipped: gzipSync(body) };
}

/** True when the reader holds this version already (RFC 9110 §13.2.2: If-None-Match decides alone where it is sent). */
function isUnchanged(request: IncomingMessage, etag: string): boolean {
  const known = request.headers['if-none-match'];
  if (known !== undefined) {
    const bare = etag.slice('W/'.length);
    return known.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === bare);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return since >= Date.parse(LAST_MODIFIED);
}

/** True when Accept-Encoding names gzip with a weight above 0 (RFC 9110 §12.5.3). */
function acceptsGzip(request: IncomingMessage): boolean {
  return String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(?:;|$)/i.test(coding) && !/;\s*q=0(?:\.0*)?\s*$/i.test(coding));
}

function sendDocument(request: IncomingMessage, response: ServerResponse, document: ServedDocument): void {
  response.setHeader('ETag', document.etag);
  response.setHeader('Last-Modified', LAST_MODIFIED);
  response.setHeader('Vary', 'Accept-Encoding');
  if (isUnchanged(request, document.etag)) {
    response.writeHead(304).end();
    return;
  }
  const zipped = acceptsGzip(request);
  const body = zipped ? document.zipped : document.body;
  if (zipped) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(200, { 'Content-Type': document.contentType, 'Content-Length': body.byteLength });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendRefusal(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  documents: ReadonlyMap<string, ServedDocument | undefined>,
): void {
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendRefusal(response, 405, 'Only GET and HEAD are answered here.');
  } else if (!documents.has(path)) {
    sendRefusal(response, 404, 'There is no such document in the sample.');
  } else {
    const document = documents.get(path);
    if (document) sendDocument(request, response, document);
    else {
      response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
      sendRefusal(response, 503, 'This source is out of order in the sample.');
    }
  }
}

/**
 * Serves the recorded sample on a free port of 127.0.0.1, as its sources would. `feeds` has the addresses on that
 * server; `close` ends open connections at once.
 */
export async function startSample(): Promise<{ feeds: FeedDraft[]; url: string; close(): Promise<void> }> {
  const listed = sampleFeeds();
  const documents = new Map(listed.map((feed) => [feed.path, readDocument(feed)]));
  const server = createServer((request, response) => answer(request, response, documents));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample server has no TCP port.');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    feeds: listed.map(({ path, ...feed }) => ({ ...feed, url: `${url}${path}` })),
    url,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
