/** A process of its own that opens the database it is given and, if told to, writes to it until it is killed. */
import { setImmediate } from 'node:timers/promises';
import { openStore } from '../../../store/sqlite/index.ts';

const [, , file = '', task = 'hold'] = process.argv;
const at = '2026-03-02T08:00:00.000Z';

// Listening keeps this process alive, and no longer than the one that started it.
process.on('message', () => {});
process.on('disconnect', () => process.exit());

const store = await openStore(file);
process.send?.('open');

if (task === 'write') {
  await store.saveWorkspace({ id: 'ours', adapter: 'local', name: 'Ours', timeZone: 'UTC' }, () => [], at);
  const feed = { id: 'a', kind: 'rss', url: 'https://a.example/', title: 'A', stream: 'un', broad: false } as const;
  await store.editFeedList('ours', { action: 'add', feed }, 'ana', at);
  for (let check = 0; ; check += 1) {
    const items = Array.from({ length: 50 }, (_, index) => ({
      guid: `${check}-${index % 40}-${index}`,
      title: `Entry ${index} of check ${check}`,
      summary: 'Words that go into the index. '.repeat(20),
      categories: [],
    }));
    const fresh = await store.recordCheck('a', { kind: 'changed', items }, at, at);
    const tagged = { relevant: true, relevance: [], taggings: [], crisis: false, method: 'rules@1' };
    await store.saveTagged(new Map(fresh.map(({ id }) => [id, tagged])), at);
    process.send?.(fresh.length);
    await setImmediate();
  }
}
