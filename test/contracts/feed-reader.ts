import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorldError } from '../../src/errors.ts';
import type { FeedKind } from '../../src/model.ts';
import type { Clock, FeedReader } from '../../src/ports.ts';

/** What the contract needs to know of one kind of source. */
export interface FeedReaderCase {
  readonly kind: FeedKind;
  /** A document of that kind with at least one entry. */
  readonly document: Buffer;
  readonly contentType: string;
  /** What stands after the # of the feed's address, with it; absent for nothing. */
  readonly fragment?: string;
  /** Builds a reader that may ask hosts on loopback and tells the time by the clock. */
  readonly create: (clock: Clock) => FeedReader;
}

const clock: Clock = { now: () => '2026-10-01T06:00:00.000Z' };

/** What every reader must do for every kind of source, against a real server on loopback. */
export function feedReaderContract({ kind, document, contentType, fragment = '', create }: FeedReaderCase): void {
  describe(`a feed reader, for sources of kind ${kind}`, () => {
    let server: Server;
    let url: string;
    let reader: FeedReader;
    let answer: (request: IncomingMessage, response: ServerResponse) => void;
    const signal = new AbortController().signal;

    const serveDocument = (response: ServerResponse, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': contentType, ...headers }).end(document);

    beforeEach(async () => {
      server = createServer((request, response) => answer(request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      url = `http://127.0.0.1:${address.port}/feed${fragment}`;
      reader = create(clock);
    });

    afterEach(async () => {
      await reader.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it('brings items with a title and only web links, in the order of the document', async () => {
      answer = (_, response) => serveDocument(response);
      const reading = await reader.read({ url, kind }, signal);
      if (reading.outcome !== 'changed') throw new Error('expected items');
      expect(reading.items.length).toBeGreaterThan(0);
      for (const item of reading.items) {
        expect(item.title).not.toBe('');
        expect(item.url).toMatch(/^https?:\/\//);
      }
    });

    it('brings the same items when the same document is read again', async () => {
      answer = (_, response) => serveDocument(response);
      const first = await reader.read({ url, kind }, signal);
      expect(await reader.read({ url, kind }, signal)).toEqual(first);
    });

    it('sends the validators back and understands that nothing has changed', async () => {
      const etag = '"v1"';
      const lastModified = 'Thu, 01 Oct 2026 05:00:00 GMT';
      answer = ({ headers }, response) => {
        const known = headers['if-none-match'] === etag && headers['if-modified-since'] === lastModified;
        if (known) response.writeHead(304).end();
        else serveDocument(response, { etag, 'last-modified': lastModified });
      };
      const first = await reader.read({ url, kind }, signal);
      expect(first).toMatchObject({ outcome: 'changed', etag, lastModified });
      const second = await reader.read({ url, kind, etag, lastModified }, signal);
      expect(second).toEqual({ outcome: 'unchanged', etag, lastModified });
    });

    it('knows the same document by its bytes where validators lie, and keeps the newest validators', async () => {
      let answers = 0;
      answer = (_, response) => {
        answers += 1;
        serveDocument(response, { etag: `"made-up-${answers}"` });
      };
      const first = await reader.read({ url, kind }, signal);
      const { bodyHash = '' } = first;
      const second = await reader.read({ url, kind, etag: '"made-up-1"', bodyHash }, signal);
      expect(second).toEqual({ outcome: 'unchanged', etag: '"made-up-2"', bodyHash });
      expect(await reader.read({ url, kind, bodyHash: 'of another document' }, signal)).toMatchObject({
        outcome: 'changed',
        bodyHash,
      });
    });

    it('tells where permanent redirects alone led to', async () => {
      answer = (request, response) => {
        const step = request.url?.split('/').at(-1);
        if (step === 'moved') response.writeHead(308, { location: 'here' }).end();
        else if (step === 'away') response.writeHead(302, { location: 'here' }).end();
        else serveDocument(response);
      };
      const at = (step: string) => new URL(`/${step}`, url).href + new URL(url).hash;
      expect(await reader.read({ url: at('moved'), kind }, signal)).toMatchObject({
        movedTo: new URL('/here', url).href,
      });
      expect(await reader.read({ url: at('away'), kind }, signal)).not.toHaveProperty('movedTo');
    });

    it('passes on the hub that the header names', async () => {
      const link = '<https://hub.example/>; rel="hub", <https://body.example/feed>; rel=self';
      answer = (_, response) => serveDocument(response, { link });
      expect(await reader.read({ url, kind }, signal)).toMatchObject({
        hints: { hub: 'https://hub.example/', self: 'https://body.example/feed' },
      });
    });

    it('passes on how long the server calls its answer fresh', async () => {
      answer = (_, response) => serveDocument(response, { 'cache-control': 'public, max-age=600', age: '60' });
      expect(await reader.read({ url, kind }, signal)).toMatchObject({ notBefore: '2026-10-01T06:09:00.000Z' });
    });

    it('passes on when the server wants to be asked again, in words and as an instant', async () => {
      answer = (_, response) => response.writeHead(503, { 'retry-after': '120' }).end();
      await expect(reader.read({ url, kind }, signal)).rejects.toMatchObject({
        name: 'WorldError',
        message: 'answered 503 (service unavailable)',
        notBefore: '2026-10-01T06:02:00.000Z',
      });
    });

    it.each([
      ['an empty document', ''],
      ['plain text', 'Service moved. Please call us.'],
      ['a web page', '<!doctype html><html><head><title>News</title></head><body><p>News</p></body></html>'],
      ['XML of another kind', '<?xml version="1.0"?><urlset><url><loc>https://example.org/</loc></url></urlset>'],
      ['JSON of another kind', '{"status":"ok"}'],
      ['binary data', '\u0000\u0001\u0002\u0003<<<<&&&&'],
    ])('calls %s a failure of the source', async (_, body) => {
      answer = (_request, response) => response.end(body);
      await expect(reader.read({ url, kind }, signal)).rejects.toBeInstanceOf(WorldError);
    });

    it('stops at once when it is aborted, with the reason of the signal', async () => {
      const controller = new AbortController();
      answer = () => controller.abort(new Error('stopping'));
      await expect(reader.read({ url, kind }, controller.signal)).rejects.toThrow('stopping');
    });
  });
}
