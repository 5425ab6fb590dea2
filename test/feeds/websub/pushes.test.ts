import { createHmac } from 'node:crypto';
import { request } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebPage, type WebPage } from '../../../adapters/local/web.ts';
import { createFeedReader } from '../../../feeds/feed-reader.ts';
import { createHttpClient } from '../../../feeds/http/client.ts';
import { createParser } from '../../../feeds/parser.ts';
import { createPushes } from '../../../feeds/websub/pushes.ts';
import { pollDue } from '../../../src/poll.ts';
import type { FeedReader } from '../../../src/ports.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../src/time.ts';
import { openStore } from '../../../store/sqlite/index.ts';
import { CHANNEL, feedDraft, keptLog, WORKSPACE } from '../../test-bot.ts';
import { TestServer } from '../server.ts';

const START = '2026-06-10T06:30:00.000Z';
const signal = new AbortController().signal;

type Sent = NonNullable<Parameters<typeof request>[1]>;

/** One request on a connection of its own, so that the page need not wait for it when it stops. */
async function ask(url: string | URL, sent: Sent = {}): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(url, { ...sent, reset: true });
  return { status: statusCode, text: await body.text() };
}

/** A hub as the Recommendation describes it: it verifies what it is asked for, and sends signed documents. */
class Hub {
  readonly server = new TestServer();
  readonly asked: URLSearchParams[] = [];
  lease = 3 * 24 * 3_600;
  status = 202;

  async start(): Promise<void> {
    await this.server.start();
    this.server.answer = (request, response) => {
      let form = '';
      request.on('data', (chunk: Buffer) => {
        form += chunk.toString();
      });
      request.on('end', () => {
        this.asked.push(new URLSearchParams(form));
        response.writeHead(this.status).end(this.status === 202 ? '' : 'no such topic here');
      });
    };
  }

  /** A question to the callback of the last subscription. */
  async query(parameters: Record<string, string>): Promise<{ status: number; text: string }> {
    const callback = new URL(this.asked.at(-1)?.get('hub.callback') ?? '');
    for (const [name, value] of Object.entries(parameters)) callback.searchParams.set(name, value);
    return ask(callback);
  }

