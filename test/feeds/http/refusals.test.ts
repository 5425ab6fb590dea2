import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpOptions } from '../../../feeds/http/client.ts';
import type { Resolve } from '../../../feeds/http/lookup.ts';
import { TestServer } from '../server.ts';

/** Counts who connects; nobody may. It stands for whatever listens on this machine and its network. */
class Forbidden {
  connections = 0;
  port = 0;
  readonly #servers: Server[] = [];

  async start(): Promise<void> {
    await this.#listen(0, '127.0.0.1');
    // Where the machine has no IPv6, the IPv4 socket alone counts.
    await this.#listen(this.port, '::1').catch(() => undefined);
  }

  async #listen(port: number, host: string): Promise<void> {
    const server = createServer((socket) => {
      this.connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    this.#servers.push(server);
    const address = server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** Every way of writing an address that is not public; PORT is where somebody listens. */
const HOSTS = [
  // Loopback: dotted, decimal, octal, hexadecimal, short, mixed, with dots behind.
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '017700000001', '0x7f000001', '0177.0.0.1', '0x7f.0.0.1'],
  ...[
    '127.0.0.1.',
    '127.255.255.254',
    '0x7f.1',
    '%31%32%37.0.0.1',
    '１２７.０.０.１',
    '127。0。0。1',
    'localhost',
    'localhost.',
  ],
  ...['LOCALHOST', 'app.localhost'],
  // This network, private, carrier-grade NAT, link-local with the metadata services, test, multicast, broadcast.
  ...['0.0.0.0', '0', '10.0.0.1', '10.255.255.255', '0x0a000001', '167772161', '172.16.0.1', '172.31.255.255'],
  ...['192.168.0.1', '192.168.1', '3232235777', '100.64.0.1', '100.127.255.255', '100.100.100.200'],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '169.254.43518', '0251.0376.0251.0376', '168.63.129.16'],
  ...[
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  // IPv6: loopback, any, mapped, compatible, NAT64, 6to4, Teredo, unique local, link-local, site-local, multicast.
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]'],
  ...['[::ffff:169.254.169.254]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::1]'],
  ...['[2002:7f00:1::]', '[2002:a9fe:a9fe::1]', '[2001:0:a9fe:a9fe::1]', '[fc00::1]', '[fd00:ec2::254]', '[fe80::1]'],
  ...['[fec0::1]', '[ff02::1]', '[2001:db8::1]', '[100::1]', '[5f00::1]'],
];

/** Addresses that are refused before anything is looked up. */
const ADDRESSES = [
  // Zone ids, passwords, ports and protocols that are not of the web, and what is no address at all.
  ...[
    'http://[fe80::1%25eth0]/',
    'http://[fe80::1%eth0]/',
    'http://[::1%251]/',
    'http://[::1',
    'http://127.0.0.1:99999/',
  ],
  ...[
    'http://user@public.test/',
    'http://user:secret@public.test/',
    'http://:secret@public.test/',
    'http://public.test@127.0.0.1/',
  ],
  ...['http://public.test:22/', 'http://public.test:25/', 'http://public.test:6000/', 'https://public.test:53/'],
  ...['file:///etc/passwd', 'ftp://public.test/', 'gopher://127.0.0.1/', 'data:text/xml,<rss/>', 'javascript:alert(1)'],
  ...[
    'unix:/var/run/docker.sock',
    'ws://127.0.0.1/',
    '//127.0.0.1/',
    '127.0.0.1',
    '',
    'http://',
    'http:///',
    'http://a b/',
  ],
];

/** Names that lead to addresses which are not public; a look-up answers with each. */
const LOOKED_UP = [
  ...['127.0.0.1', '10.0.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '0.0.0.0', '168.63.129.16'],
  ...[
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::1',
    'fd00::1',
    'fe80::1',
    'fe80::1%lo',
    '::127.0.0.1',
  ],
];

const SENTENCE = /^[^\n]{10,220}$/;

describe('addresses that are not public', () => {
  const forbidden = new Forbidden();
  const server = new TestServer();
  const clients: HttpClient[] = [];
  const signal = new AbortController().signal;

  beforeAll(() => Promise.all([forbidden.start(), server.start()]));
  afterAll(() => Promise.all([forbidden.stop(), server.stop()]));
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    server.requests.length = 0;
  });

  const family = (address: string) => (address.includes(':') ? 6 : 4);
  const answering =
    (of: (host: string) => readonly string[]): Resolve =>
    (host, _options, callback) =>
      callback(
        null,
        of(host).map((address) => ({ address, family: family(address) })),
      );

  async function refusal(url: string, options: Partial<HttpOptions> = {}): Promise<string> {
    const client = createHttpClient({
      ...{ userAgent: 'test', allowPrivate: [], clock: { now: () => '2026-10-01T06:00:00.000Z' }, timeoutMs: 2_000 },
      ...options,
    });
    clients.push(client);
    const thrown: unknown = await client.get({ url, accept: '*/*', signal }).catch((reason: unknown) => reason);
    if (!(thrown instanceof Error)) return 'it was read';
    expect(['UserError', 'WorldError']).toContain(thrown.name);
    expect(thrown.message).toMatch(SENTENCE);
    return thrown.message;
  }

  /** A name of somebody who may be asked, whose server is the one on loopback. */
  const publisher = (of: (host: string) => readonly string[] = () => []): Partial<HttpOptions> => ({
    allowPrivate: ['publisher.test'],
    resolve: answering((host) => (host === 'publisher.test' ? ['127.0.0.1'] : of(host))),
  });
  const published = (path = '/') => server.url(path).replace('127.0.0.1', 'publisher.test');

  it.each(HOSTS)('refuses http://%s/', async (host) => {
    expect(await refusal(`http://${host}:${forbidden.port}/feed`)).toContain('is a private address');
    expect(forbidden.connections).toBe(0);
  });

  it.each(ADDRESSES)('refuses “%s”', async (address) => {
    const message = await refusal(address);
    expect(message).toMatch(/not a web address|only http and https|user name or password|not one of the web/);
    expect(message).not.toContain('secret');
    expect(forbidden.connections).toBe(0);
  });

  it.each(LOOKED_UP)('refuses a name that leads to %s', async (address) => {
    const resolve = answering(() => [address]);
    const message = await refusal(`http://rebind.test:${forbidden.port}/`, { resolve });
    expect(message).toContain(`rebind.test (${address}) is a private address`);
    expect(forbidden.connections).toBe(0);
  });

  it.each(
    [301, 302, 303, 307, 308].flatMap((status) =>
      ['127.0.0.1', '[::1]', '2130706433', 'localhost', '169.254.169.254', '[64:ff9b::7f00:1]'].map(
        (host) => [status, host] as const,
      ),
    ),
  )('refuses a %i to http://%s/', async (status, host) => {
    const location = `http://${host}:${forbidden.port}/feed`;
    server.answer = (_, response) => response.writeHead(status, { location }).end();
    const options = publisher(() => ['127.0.0.1']);
    expect(await refusal(published(), options)).toMatch(/^answered with a redirect to a private address/);
    expect([server.requests.length, forbidden.connections]).toEqual([1, 0]);
  });

  it.each([
    ['a chain', (step: number) => (step < 4 ? published(`/${step + 1}`) : `http://10.0.0.1:${forbidden.port}/`)],
    [
      'a chain over names',
      (step: number) => (step < 2 ? published(`/${step + 1}`) : `http://inside.test:${forbidden.port}/`),
    ],
    ['an address without a protocol', () => `//127.0.0.1:${forbidden.port}/`],
    ['a password', () => `http://a:b@127.0.0.1:${forbidden.port}/`],
    ['a port that is not of the web', () => 'http://elsewhere.test:25/'],
    ['a file', () => 'file:///etc/passwd'],
    ['another protocol', () => `gopher://127.0.0.1:${forbidden.port}/`],
    ['a script', () => 'javascript:alert(1)'],
    ['nowhere', () => 'http://[::1'],
    ['itself for ever', () => published()],
  ])('refuses redirects to %s', async (_, locationOf) => {
    server.answer = ({ url }, response) =>
      response.writeHead(302, { location: locationOf(Number(url?.slice(1))) }).end();
    expect(
      await refusal(
        published('/1'),
        publisher(() => ['127.0.0.1']),
      ),
    ).toMatch(/^answered with .*redirect/);
    expect(forbidden.connections).toBe(0);
  });

  it('lets no one on the web lead to what a person allowed for themselves', async () => {
    const location = `http://127.0.0.1:${forbidden.port}/`;
    server.answer = (_, response) => response.writeHead(302, { location }).end();
    const options = { ...publisher(), allowPrivate: ['publisher.test', '127.0.0.1'] };
    // From one allowed host to another is fine: both are the person's own.
    await refusal(published(), options);
    expect(forbidden.connections).toBe(1);
    forbidden.connections = 0;
  });

  it('refuses a name that answers with another address the second time it is looked up', async () => {
    // Loopback may be asked by its address, so that the first connection is a real one; the others stand for the inside.
    let lookUps = 0;
    const resolve = answering(() => [lookUps++ === 0 ? '127.0.0.1' : '0.0.0.0']);
    const other = `http://rebind.test:${forbidden.port}/`;
    server.answer = (_, response) => response.writeHead(302, { location: other }).end();
    const url = server.url().replace('127.0.0.1', 'rebind.test');
    const message = await refusal(url, { allowPrivate: ['127.0.0.1'], isOwn: () => true, resolve });
    expect(message).toBe('answered with a redirect to a private address (rebind.test)');
    expect([lookUps, server.requests.length, forbidden.connections]).toEqual([2, 1, 0]);
  });

  it('connects to the public ones only where a name has both', async () => {
    const resolve = answering(() => ['10.0.0.1', '::1', '127.0.0.1']);
    server.answer = (_, response) => response.end('x');
    const url = server.url().replace('127.0.0.1', 'both.test');
    expect(await refusal(url, { allowPrivate: ['127.0.0.1'], resolve })).toBe('it was read');
  });

  it('refuses what is not an address at all, whatever a look-up brings', async () => {
    expect(await refusal('http://odd.test/', { resolve: answering(() => []) })).toContain('private address');
    expect(await refusal('http://odd.test/', { resolve: answering(() => ['nonsense']) })).toContain('private address');
  });

  it('refuses an answer with more headers than it keeps', async () => {
    server.answer = (_, response) => response.writeHead(200, { 'x-long': 'a'.repeat(40_000) }).end();
    expect(await refusal(published(), publisher())).toBe('publisher.test answered with too many headers');
  });
});
