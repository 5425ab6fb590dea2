import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, prepared, titlesOf } from './prepared.ts';

/** What a store does where most of a known feed looks new at once. */
export function floodContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const entries = (name: string, count: number, publishedAt?: string) =>
    Array.from({ length: count }, (_, index) => entry(`${name} ${index}`, publishedAt ? { publishedAt } : {}));
  const held = async (workspaceId = 'ours') => (await given.store.listFeeds(workspaceId))[0]?.held;
  const posted = async (from = MORNING, to = AFTER_NEXT, workspaceId = 'ours') =>
    titlesOf(await given.store.newItems(workspaceId, { from, to }));

  describe('floods', () => {
    const rebuild = async () => {
      await given.list('ours', feedDraft('a'));
      await given.list('theirs', feedDraft('a'));
      await given.bring('a', entries('old', 8), MORNING);
      await given.bring('a', [...entries('rebuilt', 6), ...entries('old', 2)], LATER);
      await given.tagAll();
    };

    it('are stored and found, but not posted, and shown with the feed', async () => {
      await rebuild();
      expect(await held()).toEqual({ at: LATER, items: 6, window: 8 });
      expect(await posted()).toEqual([]);
      const [found] = await given.store.searchItems('ours', { words: 'rebuilt', limit: 1 });
      expect(found?.found.flood).toBe('undecided');
    });

    it('are no floods within half of the document, below a handful, or at a first reading', async () => {
      await given.list('ours', feedDraft('a'));
      await given.bring('a', entries('old', 8), MORNING);
      expect(await held()).toBeUndefined();
      await given.bring('a', [...entries('half', 6), ...entries('old', 6)], LATER);
      await given.bring('a', entries('few', 4), LATER);
      expect(await held()).toBeUndefined();
    });

    it('are no floods on a day as busy as others were, with entries dated after the last reading', async () => {
      await given.listRead('ours', feedDraft('a'));
      await given.bring('a', entries('friday', 10, '2026-02-27T10:00:00.000Z'), MORNING);
      await given.bring('a', entries('monday', 10, '2026-03-02T08:30:00.000Z'), LATER);
      expect(await held()).toBeUndefined();
      await given.bring('a', entries('rebuilt', 11, '2026-03-02T08:40:00.000Z'), LATER);
      expect(await held()).toMatchObject({ items: 11 });
    });

    it('are posted from the moment a workspace releases them, there alone', async () => {
      await rebuild();
      const change = await given.store.editFeedList('ours', { action: 'release', feedId: 'a' }, 'ana', NEXT);
      expect(change).toMatchObject({ action: 'release', subject: 'a', actor: 'ana' });
      expect(await posted(LATER, NEXT)).toHaveLength(6);
      expect(await posted(NEXT, AFTER_NEXT)).toEqual([]);
      expect(await held()).toBeUndefined();
      expect(await posted(MORNING, AFTER_NEXT, 'theirs')).toEqual([]);
      expect(await held('theirs')).toMatchObject({ items: 6 });
      expect(await given.store.editFeedList('ours', { action: 'dismiss', feedId: 'a' }, 'ana', NEXT)).toBeUndefined();
    });

    it('stay unposted once dismissed, until someone takes that back', async () => {
      await rebuild();
      await given.store.editFeedList('ours', { action: 'dismiss', feedId: 'a' }, 'ana', NEXT);
      expect([await held(), await posted()]).toEqual([undefined, []]);
      await given.store.editFeedList('ours', { action: 'hold', feedId: 'a' }, 'ana', NEXT);
      expect(await held()).toMatchObject({ items: 6 });
      await given.store.editFeedList('ours', { action: 'release', feedId: 'a' }, 'ana', AFTER_NEXT);
      expect(await posted()).toHaveLength(6);
    });

    it('keep their items out of the events of others', async () => {
      await rebuild();
      const [old] = await given.store.searchItems('ours', { words: '"old 0"', limit: 1 });
      const [copy] = await given.store.searchItems('ours', { words: '"rebuilt 0"', limit: 1 });
      const ids = [old, copy].map((hit) => hit?.found.item.id ?? '');
      await given.store.saveGrouping(new Map(ids.map((id) => [id, 'event'])));
      expect(titlesOf(await given.store.itemsOfEvents('ours', ['event']))).toEqual(['Title of old 0']);
    });

    it('do not count for how often the feed posts', async () => {
      await rebuild();
      await given.bring('a', [entry('next', { publishedAt: '2026-03-03' }), ...entries('rebuilt', 6)], NEXT);
      expect(await given.store.postingDays('ours')).toEqual(new Map([['a', ['2026-03-03']]]));
    });
  });
}