  verify(topic: string, mode = 'subscribe') {
    const lease = String(this.lease);
    return this.query({ 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': 'c-123', 'hub.lease_seconds': lease });
  }

  async send(body: string, secret = this.asked.at(-1)?.get('hub.secret') ?? ''): Promise<number> {
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const headers = { 'x-hub-signature': signature, 'content-type': 'application/rss+xml' };
    const callback = this.asked.at(-1)?.get('hub.callback') ?? '';
    return (await ask(callback, { method: 'POST', headers, body })).status;
  }
}

/** An RSS document that names the hub, with one entry of each title. */
function rss(hub: string, self: string, titles: readonly string[]): string {
  const items = titles.map((title) => `<item><title>${title}</title><guid>${title}</guid></item>`).join('');
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A body</title><link>https://a.example/</link>
    <atom:link rel="hub" href="${hub}"/><atom:link rel="self" href="${self}"/>${items}</channel></rss>`;
}

describe('news that hubs tell of', () => {
  // One thread for all tests: starting one takes longer than any of them.
  const parser = createParser();
  afterAll(() => parser.close());
  const hub = new Hub();
  const publisher = new TestServer();
  let now = START;
  const clock = { now: () => now };
  const log = keptLog();
  let titles = ['first'];
  let store: Awaited<ReturnType<typeof openStore>>;
  let reader: FeedReader;
  let page: WebPage;
  let pushes: ReturnType<typeof createPushes>;
  const topic = () => publisher.url('/feed');
  const poll = () => pollDue({ store, reader, clock, log, signal });
  const feed = async () => (await store.listFeeds(WORKSPACE.id))[0] ?? expect.fail();

  beforeEach(async () => {
    now = START;
    titles = ['first'];
    await Promise.all([hub.start(), publisher.start()]);
    store = await openStore(':memory:');
    const http = createHttpClient({ userAgent: 'test', allowPrivate: ['127.0.0.1'], clock });
    reader = createFeedReader(http, { parse: parser.parse, close: async () => {} });
    publisher.answer = (_, response) =>
      response
        .writeHead(200, { link: `<${hub.server.url('/hub')}>; rel=hub, <${topic()}>; rel=self` })
        .end(rss(hub.server.url('/hub'), topic(), titles));
    const answer = { answer: (request: Parameters<typeof pushes.answer>[0]) => pushes.answer(request) };
    const health = async () => ({ feeds: { listed: 0, read: 0, failing: 0, paused: 0 } });
    const bot = { handle: async () => expect.fail('a hub is no visitor') };
    page = createWebPage({ bot, workspace: WORKSPACE, channel: CHANNEL, port: 0, health, log, pushes: answer });
    const publicUrl = await page.start();
    pushes = createPushes({ store, http, clock, log, publicUrl });
    await store.saveWorkspace(WORKSPACE, () => [feedDraft('body', { url: topic() })], now);
    await poll();
  });
  afterEach(async () => {
    await page.stop();
    await reader.close();
    await store.close();
    await Promise.all([hub.server.stop(), publisher.stop()]);
    hub.asked.length = 0;
    hub.status = 202;
    hub.lease = 3 * 24 * 3_600;
    publisher.requests.length = 0;
    log.lines.length = 0;
  });

  it('make the bot look at the feed at once, and only there for what is new', async () => {
    await pushes.renew(signal);
    expect(Object.fromEntries(hub.asked[0] ?? [])).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': topic(),
      'hub.lease_seconds': '604800',
      'hub.secret': expect.stringMatching(/^[0-9a-f]{64}$/),
      'hub.callback': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/websub\/[\w-]{32}$/),
    });
    expect(await hub.verify(topic())).toEqual({ status: 200, text: 'c-123' });
    now = plus(now, 5 * MINUTE);
    titles = ['second', 'first'];
    expect(await hub.send(rss('x', 'y', ['forged by the hub']))).toBe(202);
    expect((await poll()).map(({ newItems }) => newItems)).toEqual([1]);
    const found = await store.searchItems(WORKSPACE.id, { words: 'forged', limit: 5 });
    expect(found).toEqual([]);
  });

  it('are not believed without the right signature, and whoever sent them is not told', async () => {
    await pushes.renew(signal);
    await hub.verify(topic());
    now = plus(now, 5 * MINUTE);
    expect(await hub.send('<rss/>', 'guessed')).toBe(202);
    const callback = hub.asked[0]?.get('hub.callback') ?? '';
    expect((await ask(callback, { method: 'POST', body: '<rss/>' })).status).toBe(202);
    expect(await poll()).toEqual([]);
  });

  it('cannot turn the bot against the feed’s own server', async () => {
    await pushes.renew(signal);
    await hub.verify(topic());
    for (let news = 0; news < 20; news++) await hub.send('<rss/>');
    expect(await poll()).toEqual([]);
    now = plus(now, MINUTE);
    expect(await poll()).toHaveLength(1);
    await hub.send('<rss/>');
    expect(await poll()).toEqual([]);
    await store.recordCheck('body', { kind: 'failed', error: '429', heldUntil: plus(now, HOUR) }, now, plus(now, HOUR));
    now = plus(now, 5 * MINUTE);
    await hub.send('<rss/>');
    expect(await poll()).toEqual([]);
  });

  it.each([
    ['another address', (url: string) => ({ 'hub.mode': 'subscribe', 'hub.topic': `${url}x`, 'hub.challenge': 'c' })],
    [
      'the end of what was asked for',
      (url: string) => ({ 'hub.mode': 'unsubscribe', 'hub.topic': url, 'hub.challenge': 'c' }),
    ],
    ['nothing', () => ({})],
    ['no challenge', (url: string) => ({ 'hub.mode': 'subscribe', 'hub.topic': url })],
    [
      'an endless challenge',
      (url: string) => ({ 'hub.mode': 'subscribe', 'hub.topic': url, 'hub.challenge': 'c'.repeat(5_000) }),
    ],
  ])('are not confirmed where the hub asks about %s', async (_, parameters) => {
    await pushes.renew(signal);
    expect((await hub.query(parameters(topic()))).status).toBe(404);
    const token = hub.asked[0]?.get('hub.callback')?.split('/').at(-1) ?? '';
    expect((await store.findPush(token))?.push.state).toBe('asked');
  });

  it('are asked for again with the same callback before the lease ends, which is kept within an hour and a month', async () => {
    await pushes.renew(signal);
    await hub.verify(topic());
    now = plus(now, 2 * DAY);
    await pushes.renew(signal);
    expect(hub.asked).toHaveLength(1);
    now = plus(now, DAY / 2);
    await pushes.renew(signal);
    expect(hub.asked).toHaveLength(2);
    expect(hub.asked[1]?.get('hub.callback')).toBe(hub.asked[0]?.get('hub.callback'));
    const token = hub.asked[1]?.get('hub.callback')?.split('/').at(-1) ?? '';
    // While the hub has not confirmed again, the old lease still holds.
    expect((await store.findPush(token))?.push).toMatchObject({ state: 'active', tries: 1 });
    for (const [lease, kept] of [
      [1, HOUR],
      [10 ** 12, 30 * DAY],
      [0, 7 * DAY],
    ] as const) {
      hub.lease = lease;
      await hub.verify(topic());
      expect((await store.findPush(token))?.push).toMatchObject({ tries: 0, expiresAt: plus(now, kept) });
    }
  });

  it('are asked for ever later at a hub that refuses, and cost the feed nothing', async () => {
    hub.status = 500;
    const hours: number[] = [];
    for (let hour = 0; hour < 40; hour++) {
      const before = hub.asked.length;
      await pushes.renew(signal);
      if (hub.asked.length > before) hours.push(hour);
      now = plus(now, HOUR);
    }
    expect(hours).toEqual([0, 1, 3, 7, 15, 31]);
    expect(await feed()).toMatchObject({ errorCount: 0 });
    expect(log.lines[0]).toContain('answered 500 (no such topic here)');
  });

  it('are left alone for a week where the hub denies them', async () => {
    await pushes.renew(signal);
    expect(await hub.query({ 'hub.mode': 'denied', 'hub.topic': topic() })).toEqual({ status: 200, text: '' });
    now = plus(now, 6 * DAY);
    await pushes.renew(signal);
    expect(hub.asked).toHaveLength(1);
    now = plus(now, DAY);
    await pushes.renew(signal);
    expect(hub.asked).toHaveLength(2);
  });

  it('are refused for a feed that nobody lists any more, so that the hub forgets us', async () => {
    await pushes.renew(signal);
    await hub.verify(topic());
    await store.editFeedList(WORKSPACE.id, { action: 'remove', feedId: 'body' }, 'local:ana', now);
    expect(await hub.send('<rss/>')).toBe(410);
    expect((await hub.verify(topic())).status).toBe(404);
    now = plus(now, 10 * DAY);
    await pushes.renew(signal);
    expect(hub.asked).toHaveLength(1);
  });

  it.each([
    ['a hub inside', 'https://10.0.0.1/hub', 'private address'],
    ['a hub without encryption, which would give the secret away', 'http://hub.invalid/', 'not secure'],
  ])('are not asked for at %s', async (_, address, reason) => {
    await store.recordCheck('body', { kind: 'changed', items: [], hints: { hub: address } }, now, plus(now, HOUR));
    await pushes.renew(signal);
    expect(log.lines.join()).toContain(reason);
    expect(await feed()).toMatchObject({ errorCount: 0 });
  });

  it('come to a callback that nobody can guess, in no other way, and not without end', async () => {
    await pushes.renew(signal);
    const callback = hub.asked[0]?.get('hub.callback') ?? '';
    const status = async (url: string, sent: Sent = {}) => (await ask(url, sent)).status;
    expect(await status(`${callback.slice(0, -1)}!`)).toBe(404);
    expect(await status(`${callback.slice(0, -4)}AAAA`)).toBe(404);
    expect(await status(callback, { method: 'PUT', body: 'x' })).toBe(405);
    const long = status(callback, { method: 'POST', body: 'x'.repeat(9_000_000) });
    expect(await long.catch(() => 413)).toBe(413);
  });
});
