/**
 * A mirror of the catalogue on loopback, for `npm run feeds:check -- --mirror`: it serves at /<host>/<path> the document that was
 * written after the shape of https://<host>/<path>. `node test/feeds/mirror.ts [port]` runs it until it is stopped.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { catalogue } from '../../feeds/catalogue.ts';
import { CATALOGUE_FIXTURES } from './catalogue-fixtures.ts';
import { fixture } from './fixture.ts';

/** Starts it on a port, or any free one; `url` is what --mirror takes. */
export async function startMirror(port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const documents = new Map<string, string>();
  for (const { id, url } of catalogue()) {
    const { host, pathname, search } = new URL(url);
    documents.set(`/${host}${pathname}${search}`, CATALOGUE_FIXTURES.get(id) ?? '');
  }
  const server = createServer(({ url = '' }, response) => {
    const name = documents.get(url);
    if (name === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': typeOf(name) }).end(fixture(name));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the mirror has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function typeOf(name: string): string {
  if (name.endsWith('.html')) return 'text/html; charset=utf-8';
  return name.endsWith('.json') ? 'application/json' : 'application/xml';
}

if (import.meta.main) {
  const { url } = await startMirror(Number(process.argv[2] ?? 0));
  process.stdout.write(`${url}\n`);
}
