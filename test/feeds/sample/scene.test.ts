import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedListFiles } from '../../../feeds/feed-list.ts';
import { createHttpClient, type HttpClient } from '../../../feeds/http/client.ts';
import { sampleScene } from '../../../feeds/sample/scene.ts';
import { SAMPLE_NOW } from '../../../feeds/sample/server.ts';
import type { Scene } from '../../../feeds/scene.ts';
import type { FeedDraft } from '../../../src/model.ts';

const signal = new AbortController().signal;

describe('the scene of the recorded sample', () => {
  let scene: Scene;
  let http: HttpClient;
  let feeds: readonly FeedDraft[];
  beforeAll(async () => {
    scene = await sampleScene(undefined);
    http = createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: scene.allowPrivate, clock: scene.clock });
    feeds = scene.feeds(createFeedListFiles(http));
  });
  afterAll(async () => {
    await http.close();
    await scene.close();
  });

  it('lists the sources under the same addresses in every run, whatever port serves them', async () => {
    const other = await sampleScene(undefined);
    expect(other.feeds(createFeedListFiles(http))).toEqual(feeds);
    await other.close();
    for (const { url } of feeds) expect(url).toMatch(/^http:\/\/recorded-sample\.invalid\//);
    expect(feeds).toHaveLength(20);
  });

  it('reads them nevertheless', async () => {
    const reader = scene.reader(http);
    const { kind, url } = feeds.find(({ id }) => id === 'un-press-all') ?? expect.fail('no such source');
    const reading = await reader.read({ kind, url }, signal);
    expect(reading).toMatchObject({ outcome: 'changed' });
    expect(reading.outcome === 'changed' && reading.items.length).toBeGreaterThan(0);
    await reader.close();
  });

  it('stands a little before the end of what its digest covers', () => {
    const window = scene.window ?? expect.fail('no window');
    expect(window.to).toBe(SAMPLE_NOW);
    expect(scene.clock.now() < window.to && scene.clock.now() > window.from).toBe(true);
    expect(scene.banner).toBe('recorded sample');
  });

  it('keeps its database in the file that is named, else in a folder that goes with it', async () => {
    const named = await sampleScene('kept.db');
    expect(named.databaseFile).toBe('kept.db');
    await named.close();
    const own = await sampleScene(undefined);
    expect(existsSync(dirname(own.databaseFile))).toBe(true);
    await own.close();
    expect(existsSync(dirname(own.databaseFile))).toBe(false);
  });
});
