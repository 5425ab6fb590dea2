import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockFrom } from '../../src/clock.ts';
import { DAY, MINUTE, plus } from '../../src/time.ts';
import { createFeedReader } from '../feed-reader.ts';
import type { Scene } from '../scene.ts';
import { SAMPLE_NOW, startSample } from './server.ts';

/** What the sample's digest covers: enough to show events from several sources, little enough to read. */
const DIGEST_DAYS = 30;

/** Where sample sources are listed: the same in every run, although their server takes whatever port is free. */
const ADDRESS = 'http://recorded-sample.invalid';

/** The recorded sample, served on this machine; its database is a temporary one unless a file is named. */
export async function sampleScene(databaseFile: string | undefined): Promise<Scene> {
  const sample = await startSample();
  const folder = mkdtempSync(join(tmpdir(), 'barrierwatch-demo-'));
  return {
    databaseFile: databaseFile ?? join(folder, 'demo.db'),
    // A little before the digest is due, so that what polling brings lies within its window.
    clock: clockFrom(plus(SAMPLE_NOW, -MINUTE)),
    allowPrivate: ['127.0.0.1'],
    feeds: () => sample.feeds.map((feed) => ({ ...feed, url: feed.url.replace(sample.url, ADDRESS) })),
    reader(http) {
      const { read, find, close } = createFeedReader(http);
      return {
        read: (feed, signal) => read({ ...feed, url: feed.url.replace(ADDRESS, sample.url) }, signal),
        async find(address, signal) {
          const found = await find(address.replace(ADDRESS, sample.url), signal);
          return { ...found, url: found.url.replace(sample.url, ADDRESS) };
        },
        close,
      };
    },
    banner: 'recorded sample',
    window: { from: plus(SAMPLE_NOW, -DIGEST_DAYS * DAY), to: SAMPLE_NOW },
    async close() {
      await sample.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
