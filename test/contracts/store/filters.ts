import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { feedDraft, LATER, NEXT, prepared } from './prepared.ts';

/** What a store does with titles, streams and filters of a list. */
export function filterContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const filter = { include: ['ai act'], exclude: ['vacanc*'] };
  const edit = (change: Parameters<Store['editFeedList']>[1]) => given.store.editFeedList('ours', change, 'ana', LATER);

  describe('titles, streams and filters', () => {
    it('belong to a workspace, and each change says what stood there before', async () => {
      await given.list('ours', feedDraft('a'));
      await given.list('theirs', feedDraft('a'));
      const title = await edit({ action: 'title', feedId: 'a', title: 'Another' });
      const stream = await edit({ action: 'stream', feedId: 'a', stream: 'eu' });
      const filtered = await edit({ action: 'filter', feedId: 'a', filter });
      expect(await given.store.listFeeds('ours')).toMatchObject([{ title: 'Another', stream: 'eu', filter }]);
      expect(await given.store.listFeeds('theirs')).toMatchObject([{ title: 'Feed a', stream: 'un' }]);
      expect((await given.store.listFeeds('theirs'))[0]).not.toHaveProperty('filter');
      const before = [title, stream, filtered].map((change) => JSON.parse(change?.before ?? '{}'));
      expect(before.map(({ title: name, stream: of, filter: rule }) => [name, of, rule])).toEqual([
        ['Feed a', 'un', undefined],
        ['Another', 'un', undefined],
        ['Another', 'eu', undefined],
      ]);
    });

    it('change nothing, and say so, when they are so already or the feed is not listed', async () => {
      await given.list('ours', feedDraft('a', { title: 'A', stream: 'un' }));
      expect(await edit({ action: 'title', feedId: 'a', title: 'A' })).toBeUndefined();
      expect(await edit({ action: 'stream', feedId: 'a', stream: 'un' })).toBeUndefined();
      expect(await edit({ action: 'filter', feedId: 'a' })).toBeUndefined();
      expect(await edit({ action: 'filter', scope: 'eu' })).toBeUndefined();
      for (const action of ['release', 'dismiss', 'hold'] as const) {
        expect(await edit({ action, feedId: 'a' })).toBeUndefined();
      }
      expect(await edit({ action: 'title', feedId: 'nowhere', title: 'A' })).toBeUndefined();
      expect(await edit({ action: 'filter', feedId: 'nowhere', filter })).toBeUndefined();
    });

    it('of streams and of the whole list are kept beside those of feeds', async () => {
      await edit({ action: 'filter', scope: 'eu', filter });
      const all = await edit({ action: 'filter', scope: 'all', filter: { include: [], exclude: ['sport'] } });
      expect(all).toMatchObject({ subject: 'all feeds', before: '{"scope":"all"}' });
      expect(await given.store.filters('ours')).toEqual([
        { scope: 'all', filter: { include: [], exclude: ['sport'] } },
        { scope: 'eu', filter },
      ]);
      expect(await given.store.filters('theirs')).toEqual([]);
      const gone = await edit({ action: 'filter', scope: 'eu' });
      expect(gone).toMatchObject({ subject: 'stream eu', before: JSON.stringify({ scope: 'eu', filter }) });
      expect(await given.store.filters('ours')).toHaveLength(1);
    });

    it('come with a feed that is added, and go with one that is removed', async () => {
      const change = await given.store.editFeedList(
        'ours',
        { action: 'add', feed: { ...feedDraft('a'), identity: 'link', paused: true, filter } },
        'ana',
        LATER,
      );
      expect(JSON.parse(change?.after ?? '{}')).toMatchObject({ identity: 'link', paused: true, filter });
      expect(await given.store.listFeeds('ours')).toMatchObject([{ identity: 'link', pausedAt: LATER, filter }]);
      await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, 'ana', NEXT);
      await given.list('ours', feedDraft('a'));
      expect((await given.store.listFeeds('ours'))[0]).not.toHaveProperty('filter');
    });
  });
}
