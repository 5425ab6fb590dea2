import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebPage, type WebPage } from '../../../adapters/local/web.ts';
import { WorldError } from '../../../src/errors.ts';
import { readHealth } from '../../../src/health.ts';
import type { ItemDraft } from '../../../src/model.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, keptLog, type Sources, WORKSPACE } from '../../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});

async function open() {
  const sources: Sources = new Map<string, ItemDraft[] | Error>([
    ['https://us.example/feed', [ORDER]],
    ['https://un.example/feed', new WorldError('answered 503')],
  ]);
  const bot = await createTestBot([feedDraft('us'), feedDraft('un')], sources);
  const log = keptLog();
  const asked: { text: string; isAdmin: boolean }[] = [];
  const page = createWebPage({
    bot: {
      async handle(invocation) {
        const text = 'text' in invocation ? invocation.text : '';
        const isAdmin = await invocation.user.isAdmin();
        asked.push({ text, isAdmin });
        return bot.host.handle(invocation);
      },
    },
    workspace: WORKSPACE,
    channel: CHANNEL,
    port: 0,
    health: () => readHealth(bot.store, WORKSPACE.id, bot.clock.now()),
    log,
    banner: 'a test',
  });
  return { ...bot, page, log, asked };
}

/** A request as no browser would send it, with any host and target. */
async function ask(address: string, target: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = new URL(address);
  const sent = request({ host: '127.0.0.1', port, path: target, headers, method });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

describe('the web page', () => {
  let tried: Awaited<ReturnType<typeof open>>;
  let address: string;
  beforeEach(async () => {
    tried = await open();
    address = await tried.page.start();
  });
  afterEach(() => tried.page.stop());

  it('shows the barriers, with the banner', async () => {
    const page = await fetch(address);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain('<h1>The six barriers to governing AI internationally</h1>');
    expect(html).toContain('<span class="banner">a test</span>');
    expect(html).toContain('<a href="/?command=%2Fbarrier%20show%20pacing-gap">');
  });

  it('answers the command box', async () => {
    await tried.poll();
    const html = await (await fetch(`${address}?command=%2Fbarrier+search+preempt`)).text();
    expect(html).toContain('<h1>Search: preempt</h1>');
    expect(html).toContain('<mark>preempt</mark>');
    expect(html).toContain('value="/barrier search preempt"');
  });

  it('shows what the digest would hold, and the digest itself once there is one', async () => {
    await tried.poll();
    expect(await (await fetch(`${address}digest`)).text()).toContain('<h1>Preview: AI governance digest');
    await tried.say('/digest now');
    const html = await (await fetch(`${address}digest`)).text();
    expect(html).toContain('<h1>AI governance digest');
    expect(html).toContain(ORDER.title);
  });

  it('changes nothing: its visitor is never an admin', async () => {
    await tried.poll();
    const before = await tried.store.history(WORKSPACE.id, 100);
    for (const command of ['/feeds remove us', '/feeds add x.org', '/feeds undo', '/digest now', '/digest pause']) {
      const html = await (await fetch(`${address}?command=${encodeURIComponent(command)}`)).text();
      expect(html).toContain('is for admins');
    }
    const item = (await tried.store.findItem(WORKSPACE.id, ORDER.url ?? ''))?.item.id;
    for (const command of [
      `/barrier wrong ${item} off topic`,
      `/barrier  "wrong" ${item} none`,
      '/barrier confirm 1',
      '/barrier retag',
    ]) {
      const html = await (await fetch(`${address}?command=${encodeURIComponent(command)}`)).text();
      expect(html).toContain('is for admins');
    }
    expect(await tried.store.correctionHistory(WORKSPACE.id, 100)).toEqual([]);
    expect(await tried.store.history(WORKSPACE.id, 100)).toEqual(before);
    expect(tried.posts).toEqual([]);
    expect(tried.asked.some(({ isAdmin }) => isAdmin)).toBe(false);
  });

  it('says of every item how a wrong tag is put right, as a line to type', async () => {
    await tried.poll();
    const item = (await tried.store.findItem(WORKSPACE.id, ORDER.url ?? ''))?.item.id;
    const html = await (await fetch(`${address}?command=${encodeURIComponent(`/barrier why ${item}`)}`)).text();
    expect(html).toContain(`<span>Wrong tag: <code>/barrier wrong ${item}</code></span>`);
  });

  it('gives the feed list as a file', async () => {
    const file = await ask(address, '/file?command=/feeds%20export%20json');
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toBe('attachment; filename="barrierwatch-feeds.json"');
    expect(file.body).toBe('json:un,us');
    expect((await ask(address, '/file?command=/barrier')).status).toBe(404);
  });

  it('says 503 while no feed has been read, then 200 and who fails, in numbers alone', async () => {
    const before = await fetch(`${address}health`);
    expect(before.status).toBe(503);
    expect(await before.json()).toMatchObject({ status: 'no feed has been read', feeds: { listed: 2, read: 0 } });
    await tried.poll();
    const after = await fetch(`${address}health`);
    expect(after.status).toBe(200);
    expect(await after.json()).toEqual({
      status: 'ok',
      feeds: { listed: 2, read: 1, failing: 1, paused: 0 },
      nextDigestAt: '2026-06-10T06:30:00.000Z',
    });
  });

  it.each(['/', '/digest', '/health', '/nowhere', '/file?command=/feeds%20export'])(
    'sends with %s the headers that forbid scripts, frames and copies',
    async (target) => {
      const { headers } = await ask(address, target);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
    },
  );

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example', 'localhost'])(
    'answers nothing to the foreign host %s',
    async (host) => {
      const { status, body } = await ask(address, '/feeds', { host });
      expect(status).toBe(421);
      expect(body).not.toContain('barrier');
      expect(tried.asked).toEqual([]);
    },
  );

  it.each(['127.0.0.1', 'localhost', 'LocalHost', '[::1]'])('answers to its own host name %s', async (name) => {
    const host = `${name}:${new URL(address).port}`;
    expect((await ask(address, '/', { host })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not answer %s', async (method) => {
    const { status, headers } = await ask(address, '/?command=/feeds%20list', {}, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(tried.asked).toEqual([]);
  });

  it('answers HEAD without a body', async () => {
    const { status, body } = await ask(address, '/', {}, 'HEAD');
    expect([status, body]).toEqual([200, '']);
  });

  it.each([
    ['/nowhere', 404],
    ['/favicon.ico', 404],
    ['//evil.example/digest', 404],
    ['/../../etc/passwd', 404],
    ['/?command=%ff%fe%00', 200],
    ['/?command=', 200],
    ['http://evil.example/', 400],
    ['*', 400],
  ])('answers %s with %i', async (target, status) => {
    expect((await ask(address, target)).status).toBe(status);
  });

  it('answers a command longer than any person types', async () => {
    expect((await ask(address, `/?command=${'a'.repeat(8_000)}`)).status).toBe(200);
  });

  it('answers with 500 and keeps the cause in the log when it fails itself', async () => {
    await tried.store.close();
    const { status, body } = await ask(address, '/health');
    expect([status, body]).toEqual([500, 'The fault is ours and has been logged.\n']);
    expect(tried.log.lines.join()).toContain('database connection is not open');
  });

  it('is closed after a stop, and can be started again', async () => {
    await tried.page.stop();
    await expect(fetch(address)).rejects.toThrow();
    await tried.page.stop();
    const again = await tried.page.start();
    expect(await tried.page.start()).toBe(again);
    expect((await fetch(again)).status).toBe(200);
  });
});

it('says which port is in use and what to set', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = address !== null && typeof address === 'object' ? address.port : expect.fail('no port');
  const { page: _, ...rest } = await open();
  const page: WebPage = createWebPage({
    bot: { handle: () => rest.say('/barrier') },
    workspace: WORKSPACE,
    channel: CHANNEL,
    port,
    health: () => expect.fail('not asked'),
    log: rest.log,
  });
  await expect(page.start()).rejects.toThrow(`HTTP_PORT ${port} is in use. Set another port`);
  await page.stop();
  holder.close();
});
