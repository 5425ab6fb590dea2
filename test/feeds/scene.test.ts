import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultFeeds } from '../../feeds/catalogue.ts';
import { createFeedListFiles } from '../../feeds/feed-list.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { realScene } from '../../feeds/scene.ts';
import { systemClock } from '../../src/clock.ts';
import { parseSettings } from '../../src/config.ts';

const http = createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: [], clock: systemClock });
const lists = createFeedListFiles(http);

function sceneWith(settings: Readonly<Record<string, string>>) {
  const warnings: string[] = [];
  const scene = realScene(parseSettings(settings), (text) => warnings.push(text));
  return { scene, warnings };
}

describe('the real scene', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scene-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await http.close();
  });

  it('takes from the settings where state is kept and what may be read, and the time from this machine', () => {
    const { scene } = sceneWith({ DATABASE_FILE: 'x.db', FEED_ALLOW_PRIVATE: 'localhost' });
    expect([scene.databaseFile, scene.allowPrivate]).toEqual(['x.db', ['localhost']]);
    expect(Math.abs(Date.parse(scene.clock.now()) - Date.now())).toBeLessThan(60_000);
    expect(scene).not.toHaveProperty('banner');
    expect(scene).not.toHaveProperty('window');
  });

  it('starts with the catalogue', () => {
    expect(sceneWith({}).scene.feeds(lists)).toEqual(defaultFeeds());
  });

  it('starts with the list of FEEDS_FILE in its place, and tells of entries that were left out', () => {
    const file = join(folder, 'feeds.opml');
    writeFileSync(
      file,
      '<opml version="2.0"><body><outline text="UN" xmlUrl="https://un.example/feed"/><outline text="Bad" xmlUrl="not an address"/></body></opml>',
    );
    const { scene, warnings } = sceneWith({ FEEDS_FILE: file });
    expect(scene.feeds(lists)).toMatchObject([{ url: 'https://un.example/feed', title: 'UN' }]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`FEEDS_FILE ${file}: `);
  });

  it('reads FEEDS_FILE when it is asked for feeds, so that a known workspace needs none', () => {
    const { scene } = sceneWith({ FEEDS_FILE: join(folder, 'missing.opml') });
    expect(() => scene.feeds(lists)).toThrow('FEEDS_FILE cannot be read');
  });
});
