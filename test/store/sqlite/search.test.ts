import { describe, expect, it } from 'vitest';
import { openStore } from '../../../store/sqlite/index.ts';
import { entry, feedDraft, LATER, MORNING } from '../../contracts/store/prepared.ts';

describe('a search for a word that stands in very many items', () => {
  it('looks at the 2,000 newest entries, and at all of them for a rarer word', async () => {
    const store = await openStore(':memory:');
    await store.saveWorkspace({ id: 'ours', adapter: 'local', name: 'Ours', timeZone: 'UTC' }, () => [], MORNING);
    await store.editFeedList('ours', { action: 'add', feed: feedDraft('a') }, 'ana', MORNING);
    const items = Array.from({ length: 2_000 }, (_, number) =>
      entry(`${number}`, { title: 'Common', publishedAt: MORNING }),
    );
    // Last in the document, so stored first, though its date would put it at the top.
    const hidden = entry('hidden', { title: 'Common but rare', publishedAt: LATER });
    await store.recordCheck('a', { kind: 'changed', items: [...items, hidden] }, LATER, LATER);
    const first = async (words: string) => (await store.searchItems('ours', { words, limit: 1 }))[0]?.found.item.guid;
    expect(await first('common')).toBe('0');
    expect(await first('common rare')).toBe('hidden');
    await store.close();
  });
});
