import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeedReader } from '../../feeds/feed-reader.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { createParser } from '../../feeds/parser.ts';
import { pollFeeds } from '../../src/poll.ts';
import type { FeedReader } from '../../src/ports.ts';
import { DAY, plus } from '../../src/time.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { feedDraft, keptLog, WORKSPACE } from '../test-bot.ts';
import { TestServer } from './server.ts';

const rss = (...titles: string[]) =>
  `<rss version="2.0"><channel><title>A body</title>${titles.map((title) => `<item><title>${title}</title><guid>${title}</guid></item>`).join('')}</channel></rss>`;

describe('a feed, from poll to poll over a real server', () => {
  const server = new TestServer();
  const parser = createParser();
  afterAll(() => parser.close());
  let parsed = 0;
  let now = '2026-10-01T06:00:00.000Z';
  const clock = { now: () => now };
  const log = keptLog();
  let store: Awaited<ReturnType<typeof openStore>>;
  let reader: FeedReader;

  beforeEach(async () => {
    await server.start();
    server.requests.length = 0;
    parsed = 0;
    const http = createHttpClient({ userAgent: 'test', allowPrivate: ['127.0.0.1'], clock });
    reader = createFeedReader(http, {
      parse: (kind, document) => {
        parsed += 1;
        return parser.parse(kind, document);
      },
      close: async () => {},
    });
    store = await openStore(':memory:');
    await store.saveWorkspace(WORKSPACE, () => [feedDraft('body', { url: server.url('/feed') })], now);
  });
  afterEach(async () => {
    await reader.close();
    await store.close();
    await server.stop();
  });

  /** Polls once, a while later, and tells how it went. */
  const poll = async (later = DAY) => {
    now = plus(now, later);
    const dependencies = { store, reader, clock, log, signal: new AbortController().signal };
    const [check] = await pollFeeds(dependencies, await store.activeFeeds(now));
    return [check?.kind, check?.newItems];
  };
  const sent = (header: string) => server.requests.map(({ headers }) => headers[header]);

  it('stores the validators of every answer, also where only one of them changed with a 304', async () => {
    let answers = 0;
    server.answer = (_, response) => {
      answers += 1;
      if (answers === 1)
        response.writeHead(200, { etag: '"1"', 'last-modified': 'Thu, 01 Oct 2026 05:00:00 GMT' }).end(rss('a'));
      else response.writeHead(304, answers === 2 ? { etag: '"2"' } : {}).end();
    };
    expect([await poll(), await poll(), await poll()]).toEqual([
      ['changed', 1],
      ['unchanged', 0],
      ['unchanged', 0],
    ]);
    expect(sent('if-none-match')).toEqual([undefined, '"1"', '"2"']);
    expect(sent('if-modified-since').slice(1)).toEqual(Array(2).fill('Thu, 01 Oct 2026 05:00:00 GMT'));
  });

  it('is not parsed again where its validators lie and its bytes are the same', async () => {
    let answers = 0;
    server.answer = (_, response) => {
      answers += 1;
      response.writeHead(200, { etag: `"${answers}"` }).end(rss(...(answers < 3 ? ['a'] : ['b', 'a'])));
    };
    expect([await poll(), await poll(), await poll()]).toEqual([
      ['changed', 1],
      ['unchanged', 0],
      ['changed', 1],
    ]);
    expect(parsed).toBe(2);
    expect(sent('if-none-match')).toEqual([undefined, '"1"', '"2"']);
  });

  it('is found again within a week where its server is frozen and calls every copy current', async () => {
    let titles = ['a'];
    server.answer = ({ headers }, response) => {
      const validators = { etag: '"for ever"', 'last-modified': 'Fri, 04 Jul 2041 00:00:00 GMT' };
      if (headers['if-none-match'] !== undefined) response.writeHead(304, validators).end();
      else response.writeHead(200, validators).end(rss(...titles));
    };
    expect(await poll()).toEqual(['changed', 1]);
    titles = ['b', 'a'];
    const days = [];
    for (let day = 1; day <= 7; day++) days.push((await poll())[1]);
    expect(days).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });
});
