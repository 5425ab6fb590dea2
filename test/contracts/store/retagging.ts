import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { EMPTY_REPORT } from '../../../src/retag-report.ts';
import { entry, feedDraft, LATER, NEXT, OFF_TOPIC, prepared, taggedAs } from './prepared.ts';

/** What a store does for tagging stored items again. */
export function retagContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('tagging again', () => {
    beforeEach(async () => {
      await given.listRead('ours', feedDraft('a'));
      await given.bring('a', [entry('3'), entry('2'), entry('1')], LATER);
      await given.tagAll();
      await given.store.saveGrouping(new Map((await given.store.ungroupedItems(9)).map(({ id }) => [id, 'event'])));
    });

    const save = async (run: Awaited<ReturnType<Store['startRetagRun']>>, tagged = OFF_TOPIC, isLast = false) => {
      const [next] = await given.store.itemsAfter(run.cursor, 1);
      if (next === undefined) throw new Error('no item is left');
      const report = { ...run.report, retagged: run.report.retagged + 1 };
      const step = { tagged: new Map([[next.item.id, tagged]]), cursor: next.cursor, report, isLast };
      return { id: next.item.id, run: await given.store.saveRetagged(run, step, NEXT) };
    };

    it('walks over tagged items in the order they were stored, in steps', async () => {
      const [first, second] = await given.store.itemsAfter(0, 2);
      expect([first?.item.guid, second?.item.guid]).toEqual(['1', '2']);
      expect(first?.tagged.method).toBe('rules@1');
      const rest = await given.store.itemsAfter(second?.cursor ?? 0, 5);
      expect(rest.map(({ item }) => item.guid)).toEqual(['3']);
    });

    it('keeps the place and the report of a run with each step', async () => {
      expect(await given.store.lastRetagRun()).toBeUndefined();
      const started = await given.store.startRetagRun('rules@2', 'local:ana', LATER);
      expect(started).toMatchObject({
        method: 'rules@2',
        startedBy: 'local:ana',
        startedAt: LATER,
        cursor: 0,
        report: EMPTY_REPORT,
      });
      const { run } = await save(started);
      expect(await given.store.lastRetagRun()).toEqual(run);
      expect(run).toMatchObject({ number: started.number, report: { retagged: 1 } });
      expect(run.finishedAt).toBeUndefined();
      expect(await given.store.retagProgress(run.cursor)).toEqual({ done: 1, items: 3 });
      expect((await save(run, OFF_TOPIC, true)).run.finishedAt).toBe(NEXT);
    });

    it('lets an item that is no longer relevant leave its event, and one that is again wait for one', async () => {
      const started = await given.store.startRetagRun('rules@2', 'local:ana', LATER);
      const { id, run } = await save(started);
      expect(await given.store.findItem('ours', id)).not.toHaveProperty('eventId');
      await given.store.saveRetagged(
        run,
        { tagged: new Map([[id, taggedAs('Title of 1')]]), cursor: run.cursor, report: run.report, isLast: true },
        NEXT,
      );
      expect((await given.store.ungroupedItems(9)).map((item) => item.id)).toEqual([id]);
    });

    it('leaves an item alone whose text has changed since it was read', async () => {
      const started = await given.store.startRetagRun('rules@2', 'local:ana', LATER);
      await given.bring('a', [entry('1', { title: 'Newer' })], NEXT);
      const [next] = await given.store.itemsAfter(0, 1);
      expect(next?.item.guid).toBe('2');
      const [waiting] = await given.store.untaggedItems(9);
      const tagged = new Map([[waiting?.id ?? '', taggedAs('Title of 1')]]);
      await given.store.saveRetagged(started, { tagged, cursor: 0, report: EMPTY_REPORT, isLast: false }, NEXT);
      expect((await given.store.untaggedItems(9)).map(({ title }) => title)).toEqual(['Newer']);
    });

    it('stores all of a step or nothing', async () => {
      const started = await given.store.startRetagRun('rules@2', 'local:ana', LATER);
      const [next] = await given.store.itemsAfter(0, 1);
      const tagged = new Map([
        [next?.item.id ?? '', OFF_TOPIC],
        ['nowhere000', OFF_TOPIC],
      ]);
      await expect(
        given.store.saveRetagged(started, { tagged, cursor: 1, report: EMPTY_REPORT, isLast: false }, NEXT),
      ).rejects.toThrow('no item');
      expect(await given.store.lastRetagRun()).toEqual(started);
      expect((await given.store.findItem('ours', next?.item.id ?? ''))?.tagged?.relevant).toBe(true);
    });
  });
}
