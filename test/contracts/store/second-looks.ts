import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import type { SecondLook, WaitingItem } from '../../../src/second-reader.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, OFF_TOPIC, prepared, taggedAs } from './prepared.ts';

const READING = {
  relevant: true,
  barriers: { 'pacing-gap': { direction: 'eases', quotes: ['in time'] } },
  crisis: false,
} as const;
const UNNEEDED: SecondLook = { state: 'unneeded' };

/** What a store does with second looks at taggings. */
export function secondLookContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const dated = (guid: string, publishedAt = MORNING): ItemDraft =>
    entry(guid, { title: `${guid} rules`, publishedAt });
  const waiting = async (now = LATER, limit = 10) => given.store.itemsForSecondLook(MORNING, now, limit);
  const guidsOf = (found: readonly WaitingItem[]) => found.map(({ item }) => item.guid);
  const only = async (): Promise<WaitingItem> => {
    const [first] = await waiting(AFTER_NEXT);
    if (first === undefined) throw new Error('nothing waits');
    return first;
  };
  const end = (looked: WaitingItem, look: SecondLook, at = LATER) =>
    given.store.saveSecondLooks(new Map([[looked, look]]), at);
  const readAs = (looked: WaitingItem, direction: 'deepens' | 'eases'): SecondLook => ({
    ...{ state: 'read', model: 'm', builtIn: looked.tagged, said: READING, verdicts: [] },
    tagged: { ...taggedAs(looked.item.title, 'knowledge-collapse', direction), method: 'model:m' },
  });

  describe('second looks', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    it('wait for tagged items, newest date first, and not for older ones', async () => {
      await given.bring('a', [dated('1'), dated('2', '2026-03-01T08:00:00.000Z'), dated('3', LATER)]);
      expect(await waiting()).toEqual([]);
      await given.tagAll();
      expect(guidsOf(await waiting())).toEqual(['3', '1']);
      expect(await waiting(LATER, 1)).toMatchObject([
        { item: { guid: '3' }, tagged: taggedAs('3 rules'), taggedAt: MORNING, tries: 0 },
      ]);
      expect(await given.store.itemsForSecondLook(LATER, AFTER_NEXT, 10)).toEqual([]);
    });

    it('are taken once, and put off until their time with the tries so far', async () => {
      await given.bring('a', [dated('1'), dated('2'), dated('3')]);
      await given.tagAll();
      const [three, two, one] = await waiting();
      const putOff: SecondLook = { state: 'waiting', reason: 'busy', tries: 2, nextTryAt: NEXT };
      if (!one || !two || !three) throw new Error('three items wait');
      const looks = new Map<WaitingItem, SecondLook>([
        [one, UNNEEDED],
        [two, { state: 'failed', reason: 'babble', tries: 3 }],
        [three, putOff],
      ]);
      await given.store.saveSecondLooks(looks, LATER);
      expect(await waiting()).toEqual([]);
      expect(await waiting(NEXT)).toMatchObject([{ item: { guid: three.item.guid }, tries: 2 }]);
      expect(await given.store.findSecondLook(three.item.id)).toEqual(putOff);
      expect(await given.store.countSecondLooks(LATER)).toEqual({ read: 0, waiting: 1, failed: 1 });
      expect(await given.store.countSecondLooks(NEXT)).toEqual({ read: 0, waiting: 0, failed: 0 });
      expect(await given.store.findSecondLook('nowhere')).toBeUndefined();
    });

    it('tag anew what they changed, also for look-ups by barrier, and are not taken again', async () => {
      await given.bring('a', [dated('1')]);
      await given.tagAll();
      const looked = await only();
      await end(looked, readAs(looked, 'eases'));
      expect(await waiting(AFTER_NEXT)).toEqual([]);
      expect(await given.store.findSecondLook(looked.item.id)).toEqual(readAs(looked, 'eases'));
      const found = await given.store.recentItems('ours', { barrier: 'knowledge-collapse', limit: 5 });
      expect(found).toMatchObject([{ tagged: { method: 'model:m', taggings: [{ direction: 'eases' }] } }]);
      expect(await given.store.recentItems('ours', { barrier: 'pacing-gap', limit: 5 })).toEqual([]);
      expect(await given.store.countSecondLooks(LATER)).toMatchObject({ read: 1 });
    });

    it('let an item that is relevant after all be grouped, and one that is not leave its event', async () => {
      await given.bring('a', [dated('1')]);
      await given.tagAll(() => OFF_TOPIC);
      const looked = await only();
      await end(looked, readAs(looked, 'eases'));
      expect(await given.store.ungroupedItems(5)).toMatchObject([{ id: looked.item.id }]);
      await given.store.saveGrouping(new Map([[looked.item.id, 'event']]));
      await given.store.saveTagged(new Map([[looked.item.id, taggedAs('1 rules')]]), NEXT);
      await end(await only(), { ...readAs(looked, 'eases'), tagged: OFF_TOPIC } as SecondLook, AFTER_NEXT);
      expect(await given.store.findItem('ours', looked.item.id)).not.toHaveProperty('eventId');
    });

    it('are void where the item was edited or tagged again since, and are taken anew', async () => {
      await given.bring('a', [dated('1')]);
      await given.tagAll();
      const looked = await only();
      await given.store.saveTagged(new Map([[looked.item.id, taggedAs('1 rules', 'pacing-gap', 'eases')]]), LATER);
      await end(looked, readAs(looked, 'deepens'), NEXT);
      expect(await given.store.findSecondLook(looked.item.id)).toBeUndefined();
      const again = await only();
      expect(again).toMatchObject({ taggedAt: LATER, tagged: { taggings: [{ direction: 'eases' }] } });
      await given.bring('a', [{ ...dated('1'), summary: 'Other words.' }], NEXT);
      await end(again, readAs(again, 'deepens'), AFTER_NEXT);
      expect(await given.store.findItem('ours', looked.item.id)).not.toHaveProperty('tagged');
      expect(await waiting(AFTER_NEXT)).toEqual([]);
    });

    it('say nothing any more once the rules have tagged the item again', async () => {
      await given.bring('a', [dated('1')]);
      await given.tagAll();
      const looked = await only();
      await end(looked, { state: 'failed', reason: 'babble', tries: 3 });
      await given.store.saveTagged(new Map([[looked.item.id, taggedAs('1 rules')]]), NEXT);
      expect(await given.store.findSecondLook(looked.item.id)).toBeUndefined();
      expect(await only()).toMatchObject({ tries: 0 });
    });

    it('are refused, all of one step, where a quote is not in the stored text', async () => {
      await given.bring('a', [dated('1'), dated('2')]);
      await given.tagAll();
      const [two, one] = await waiting();
      if (!one || !two) throw new Error('two items wait');
      const wrong = { ...readAs(two, 'eases'), tagged: taggedAs('nowhere in it') } as SecondLook;
      const looks = new Map<WaitingItem, SecondLook>([
        [one, UNNEEDED],
        [two, wrong],
      ]);
      await expect(given.store.saveSecondLooks(looks, LATER)).rejects.toThrow('not in its text');
      expect(await waiting()).toHaveLength(2);
    });
  });

  describe('a second reader', () => {
    it('has its answers kept under their keys, the last one a key, until they are old', async () => {
      expect(await given.store.findReading('k')).toBeUndefined();
      await given.store.keepReading('k', { ...READING, crisis: true }, MORNING, MORNING);
      await given.store.keepReading('k', READING, LATER, MORNING);
      expect(await given.store.findReading('k')).toEqual(READING);
      await given.store.keepReading('other', READING, AFTER_NEXT, NEXT);
      expect(await given.store.findReading('k')).toBeUndefined();
    });

    it('is asked so many times a day and no more, each day anew', async () => {
      const take = () => given.store.takeRequest('2026-03-02', 2);
      expect([await take(), await take(), await take()]).toEqual([true, true, false]);
      expect(await given.store.countRequests('2026-03-02')).toBe(2);
      expect(await given.store.takeRequest('2026-03-03', 2)).toBe(true);
      expect(await given.store.takeRequest('2026-03-04', 0)).toBe(false);
      expect(await given.store.countRequests('2026-03-04')).toBe(0);
    });

    it('is well until a failure was noted, and again after a success', async () => {
      expect(await given.store.secondReaderState()).toEqual({ failures: 0 });
      const failing = { failures: 2, lastError: 'answered 503', heldUntil: NEXT };
      await given.store.saveSecondReaderState(failing);
      expect(await given.store.secondReaderState()).toEqual(failing);
      await given.store.saveSecondReaderState({ failures: 0 });
      expect(await given.store.secondReaderState()).toEqual({ failures: 0 });
    });
  });
}
