import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { entry, feedDraft, LATER, MORNING, NEXT, OFF_TOPIC, prepared, taggedAs, titlesOf } from './prepared.ts';

/** What one workspace reads of the items, and what it does not. */
export function readingContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('readings', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    it('finds an item by id, by a unique start of four characters, and by any spelling of its link', async () => {
      const [item] = await given.bring('a', [entry('1', { url: 'http://a.example/1?x=1&utm_source=feed' })]);
      const id = item?.id ?? '';
      for (const reference of [
        id,
        id.slice(0, 4),
        ` ${id.toUpperCase()} `,
        'https://A.example/1/?x=1',
        item?.url ?? '',
      ]) {
        expect((await given.store.findItem('ours', reference))?.item.id, reference).toBe(id);
      }
      for (const reference of [id.slice(0, 3), '', ' ', 'https://a.example/1', `${id}0`, "%'"]) {
        expect(await given.store.findItem('ours', reference), reference).toBeUndefined();
      }
    });

    it('gives a digest what was first seen in its window', async () => {
      await given.bring('a', [entry('at the start')], MORNING);
      await given.bring('a', [entry('within')], LATER);
      await given.bring('a', [entry('at the end')], NEXT);
      await given.tagAll();
      const found = await given.store.newItems('ours', { from: MORNING, to: NEXT });
      expect(found.map(({ item }) => item.guid)).toEqual(['within', 'at the end']);
    });

    it('gives a digest of a feed’s first poll only what is dated in the window', async () => {
      await given.list('ours', feedDraft('b'));
      const dated = (guid: string, publishedAt: string) => entry(guid, { publishedAt });
      await given.bring(
        'b',
        [entry('no date'), dated('day', '2026-03-02'), dated('new', MORNING), dated('old', '2026-03-01')],
        LATER,
      );
      await given.tagAll();
      const found = await given.store.newItems('ours', { from: '2026-03-02T07:00:00.000Z', to: LATER });
      expect(found.map(({ item }) => item.guid)).toEqual(['new', 'day']);
    });

    it('gives a digest no entries that surface again after two weeks, and nothing irrelevant', async () => {
      const dated = (guid: string, publishedAt: string) => entry(guid, { publishedAt });
      await given.bring(
        'a',
        [dated('recent', '2026-02-20'), dated('ancient', '2019-01-01'), entry('off topic')],
        LATER,
      );
      await given.tagAll((title) => (title.endsWith('topic') ? OFF_TOPIC : taggedAs(title)));
      const found = await given.store.newItems('ours', { from: MORNING, to: LATER });
      expect(found.map(({ item }) => item.guid)).toEqual(['recent']);
      expect(await given.store.searchItems('ours', { words: 'ancient', limit: 5 })).toHaveLength(1);
    });

    it('gives a digest nothing that came while the workspace had the feed paused', async () => {
      await given.list('theirs', feedDraft('a'));
      await given.bring('a', [entry('before')], LATER);
      await given.store.editFeedList('ours', { action: 'pause', feedId: 'a' }, 'ana', LATER);
      await given.bring('a', [entry('during')], NEXT);
      await given.tagAll();
      expect(titlesOf(await given.store.newItems('ours', { from: MORNING, to: NEXT }))).toEqual(['Title of before']);
      expect(await given.store.newItems('theirs', { from: MORNING, to: NEXT })).toHaveLength(2);
    });

    it('lists recent items by date, of a barrier or a stream if wished', async () => {
      await given.listRead('ours', feedDraft('b', { stream: 'eu' }));
      await given.bring('a', [entry('1', { publishedAt: '2026-03-01' }), entry('2')]);
      await given.bring('b', [entry('3', { publishedAt: '2026-02-01' })]);
      await given.tagAll((title) => taggedAs(title, title.endsWith('2') ? 'knowledge-collapse' : 'pacing-gap'));
      const guids = async (filter: Partial<Parameters<Store['recentItems']>[1]>) =>
        (await given.store.recentItems('ours', { limit: 5, ...filter })).map(({ item }) => item.guid);
      expect(await guids({})).toEqual(['2', '1', '3']);
      expect(await guids({ limit: 1 })).toEqual(['2']);
      expect(await guids({ barrier: 'pacing-gap' })).toEqual(['1', '3']);
      expect(await guids({ stream: 'eu' })).toEqual(['3']);
      expect(await guids({ barrier: 'pacing-gap', stream: 'un' })).toEqual(['1']);
    });

    it('gives the items of events, and counts all and the relevant ones', async () => {
      const [one] = await given.bring('a', [entry('1'), entry('2')]);
      await given.tagAll((title) => (title.endsWith('2') ? OFF_TOPIC : taggedAs(title)));
      await given.store.saveGrouping(new Map([[one?.id ?? '', 'event']]));
      expect(await given.store.itemsOfEvents('ours', ['event', 'other'])).toMatchObject([
        { item: { guid: '1' }, eventId: 'event' },
      ]);
      expect(await given.store.itemsOfEvents('ours', [])).toEqual([]);
      expect(await given.store.countItems('ours')).toEqual({ items: 2, relevant: 1 });
    });

    it('shows nothing of one workspace to another', async () => {
      const [item] = await given.bring('a', [entry('1', { url: 'https://a.example/1' })], LATER);
      await given.tagAll();
      const id = item?.id ?? '';
      await given.store.saveGrouping(new Map([[id, 'event']]));
      const window = { from: MORNING, to: NEXT };
      const readings = async (workspaceId: string) => [
        await given.store.listFeeds(workspaceId),
        [await given.store.findItem(workspaceId, id)].filter(Boolean),
        [await given.store.findItem(workspaceId, 'https://a.example/1')].filter(Boolean),
        await given.store.newItems(workspaceId, window),
        await given.store.itemsOfEvents(workspaceId, ['event']),
        await given.store.recentItems(workspaceId, { limit: 5 }),
        await given.store.recentItems(workspaceId, { limit: 5, barrier: 'pacing-gap' }),
        await given.store.searchItems(workspaceId, { words: 'title', limit: 5 }),
        await given.store.movement(workspaceId, window),
        await given.store.history(workspaceId, 5),
      ];
      expect((await readings('ours')).map((found) => found.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
      expect((await readings('theirs')).flat()).toEqual([]);
      expect(await given.store.countItems('theirs')).toEqual({ items: 0, relevant: 0 });
    });
  });
}
