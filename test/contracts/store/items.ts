import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import {
  AFTER_NEXT,
  entry,
  feedDraft,
  LATER,
  MORNING,
  NEXT,
  OFF_TOPIC,
  prepared,
  taggedAs,
  titlesOf,
} from './prepared.ts';

/** What a store does with items, what tagging says of them, and the events they form. */
export function itemContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('items', () => {
    beforeEach(() => given.list('ours', feedDraft('a')));

    it('stores an entry as it was given and returns it', async () => {
      const draft = entry('1', {
        url: 'http://a.example/1/?utm_source=x',
        publishedAt: '2026-03-01',
        categories: ['ai', 'un'],
        language: 'en',
      });
      const [item] = await given.bring('a', [draft]);
      expect(item).toEqual({ ...draft, id: item?.id, feedId: 'a', fetchedAt: MORNING, backlog: true });
      expect(item?.id).toMatch(/^[0-9a-z]{10}$/);
      expect(await given.store.untaggedItems(10)).toEqual([item]);
      expect((await given.store.findItem('ours', item?.id ?? ''))?.item).toEqual(item);
    });

    it('returns only what is new, and calls the first success of a feed backlog', async () => {
      await given.store.recordCheck('a', { kind: 'failed', error: 'not yet' }, MORNING, MORNING);
      expect((await given.bring('a', [entry('2'), entry('1')])).map(({ backlog }) => backlog)).toEqual([true, true]);
      const fresh = await given.bring('a', [entry('3'), entry('2'), entry('1')], LATER);
      expect(fresh).toMatchObject([{ guid: '3', backlog: false, fetchedAt: LATER }]);
      expect(await given.bring('a', [entry('3')], NEXT)).toEqual([]);
    });

    it('takes the first of two entries with one identity', async () => {
      const items = await given.bring('a', [entry('1', { title: 'First' }), entry('1', { title: 'Second' })]);
      expect(items.map(({ title }) => title)).toEqual(['First']);
    });

    it('knows an entry by its guid, else its link in any spelling, else its words', async () => {
      const { guid: _, ...bare } = entry('1');
      await given.bring('a', [
        entry('1', { url: 'https://a.example/old' }),
        { ...bare, url: 'http://A.example/x/?utm_medium=rss' },
        bare,
      ]);
      expect(await given.bring('a', [entry('1', { url: 'https://a.example/moved' })])).toEqual([]);
      expect(await given.bring('a', [{ ...bare, title: 'Renamed', url: 'https://a.example/x' }])).toEqual([]);
      expect(await given.bring('a', [bare])).toEqual([]);
      expect(await given.bring('a', [{ ...bare, summary: 'Other words.' }])).toHaveLength(1);
    });

    it('holds entries with one guid in two feeds apart', async () => {
      await given.list('ours', feedDraft('b'));
      const [one] = await given.bring('a', [entry('1')]);
      const [other] = await given.bring('b', [entry('1')]);
      expect(other?.id).not.toBe(one?.id);
    });

    it('waits for new words of a known entry to be tagged, and keeps its id, first sight and event', async () => {
      const [old] = await given.bring('a', [entry('1', { title: 'Treaty stalls' })]);
      const id = old?.id ?? '';
      await given.tagAll();
      await given.store.saveGrouping(new Map([[id, 'event']]));
      expect(await given.bring('a', [entry('1', { title: 'Treaty signed' })], LATER)).toEqual([]);
      const found = await given.store.findItem('ours', id);
      expect(found).toMatchObject({
        item: { id, title: 'Treaty signed', fetchedAt: MORNING, backlog: true },
        eventId: 'event',
      });
      expect(found).not.toHaveProperty('tagged');
      expect(titlesOf(await given.store.recentItems('ours', { barrier: 'pacing-gap', limit: 5 }))).toEqual([]);
      expect(await given.store.searchItems('ours', { words: 'stalls', limit: 5 })).toEqual([]);
      expect(await given.store.searchItems('ours', { words: 'signed', limit: 5 })).toHaveLength(1);
      await given.tagAll((title) => taggedAs(title, 'knowledge-collapse'));
      expect(titlesOf(await given.store.recentItems('ours', { barrier: 'knowledge-collapse', limit: 5 }))).toEqual([
        'Treaty signed',
      ]);
      expect(await given.store.ungroupedItems(5)).toEqual([]);
    });

    it('keeps the tagging of an entry of which only the date or link changed', async () => {
      const [item] = await given.bring('a', [entry('1', { url: 'https://a.example/1' })]);
      await given.tagAll();
      await given.bring(
        'a',
        [entry('1', { url: 'https://a.example/2', publishedAt: '2026-02-01T00:00:00.000Z' })],
        LATER,
      );
      expect(await given.store.untaggedItems(5)).toEqual([]);
      expect(await given.store.findItem('ours', 'https://a.example/2')).toMatchObject({
        item: { id: item?.id, publishedAt: '2026-02-01T00:00:00.000Z' },
        tagged: { relevant: true },
      });
      const around = { from: '2026-01-31T00:00:00.000Z', to: '2026-02-02T00:00:00.000Z' };
      expect(await given.store.movement('ours', around)).toHaveLength(1);
    });

    it('does not take an entry with broken characters for an edited one', async () => {
      const broken = entry('1', { title: 'Half a pair \uD83D here', summary: 'A NUL \0 too' });
      const [item] = await given.bring('a', [broken]);
      await given.store.saveTagged(new Map([[item?.id ?? '', taggedAs(item?.title ?? '')]]), MORNING);
      await given.bring('a', [broken], LATER);
      expect(await given.store.untaggedItems(5)).toEqual([]);
    });
  });

  describe('tagging', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    it('hands out what no tagger has seen, oldest first, until it is tagged', async () => {
      await given.bring('a', [entry('2'), entry('1')]);
      await given.bring('a', [entry('3')], LATER);
      expect((await given.store.untaggedItems(10)).map(({ guid }) => guid)).toEqual(['1', '2', '3']);
      expect((await given.store.untaggedItems(2)).map(({ guid }) => guid)).toEqual(['1', '2']);
      await given.tagAll();
      expect(await given.store.untaggedItems(10)).toEqual([]);
    });

    it('gives back all that tagging said', async () => {
      const [item] = await given.bring('a', [entry('1')]);
      const tagged = { ...taggedAs('Title of 1'), crisis: true };
      await given.store.saveTagged(new Map([[item?.id ?? '', tagged]]), LATER);
      expect(await given.store.findItem('ours', item?.id ?? '')).toEqual({
        item,
        feed: { id: 'a', title: 'Feed a', stream: 'un' },
        tagged,
      });
    });

    it('takes an item that turns out off topic out of its event and its barriers', async () => {
      const [item] = await given.bring('a', [entry('1')]);
      const id = item?.id ?? '';
      await given.tagAll();
      await given.store.saveGrouping(new Map([[id, 'event']]));
      await given.store.saveTagged(new Map([[id, OFF_TOPIC]]), LATER);
      expect(await given.store.findItem('ours', id)).not.toHaveProperty('eventId');
      expect(await given.store.recentItems('ours', { limit: 5 })).toEqual([]);
      expect(await given.store.movement('ours', { from: '2026-03-01', to: AFTER_NEXT })).toEqual([]);
      expect(await given.store.itemsOfEvents('ours', ['event'])).toEqual([]);
    });

    it('refuses a quote that is not in the item and stores the others', async () => {
      const [one, other] = await given.bring('a', [entry('1'), entry('2')]);
      const misfit = taggedAs('Elsewhere');
      const both = new Map([
        [one?.id ?? '', misfit],
        [other?.id ?? '', taggedAs('Title of 2')],
      ]);
      await expect(given.store.saveTagged(both, LATER)).rejects.toThrow(one?.id);
      expect((await given.store.untaggedItems(5)).map(({ guid }) => guid)).toEqual(['1']);
    });

    it('throws for an item that does not exist', async () => {
      await expect(given.store.saveTagged(new Map([['nothing', OFF_TOPIC]]), LATER)).rejects.toThrow('nothing');
      await expect(given.store.saveGrouping(new Map([['nothing', 'event']]))).rejects.toThrow('nothing');
    });
  });

  describe('grouping', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    it('hands out relevant items without an event by date, then has them as grouped', async () => {
      const dated = (guid: string, publishedAt: string) =>
        entry(guid, { publishedAt, url: `https://a.example/${guid}` });
      const items = await given.bring('a', [dated('1', '2026-03-02'), dated('2', '2026-03-01'), entry('3')]);
      await given.tagAll((title) => (title.endsWith('3') ? OFF_TOPIC : taggedAs(title)));
      const [late, early] = items;
      expect(await given.store.ungroupedItems(5)).toEqual([
        {
          id: early?.id,
          title: 'Title of 2',
          summary: 'Summary of 2.',
          url: 'https://a.example/2',
          occurredAt: '2026-03-01',
        },
        {
          id: late?.id,
          title: 'Title of 1',
          summary: 'Summary of 1.',
          url: 'https://a.example/1',
          occurredAt: '2026-03-02',
        },
      ]);
      await given.store.saveGrouping(new Map([[early?.id ?? '', 'event']]));
      expect((await given.store.ungroupedItems(5)).map(({ id }) => id)).toEqual([late?.id]);
      expect(await given.store.groupedItems({ from: '2026-02-28', to: '2026-03-01' })).toMatchObject([
        { id: early?.id, eventId: 'event' },
      ]);
      expect(await given.store.groupedItems({ from: '2026-03-01', to: '2026-03-05' })).toEqual([]);
    });

    it('counts an event once a barrier and direction, and an item without one by itself', async () => {
      const items = await given.bring('a', [entry('1'), entry('2'), entry('3'), entry('4')]);
      await given.tagAll((title) => taggedAs(title, 'pacing-gap', title.endsWith('4') ? 'eases' : 'deepens'));
      const [one, two] = items.map(({ id }) => id);
      await given.store.saveGrouping(
        new Map([
          [one ?? '', 'event'],
          [two ?? '', 'event'],
        ]),
      );
      const moved = await given.store.movement('ours', { from: '2026-03-02T07:59:59.999Z', to: MORNING });
      expect(moved).toHaveLength(2);
      expect(moved).toContainEqual({ barrier: 'pacing-gap', direction: 'deepens', events: 2 });
      expect(moved).toContainEqual({ barrier: 'pacing-gap', direction: 'eases', events: 1 });
      expect(await given.store.movement('ours', { from: MORNING, to: NEXT })).toEqual([]);
    });

    it('counts an item dated far in the future under the day it was first seen', async () => {
      await given.bring('a', [entry('1', { publishedAt: '2027-01-01T00:00:00.000Z' })]);
      await given.tagAll();
      expect(await given.store.movement('ours', { from: '2026-03-01', to: MORNING })).toHaveLength(1);
    });
  });
}
