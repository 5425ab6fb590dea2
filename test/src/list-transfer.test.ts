import { describe, expect, it } from 'vitest';
import { createFeedListFiles } from '../../feeds/feed-list.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import type { ListWork } from '../../src/arguments.ts';
import { transferList } from '../../src/list-transfer.ts';
import { createTestBot, feedDraft } from '../test-bot.ts';

const clock = { now: () => '2026-06-10T06:30:00.000Z' };
const lists = createFeedListFiles(createHttpClient({ userAgent: 'test', allowPrivate: [], clock }));

async function start() {
  const bot = await createTestBot([feedDraft('bis'), feedDraft('press', { stream: 'eu' })], new Map());
  const faults: string[] = [];
  const files = new Map<string, string>();
  const run = (work: ListWork, workspaceId = 'local') => {
    const read = (file: string) => files.get(file) ?? expect.fail(`no file ${file}`);
    const facts = { store: bot.store, lists, workspaceId, actor: 'local:ana', now: clock.now(), read };
    return transferList({ ...facts, warn: (fault) => faults.push(fault) }, work);
  };
  return { ...bot, faults, files, run };
}

describe('a feed list on the command line', () => {
  it.each(['opml', 'json'] as const)(
    'goes out as %s and comes in elsewhere with all that belongs to it',
    async (format) => {
      const here = await start();
      await here.say('/feeds filter bis include:chips apply:yes');
      await here.say('/feeds filter eu exclude:sport apply:yes');
      await here.say('/feeds pause press');
      const there = await start();
      await there.say('/feeds remove bis');
      await there.say('/feeds remove press');
      there.files.set('list', await here.run({ work: 'export', format }));
      expect(await there.run({ work: 'import', file: 'list' })).toBe(
        '2 feeds added, 0 on the list already, 1 filter of streams set.',
      );
      expect(await there.run({ work: 'export', format })).toBe(await here.run({ work: 'export', format }));
      expect((await there.store.history('local', 1))[0]?.actor).toBe('local:ana');
      expect(await there.run({ work: 'import', file: 'list' })).toBe(
        '0 feeds added, 2 on the list already, 0 filters of streams set.',
      );
    },
  );

  it('names the entries that were left out', async () => {
    const bot = await start();
    bot.files.set('list.json', '[{ "url": "https://new.example/" }, { "title": "Nothing" }]');
    expect(await bot.run({ work: 'import', file: 'list.json' })).toContain('1 feed added');
    expect(bot.faults).toEqual(['list.json: entry 2 (“Nothing”): the address (xmlUrl or url) is missing']);
  });

  it('needs a workspace that is known and a file that can be read', async () => {
    const bot = await start();
    await expect(bot.run({ work: 'export', format: 'opml' }, 'slack:T1')).rejects.toThrow(
      'No workspace is called “slack:T1”',
    );
    await expect(bot.run({ work: 'import', file: 'nowhere' })).rejects.toThrow('The file cannot be read');
  });
});
