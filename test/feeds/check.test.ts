import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../feeds/catalogue.ts';
import { checkSources, checkTable } from '../../feeds/check.ts';
import { createFeedReader } from '../../feeds/feed-reader.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { mirrored } from '../../feeds/mirror.ts';
import { WorldError } from '../../src/errors.ts';
import type { FeedReader } from '../../src/ports.ts';
import { itemDraft } from '../test-bot.ts';
import { startMirror } from './mirror.ts';

const NOW = '2026-10-06T06:00:00.000Z';
const clock = { now: () => NOW };
const signal = new AbortController().signal;

describe('a check of the catalogue', () => {
  let mirror: Awaited<ReturnType<typeof startMirror>>;
  beforeAll(async () => {
    mirror = await startMirror();
  });
  afterAll(() => mirror.close());

  it('reads each of the eighty sources from a mirror that holds documents of their shapes', async () => {
    const http = createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: ['127.0.0.1'], clock });
    const reader = createFeedReader(mirrored(http, mirror.url));
    const checks = await checkSources({ reader, clock, signal }, catalogue());
    await reader.close();
    expect(checks.filter(({ outcome }) => outcome !== 'read')).toEqual([]);
    expect(checks.map(({ entry }) => entry.id)).toEqual(catalogue().map(({ id }) => id));
  });

  it('asks a mirror by host, path and query, and counts its answers as coming from the source', async () => {
    const http = mirrored(
      createHttpClient({ userAgent: 'test', allowPrivate: ['127.0.0.1'], clock }),
      `${mirror.url}/`,
    );
    const url = 'https://digitallibrary.un.org/rss?ln=en&p=%22artificial+intelligence%22&rg=25';
    expect(await http.get({ url, accept: '*/*', signal })).toMatchObject({ outcome: 'document', url });
    await expect(http.get({ url: 'https://unknown.example/', accept: '*/*', signal })).rejects.toThrow('404');
    await http.close();
  });

  it('tells in a table how each source did', async () => {
    const entries = catalogue().slice(0, 3);
    const reader: FeedReader = {
      async read({ url }) {
        if (url === entries[0]?.url) throw new WorldError('answered 403\n(access refused)');
        const items = [itemDraft('One', { publishedAt: '2026-10-01T09:30:00.000Z' }), itemDraft('Two')];
        return { outcome: 'changed', items: url === entries[1]?.url ? items : [] };
      },
      close: async () => {},
    };
    expect(checkTable(await checkSources({ reader, clock, signal }, entries))).toEqual([
      'id                      kind  default  outcome  items  newest            time  error',
      'un-press-all            rss   on       failed   0                        0 ms  answered 403 (access refused)',
      'un-news-all             rss   off      read     2      2026-10-01 09:30  0 ms',
      'un-news-peace-security  rss   off      empty    0                        0 ms',
      '1 of 3 read, 1 empty, 1 failed',
    ]);
  });

  it('hides no fault of ours among those of the sources', async () => {
    const reader: FeedReader = { read: () => Promise.reject(new Error('a bug')), close: async () => {} };
    await expect(checkSources({ reader, clock, signal }, catalogue())).rejects.toThrow('a bug');
  });
});
