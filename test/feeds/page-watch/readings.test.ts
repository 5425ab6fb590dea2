import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../../feeds/catalogue.ts';
import { createFeedReader } from '../../../feeds/feed-reader.ts';
import { createHttpClient } from '../../../feeds/http/client.ts';
import { mirrored } from '../../../feeds/mirror.ts';
import type { Item } from '../../../src/model.ts';
import { pollFeeds } from '../../../src/poll.ts';
import { HOUR, plus } from '../../../src/time.ts';
import { openStore } from '../../../store/sqlite/index.ts';
import { feedDraft, keptLog, WORKSPACE } from '../../test-bot.ts';
import { fixture } from '../fixture.ts';
import { TestServer } from '../server.ts';

const RULE = '#watch=li&link=a';

/** A page whose list holds these titles. */
function list(...titles: string[]): string {
  const entries = titles.map((title) => `<li><a href="/news/${title.replaceAll(' ', '-')}">${title}</a></li>`);
  return `<!DOCTYPE html><html><head><title>News</title></head><body><ul>${entries.join('')}</ul></body></html>`;
}

describe('a watched page, from poll to poll', () => {
  const server = new TestServer();
  let now = '2026-10-01T06:00:00.000Z';
  const clock = { now: () => now };
  const reader = createFeedReader(createHttpClient({ userAgent: 'test', allowPrivate: ['127.0.0.1'], clock }));
  const log = keptLog();
  let store: Awaited<ReturnType<typeof openStore>>;

  beforeEach(async () => {
    server.requests.length = 0;
    await server.start();
    store = await openStore(':memory:');
    await store.saveWorkspace(
      WORKSPACE,
      () => [feedDraft('body', { kind: 'page', url: server.url(`/news${RULE}`) })],
      now,
    );
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });
  afterAll(() => reader.close());

  /** One poll of the page as it is given; returns the titles that were new, and what failed. */
  async function poll(page: string | Buffer, etag?: string): Promise<{ fresh: string[]; error?: string | undefined }> {
    server.answer = ({ headers }, response) => {
      if (etag !== undefined && headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'text/html', ...(etag ? { etag } : {}) }).end(page);
    };
    const before = await titles();
    const [check] = await pollFeeds(
      { store, reader, clock, log, signal: new AbortController().signal },
      await store.listFeeds(WORKSPACE.id),
    );
    now = plus(now, 3_600_000);
    return { fresh: (await titles()).filter((title) => !before.includes(title)), error: check?.error };
  }

  async function titles(): Promise<string[]> {
    return (await items()).map(({ title }) => title);
  }

  async function items(): Promise<Item[]> {
    const found = await store.searchItems(WORKSPACE.id, { words: 'news', limit: 100 });
    return found.map((hit) => hit.found.item);
  }

  it('brings an entry with the second reading that shows it, and only then', async () => {
    expect((await poll(list('news one'))).fresh).toEqual(['news one']);
    expect((await poll(list('news two', 'news one'))).fresh).toEqual([]);
    expect((await poll(list('news two', 'news one'))).fresh).toEqual(['news two']);
    expect((await items()).map(({ title, backlog }) => [title, backlog]).sort()).toEqual([
      ['news one', true],
      ['news two', false],
    ]);
  });

  it('takes no challenge, error or login page for content, and none of them for an end of the list', async () => {
    await poll(list('news one'));
    for (const name of ['cloudflare-check.html', 'soft-404.html', 'login.html', 'maintenance.html']) {
      const { fresh, error } = await poll(fixture(`stand-ins/${name}`));
      expect([fresh, error]).toEqual([[], expect.stringMatching(/^answered with an? /)]);
    }
    await poll(list('news two', 'news one'));
    expect((await poll(list('news two', 'news one'))).fresh).toEqual(['news two']);
  });

  it('asks for the whole page again while an entry waits, so that "unchanged" cannot hide it', async () => {
    await poll(list('news one'), '"1"');
    expect((await poll(list('news one'), '"1"')).error).toBeUndefined();
    await poll(list('news two', 'news one'), '"2"');
    expect((await poll(list('news two', 'news one'), '"2"')).fresh).toEqual(['news two']);
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"1"',
      '"1"',
      undefined,
    ]);
  });

  it('is read again within two hours while an entry waits, however seldom the page changes', async () => {
    let month = 9;
    const seldom = (...titles: string[]) => {
      month = 9;
      return list(...titles).replaceAll('<li>', () => `<li><time datetime="2026-0${month--}-01T10:00:00Z"></time>`);
    };
    await store.editFeedList(WORKSPACE.id, { action: 'remove', feedId: 'body' }, 'ana', now);
    const url = server.url('/news#watch=li&date=time');
    const feed = feedDraft('dated', { kind: 'page', url });
    await store.editFeedList(WORKSPACE.id, { action: 'add', feed }, 'ana', now);
    const wait = async (page: string) => {
      const at = now;
      await poll(page);
      const [listed] = await store.listFeeds(WORKSPACE.id);
      return Date.parse(listed?.nextCheckAt ?? '') - Date.parse(at);
    };
    const old = ['news one', 'news two', 'news three'];
    expect(await wait(seldom(...old))).toBeGreaterThan(12 * HOUR);
    expect(await wait(seldom('news four', ...old))).toBeLessThan(2 * HOUR);
    expect(await wait(seldom('news four', ...old))).toBeGreaterThan(12 * HOUR);
  });

  it('brings an item for each change that the page states itself', async () => {
    const office = catalogue().find(({ id }) => id === 'eu-ai-office-page');
    const http = createHttpClient({ userAgent: 'test', allowPrivate: ['127.0.0.1'], clock });
    const mirror = createFeedReader(mirrored(http, server.url('')));
    await store.editFeedList(WORKSPACE.id, { action: 'remove', feedId: 'body' }, 'ana', now);
    const feed = feedDraft('office', { kind: 'page', url: office?.url ?? '' });
    await store.editFeedList(WORKSPACE.id, { action: 'add', feed }, 'ana', now);
    const first = fixture('pages/eu-ai-office.html').toString();
    const later = first.replace('28 September 2026', '1 October 2026');
    const found: number[] = [];
    for (const page of [first, later, later, later]) {
      server.answer = ({ url = '' }, response) =>
        url.endsWith('/robots.txt') ? response.writeHead(404).end() : response.end(page);
      const signal = new AbortController().signal;
      await pollFeeds({ store, reader: mirror, clock, log, signal }, await store.listFeeds(WORKSPACE.id));
      now = plus(now, HOUR);
      found.push((await store.searchItems(WORKSPACE.id, { words: 'page updated', limit: 100 })).length);
    }
    await mirror.close();
    expect(found).toEqual([1, 1, 2, 2]);
  });

  it('is silent about a page that only looks different', async () => {
    await poll(list('news one', 'news two'));
    const other = list('news two', 'news one').replace('<body>', '<body class="new"><p>Today is another day</p>');
    expect([(await poll(other)).fresh, (await poll(other)).fresh]).toEqual([[], []]);
  });
});
