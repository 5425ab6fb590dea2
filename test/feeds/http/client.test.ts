import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpOptions } from '../../../feeds/http/client.ts';
import { TestServer } from '../server.ts';

describe('the HTTP client', () => {
  const server = new TestServer();
  const clients: HttpClient[] = [];
  const signal = new AbortController().signal;

  const clientWith = (options: Partial<HttpOptions> = {}) => {
    const clock = { now: () => '2026-10-01T06:00:00.000Z' };
    const client = createHttpClient({
      userAgent: 'Barrierwatch-test (+us)',
      allowPrivate: ['127.0.0.1'],
      clock,
      ...options,
    });
    clients.push(client);
    return client;
  };
  const get = (path: string, options: Partial<HttpOptions> = {}) =>
    clientWith(options).get({ url: server.url(path), accept: 'application/rss+xml', signal });
  const textOf = async (answer: ReturnType<typeof get>) => {
    const got = await answer;
    return got.outcome === 'document' ? Buffer.from(got.bytes).toString() : got.outcome;
  };

  beforeEach(() => server.start());
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await server.stop();
    server.requests.length = 0;
  });

  it('says who it is and what it wants', async () => {
    server.answer = (_, response) => response.end('x');
    await get('/');
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'Barrierwatch-test (+us)',
      accept: 'application/rss+xml',
      'accept-encoding': 'gzip, deflate, br',
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it.each([
    ['gzip', gzipSync('hello')],
    ['deflate', deflateSync('hello')],
    ['deflate', deflateRawSync('hello')],
    ['br', brotliCompressSync('hello')],
    ['gzip, br', brotliCompressSync(gzipSync('hello'))],
    ['identity', Buffer.from('hello')],
  ])('undoes %s', async (encoding, body) => {
    server.answer = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
    expect(await textOf(get('/'))).toBe('hello');
  });

  it.each([
    ['a damaged compression', gzipSync('hello').subarray(0, 12), 'gzip', /damaged/],
    ['a compression nobody asked for', Buffer.from('x'), 'zstd-9', /not asked for \(zstd-9\)/],
    ['a small body that unpacks to a huge one', gzipSync(Buffer.alloc(3_000_000)), 'gzip', /more than 1 MB/],
    ['a huge body', Buffer.alloc(3_000_000), 'identity', /more than 1 MB/],
  ])('refuses %s', async (_, body, encoding, message) => {
    server.answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
    await expect(get('/', { maxBytes: 1_048_576 })).rejects.toMatchObject({
      name: 'WorldError',
      message: expect.stringMatching(message),
    });
  });

  it('refuses a huge body that comes without a length', async () => {
    server.answer = (_, response) => {
      response.write(Buffer.alloc(700_000));
      response.end(Buffer.alloc(700_000));
    };
    await expect(get('/', { maxBytes: 1_048_576 })).rejects.toThrow('answered with more than 1 MB');
  });

  it('follows redirects and tells where the document came from', async () => {
    server.answer = (request, response) => {
      if (request.url === '/new/feed') response.end('moved');
      else response.writeHead(301, { location: request.url === '/old' ? '/older' : 'new/feed' }).end();
    };
    expect(await get('/old')).toMatchObject({ outcome: 'document', url: server.url('/new/feed') });
  });

  it.each([
    ['in a circle', (url: string) => url, /more than 5 redirects/],
    ['to a file', () => 'file:///etc/passwd', /not of the web \(file:\)/],
    ['with a password', () => 'https://me:secret@publisher.example/', /password/],
    ['to nowhere', () => 'http://', /leads nowhere/],
    [
      'to a private address',
      () => 'http://169.254.169.254/latest/meta-data',
      /redirect to a private address \(169\.254\.169\.254\)/,
    ],
  ])('refuses a redirect %s', async (_, target, message) => {
    server.answer = (_request, response) => response.writeHead(302, { location: target(server.url('/loop')) }).end();
    await expect(get('/')).rejects.toThrow(message);
  });

  it.each([
    [403, {}, 'answered 403 (access refused)'],
    [403, { 'cf-mitigated': 'challenge' }, 'answered 403 (the site checks for a browser (Cloudflare))'],
    [404, {}, 'answered 404 (nothing is there)'],
    [304, {}, 'answered 304 (not modified)'],
    [599, {}, 'answered 599'],
  ])('puts status %i in words', async (status, headers, message) => {
    server.answer = (_, response) => response.writeHead(status, headers).end();
    await expect(get('/')).rejects.toMatchObject({ name: 'WorldError', message, notBefore: undefined });
  });

  it.each([
    [
      'http://localhost:81/',
      [],
      'UserError',
      /^localhost \(.*\) is a private address; set FEED_ALLOW_PRIVATE=localhost/,
    ],
    ['http://127.0.0.1:1/', [], 'UserError', /is a private address/],
    ['http://2130706433/', [], 'UserError', /^127\.0\.0\.1 is a private address/],
    ['http://[::1]:1/', [], 'UserError', /^::1 is a private address/],
    ['http://[::ffff:10.0.0.1]/', [], 'UserError', /is a private address/],
    ['ftp://publisher.example/', [], 'UserError', /only http and https/],
    ['publisher.example/feed', [], 'UserError', /not a web address/],
    ['https://me:secret@publisher.example/', [], 'UserError', /user name or password/],
    ['http://127.0.0.1:1/', ['127.0.0.0/8'], 'WorldError', /^127\.0\.0\.1 refused the connection$/],
    ['http://no-such-host.invalid/', [], 'WorldError', /no-such-host\.invalid/],
  ])('refuses %s with %j allowed', async (url, allowPrivate, name, message) => {
    const asked = clientWith({ allowPrivate }).get({ url, accept: '*/*', signal });
    await expect(asked).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it.each([
    ['a document', 200, 'Thu, 01 Oct 2026 05:58:30 GMT', '2026-10-01T05:58:30.000Z'],
    ['an answer without news', 304, 'Thu, 01 Oct 2026 05:58:30 GMT', '2026-10-01T05:58:30.000Z'],
    ['a server without a clock', 200, '', undefined],
    ['a server with a broken clock', 200, 'yesterday', undefined],
  ])('tells the time of the server with %s', async (_, status, date, servedAt) => {
    server.answer = (_request, response) => {
      response.sendDate = false;
      response.writeHead(status, { etag: '"1"', ...(date === '' ? {} : { date }) }).end();
    };
    const answer = await clientWith().get({ url: server.url(), accept: '*/*', etag: '"1"', signal });
    expect(answer.servedAt).toBe(servedAt);
  });

  it('gives up on a server that never answers', async () => {
    server.answer = () => {};
    await expect(get('/', { timeoutMs: 50 })).rejects.toThrow('took longer than 0.05 s');
  });

  it('gives up on a server that never ends its answer', async () => {
    server.answer = (_, response) => response.write('<rss>');
    await expect(get('/', { timeoutMs: 50 })).rejects.toThrow('took longer than 0.05 s');
  });

  it('tells a broken connection from an answer', async () => {
    server.answer = (request) => request.socket.destroy();
    await expect(get('/')).rejects.toMatchObject({ name: 'WorldError', message: '127.0.0.1 broke the connection off' });
    server.answer = (request, response) =>
      response.writeHead(200, { 'content-length': 99 }).write('x', () => request.socket.destroy());
    await expect(get('/')).rejects.toMatchObject({ name: 'WorldError' });
  });

  it('keeps connections for the next request', async () => {
    const ports = new Set<number | undefined>();
    server.answer = ({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end('x');
    };
    const client = clientWith();
    for (let count = 0; count < 8; count++) await client.get({ url: server.url(), accept: '*/*', signal });
    // A second one is opened where the first is not yet seen to be free.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('refuses to start when already aborted', async () => {
    const aborted = AbortSignal.abort(new Error('stopping'));
    await expect(clientWith().get({ url: server.url(), accept: '*/*', signal: aborted })).rejects.toThrow('stopping');
    expect(server.requests).toEqual([]);
  });
});
