import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSample } from '../../../feeds/sample/server.ts';

let sample: Awaited<ReturnType<typeof startSample>>;

beforeAll(async () => {
  sample = await startSample();
});

afterAll(() => sample.close());

/** Asks with node:http, which neither adds an Accept-Encoding nor unpacks, as fetch does. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const [response]: IncomingMessage[] = await once(get(`${sample.url}${path}`, { headers, method }), 'response');
  if (!response) throw new Error('no response');
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe('the sample server', () => {
  it.each([
    ['/un-press-all.rss', 'application/rss+xml; charset=utf-8'],
    ['/uk-dsit-ai.atom', 'application/atom+xml; charset=utf-8'],
    ['/reading-list.json', 'application/feed+json; charset=utf-8'],
    ['/us-fr-ai.json', 'application/json; charset=utf-8'],
  ])('serves %s as %s', async (path, type) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['content-length']).toBe(String(body.byteLength));
    expect(headers['content-encoding']).toBeUndefined();
    expect(Date.parse(headers['last-modified'] ?? '')).not.toBeNaN();
  });

  it('answers 304 without a body to a reader that holds this version', async () => {
    const { headers } = await ask('/un-press-all.rss');
    const etag = headers.etag ?? '';
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const again = await ask('/un-press-all.rss', { 'If-None-Match': known });
      expect([again.status, again.body.byteLength, again.headers.etag]).toEqual([304, 0, etag]);
    }
    const since = await ask('/un-press-all.rss', { 'If-Modified-Since': headers['last-modified'] ?? '' });
    expect(since.status).toBe(304);
  });

  it('serves the document to a reader that holds another version, whatever date it names', async () => {
    const { headers } = await ask('/un-press-all.rss');
    const answer = await ask('/un-press-all.rss', {
      'If-None-Match': '"other"',
      'If-Modified-Since': headers['last-modified'] ?? '',
    });
    expect(answer.status).toBe(200);
  });

  it('gives each document its own ETag', async () => {
    const answers = await Promise.all(['/un-press-all.rss', '/ep-press.rss'].map((path) => ask(path)));
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(2);
  });

  it('compresses for those who ask, and for nobody else', async () => {
    const plain = await ask('/press-review.rss');
    const zipped = await ask('/press-review.rss', { 'Accept-Encoding': 'br, gzip;q=0.8' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body)).toEqual(plain.body);
    expect(zipped.headers.etag).toBe(plain.headers.etag);
    for (const refused of ['br', 'gzip;q=0', 'identity']) {
      const answer = await ask('/press-review.rss', { 'Accept-Encoding': refused });
      expect(answer.headers['content-encoding']).toBeUndefined();
    }
  });

  it('has one source out of order, which asks for quiet', async () => {
    const answers = await Promise.all(sample.feeds.map(({ url }) => ask(new URL(url).pathname)));
    const broken = answers.filter(({ status }) => status !== 200);
    expect(broken.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([[503, '3600']]);
  });

  it('answers 404 to what it does not have, and 405 to what it does not do', async () => {
    expect((await ask('/documents/../feeds.json')).status).toBe(404);
    expect((await ask('/server.ts')).status).toBe(404);
    expect((await ask('/un-press-all.rss?page=2')).status).toBe(200);
    expect((await ask('/un-press-all.rss', {}, 'POST')).status).toBe(405);
    expect((await ask('/un-press-all.rss', {}, 'HEAD')).body.byteLength).toBe(0);
  });

  it('ends open connections at once when it closes', async () => {
    const own = await startSample();
    const socket = connect(Number(new URL(own.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /un-press-all.rss HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    // The reset is what is wanted here; `once` would take it for a failure of its own.
    const ended = new Promise<void>((resolve) => socket.on('error', () => undefined).on('close', () => resolve()));
    socket.resume();
    await own.close();
    await ended;
    await expect(fetch(own.url)).rejects.toThrow();
  });
});
