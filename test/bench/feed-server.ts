/** Serves made-up feeds on loopback from a process of its own, so that serving does not count as polling. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { madeFeed } from './documents.ts';

const [feeds = 500, items = 50] = process.argv.slice(2).map(Number);
const newest = Date.UTC(2026, 5, 10);
const documents = Array.from({ length: feeds }, (_, number) => {
  const body = Buffer.from(madeFeed(number, items, newest));
  return { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` };
});

const server = createServer((request, response) => {
  const document = documents[Number(request.url?.slice(1))];
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
