import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PATIENCE, run, temporaryFolder } from './program.ts';

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('npm run feeds', { timeout: PATIENCE }, () => {
  it('adds the feeds of a file to the list, and prints the list as a file that can be added again', async () => {
    writeFileSync(join(folder.path, 'first.json'), '[{ "url": "https://a.example/feed.xml", "title": "A" }]');
    const more =
      '<opml><body><outline text="eu"><outline type="rss" text="B" xmlUrl="https://b.example/"/></outline></body></opml>';
    writeFileSync(join(folder.path, 'more.opml'), more);
    const settings = { FEEDS_FILE: 'first.json', DATABASE_FILE: 'test.db' };
    const added = await run(folder.path, ['feeds', 'import', 'more.opml'], { settings });
    expect(added).toMatchObject({
      code: 0,
      err: '',
      out: '1 feed added, 0 on the list already, 0 filters of streams set.\n',
    });
    const exported = await run(folder.path, ['feeds', 'export', 'json'], { settings });
    expect(JSON.parse(exported.out)).toMatchObject([
      { url: 'https://b.example/', title: 'B', stream: 'eu' },
      { url: 'https://a.example/feed.xml', title: 'A', stream: 'analysis' },
    ]);
    writeFileSync(join(folder.path, 'list.json'), exported.out);
    const again = await run(folder.path, ['feeds', 'import', 'list.json'], { settings });
    expect(again.out).toContain('0 feeds added, 2 on the list already');
  });

  it('says in one sentence what is wrong with the file', async () => {
    const settings = { DATABASE_FILE: 'test.db' };
    const missing = await run(folder.path, ['feeds', 'import', 'nowhere.opml'], { settings });
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('The file cannot be read')]);
  });
});
