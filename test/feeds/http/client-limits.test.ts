import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpOptions } from '../../../feeds/http/client.ts';
import { TestServer } from '../server.ts';

const clock = { now: () => '2026-10-01T06:00:00.000Z' };

describe('what the HTTP client keeps to at servers that are not our own', () => {
  const server = new TestServer();
  const clients: HttpClient[] = [];
  const signal = new AbortController().signal;

  /** A client for which the server on loopback is somebody else’s. */
  const guest = (options: Partial<HttpOptions> = {}) => {
    const rights = { allowPrivate: ['127.0.0.1', 'localhost'], isOwn: () => false };
    const client = createHttpClient({ userAgent: 'test', clock, spacingMs: 0, ...rights, ...options });
    clients.push(client);
    return (path: string) => client.get({ url: server.url(path), accept: '*/*', signal });
  };
  const asked = () => server.requests.map(({ url }) => url);

  beforeEach(() => server.start());
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await server.stop();
    server.requests.length = 0;
  });

  it('reads robots.txt once a day, says who it is there too, and tells whether a path should not be read', async () => {
    server.answer = ({ url }, response) =>
      response.end(url === '/robots.txt' ? 'User-agent: *\nDisallow: /private' : 'x');
    const get = guest();
    expect(await get('/feed')).not.toHaveProperty('disallowed');
    // People asked for the feed, so it is read all the same; they are told.
    expect(await get('/private/feed')).toMatchObject({ outcome: 'document', disallowed: true });
    expect(asked()).toEqual(['/robots.txt', '/feed', '/private/feed']);
    expect(server.requests[0]?.headers['user-agent']).toBe('test');
  });

  it('keeps to a Crawl-delay, by sending the next caller away until its turn', async () => {
    server.answer = ({ url }, response) =>
      response.end(url === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 420' : 'x');
    const get = guest();
    await get('/a');
    await expect(get('/b')).rejects.toMatchObject({
      name: 'HeldError',
      message: expect.stringMatching(/^not asked: its turn at 127\.0\.0\.1 comes in (419|420) s$/),
      notBefore: expect.stringMatching(/^2026-10-01T06:0[67]/),
    });
    expect(asked()).toEqual(['/robots.txt', '/a']);
  });

  it.each([
    ['a robots.txt that is not there', 404],
    ['a robots.txt that fails', 500],
  ])('takes %s for silence', async (_, status) => {
    server.answer = ({ url }, response) => response.writeHead(url === '/robots.txt' ? status : 200).end();
    expect(await guest()('/feed')).toMatchObject({ outcome: 'document' });
  });

  it('asks nothing more of an owner whose server sent Retry-After, until then', async () => {
    server.answer = ({ url }, response) =>
      url === '/busy' ? response.writeHead(503, { 'retry-after': '120' }).end() : response.end('x');
    const get = guest();
    await expect(get('/busy')).rejects.toMatchObject({ status: 503, notBefore: '2026-10-01T06:02:00.000Z' });
    await expect(get('/other')).rejects.toMatchObject({ name: 'HeldError', notBefore: '2026-10-01T06:02:00.000Z' });
    expect(asked()).toEqual(['/robots.txt', '/busy']);
  });

  it('leaves an owner alone for a moment after 429 without a word on how long', async () => {
    server.answer = ({ url }, response) => response.writeHead(url === '/robots.txt' ? 404 : 429).end();
    const get = guest();
    await expect(get('/feed')).rejects.toMatchObject({ name: 'WorldError', status: 429 });
    await expect(get('/feed')).rejects.toMatchObject({ name: 'HeldError', notBefore: '2026-10-01T06:01:00.000Z' });
  });

  it('never has more than two requests under way at one owner', async () => {
    let underWay = 0;
    let most = 0;
    server.answer = (_, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end('x');
      }, 5);
    };
    const get = guest();
    await Promise.all(Array.from({ length: 10 }, (_, number) => get(`/${number}`)));
    expect(most).toBe(2);
    expect(asked()).toHaveLength(11);
  });

  it('sends no cookie that a server set, not even to itself', async () => {
    server.answer = ({ url }, response) => {
      const headers = { 'set-cookie': 'session=1; Path=/' };
      if (url === '/feed') response.writeHead(302, { ...headers, location: '/next' }).end();
      else response.writeHead(200, headers).end('x');
    };
    const get = guest();
    await get('/feed');
    await get('/feed');
    expect(server.requests.filter(({ headers }) => headers.cookie !== undefined)).toEqual([]);
  });

  it('names the owner whose limits an address falls under, and none for what is our own', () => {
    const client = createHttpClient({ userAgent: 'test', clock, allowPrivate: ['10.0.0.0/8', 'intranet.example'] });
    clients.push(client);
    const owners = ['https://ec.europa.eu/feed', 'http://10.1.1.1/', 'http://intranet.example/a', 'nonsense'];
    expect(owners.map((url) => client.ownerOf(url))).toEqual(['europa.eu', undefined, undefined, undefined]);
  });

  it('sends a form and brings the first words of the answer', async () => {
    let form = '';
    server.answer = (request, response) => {
      request.on('data', (chunk: Buffer) => {
        form += chunk.toString();
      });
      request.on('end', () => response.writeHead(202).end(`accepted ${'.'.repeat(5_000)}`));
    };
    const client = createHttpClient({ userAgent: 'test', clock, allowPrivate: ['127.0.0.1'] });
    clients.push(client);
    const sent = await client.post({ url: server.url('/hub'), form: { 'hub.mode': 'subscribe', x: 'a b&c' }, signal });
    expect(form).toBe('hub.mode=subscribe&x=a+b%26c');
    expect(sent).toEqual({ status: 202, text: expect.stringMatching(/^accepted \.+$/) });
    expect(sent.text.length).toBeLessThanOrEqual(200);
    await expect(client.post({ url: 'http://10.0.0.1/', form: {}, signal })).rejects.toThrow('private address');
  });
});
