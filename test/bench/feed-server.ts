/** Serves made-up feeds on loopback from a process of its own, so that serving does not count as polling. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { madeFeed } from './documents.ts';

const [feeds = 500, items = 50, bigItems = 0] = process.argv.slice(2).map(Number);
const newest = Date.UTC(2026, 5, 10);

function documentOf(number: number, count: number) {
  const body = Buffer.from(madeFeed(number, count, newest));
  return { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` };
}

const documents = new Map(Array.from({ length: feeds }, (_, number) => [`/${number}`, documentOf(number, items)]));
if (bigItems > 0) documents.set('/big', documentOf(feeds, bigItems));

const server = createServer((request, response) => {
  // A byte now and then, for ever: a server that is broken or hostile.
  if (request.url?.startsWith('/slow')) {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    const drip = setInterval(() => response.write('<'), 200);
    response.on('close', () => clearInterval(drip));
    return;
  }
  const document = documents.get(request.url ?? '');
  if (document === undefined) return void response.writeHead(404).end();
  if (request.headers['if-none-match'] === document.etag)
    return void response.writeHead(304, { etag: document.etag }).end();
  response.writeHead(200, {
    'content-type': 'application/rss+xml',
    etag: document.etag,
    'content-length': document.body.length,
  });
  response.end(document.body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('disconnect', () => process.exit(0));
