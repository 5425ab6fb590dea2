import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, OFF_TOPIC, prepared, taggedAs } from './prepared.ts';

/** What a store forgets, and what it must still know afterwards. */
export function keepingContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const ALL = 1_000;
  const page = (path: string, over: Partial<ItemDraft> = {}) =>
    entry(path, { url: `https://a.example/${path}`, summary: `Plain words on ${path}.`, ...over });
  const find = async (path: string) => given.store.findItem('ours', `https://a.example/${path}`);
  const hits = async (words: string) => (await given.store.searchItems('ours', { words, limit: 5 })).length;

  describe('forgetting texts', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    it('takes the text of what is off topic and old enough, and leaves title, link, date and id', async () => {
      const [item] = await given.bring('a', [page('1', { publishedAt: '2026-03-01T09:30:00.000Z' })]);
      await given.tagAll(() => OFF_TOPIC);
      expect(await given.store.forgetTexts(MORNING, ALL)).toBe(0);
      expect(await given.store.forgetTexts(LATER, ALL)).toBe(1);
      expect(await given.store.forgetTexts(LATER, ALL)).toBe(0);
      const found = await find('1');
      expect(found?.item).toEqual({ ...item, summary: '' });
      expect(found?.tagged).toMatchObject({ relevant: false, relevance: [], taggings: [] });
    });

    it('keeps what is relevant, what waits to be tagged, and what is younger', async () => {
      await given.bring('a', [page('on')]);
      await given.tagAll();
      await given.bring('a', [page('waits')], LATER);
      await given.bring('a', [page('young')], NEXT);
      const young = (await given.store.untaggedItems(ALL)).filter(({ title }) => title === 'Title of young');
      await given.store.saveTagged(new Map(young.map(({ id }) => [id, OFF_TOPIC])), NEXT);
      expect(await given.store.forgetTexts(NEXT, ALL)).toBe(0);
      for (const path of ['on', 'waits', 'young']) expect((await find(path))?.item.summary).not.toBe('');
    });

    it('goes in steps, the oldest first', async () => {
      await given.bring('a', [page('old')]);
      await given.bring('a', [page('newer')], LATER);
      await given.tagAll(() => OFF_TOPIC);
      expect(await given.store.forgetTexts(NEXT, 1)).toBe(1);
      expect((await find('old'))?.item.summary).toBe('');
      expect((await find('newer'))?.item.summary).not.toBe('');
    });

    it('makes nothing new or edited of what the feed still shows', async () => {
      await given.bring('a', [page('1'), page('2')]);
      await given.tagAll(() => OFF_TOPIC);
      await given.store.forgetTexts(LATER, ALL);
      expect(await given.bring('a', [page('2'), page('1')], NEXT)).toEqual([]);
      expect(await given.store.untaggedItems(ALL)).toEqual([]);
      expect((await find('1'))?.item.summary).toBe('');
      expect(await given.store.forgetTexts(AFTER_NEXT, ALL)).toBe(0);
    });

    it('still knows an entry again by other guids and links, also by its day and words', async () => {
      const day = { title: 'Notice of meeting', publishedAt: '2026-03-01', summary: 'The agenda.' };
      await given.bring('a', [page('1', day)]);
      await given.tagAll(() => OFF_TOPIC);
      await given.store.forgetTexts(LATER, ALL);
      expect(await given.bring('a', [page('9', day)], NEXT)).toEqual([]);
      expect(await given.bring('a', [page('8', { ...day, summary: 'Another agenda.' })], AFTER_NEXT)).toHaveLength(1);
    });

    it('knows entries without guid and link, whose words are their identity', async () => {
      const { guid: _, ...bare } = entry('1');
      await given.bring('a', [bare]);
      await given.tagAll(() => OFF_TOPIC);
      await given.store.forgetTexts(LATER, ALL);
      expect(await given.bring('a', [bare], NEXT)).toEqual([]);
    });

    it('takes an edit in again, which may be on topic now', async () => {
      await given.bring('a', [page('1')]);
      await given.tagAll(() => OFF_TOPIC);
      await given.store.forgetTexts(LATER, ALL);
      const edited = page('1', { summary: 'Now about the AI Act.' });
      expect(await given.bring('a', [edited], NEXT)).toEqual([]);
      await given.tagAll((title) => taggedAs(title));
      expect(await given.store.forgetTexts(AFTER_NEXT, ALL)).toBe(0);
      expect((await find('1'))?.item.summary).toBe('Now about the AI Act.');
      expect(await hits('act')).toBe(1);
    });

    it('keeps the title in the search and takes the words of the text out of it', async () => {
      await given.bring('a', [page('1')]);
      await given.tagAll(() => OFF_TOPIC);
      expect([await hits('plain'), await hits('title')]).toEqual([1, 1]);
      await given.store.forgetTexts(LATER, ALL);
      expect([await hits('plain'), await hits('title')]).toEqual([0, 1]);
      await given.bring('a', [page('1', { title: 'Another heading', summary: 'Fresh words.' })], NEXT);
      expect([await hits('title'), await hits('heading'), await hits('fresh')]).toEqual([0, 1, 1]);
    });

    it('leaves counts, and what a flood is judged by', async () => {
      const many = (name: string) => Array.from({ length: 6 }, (_, index) => page(`${name}${index}`));
      await given.bring('a', many('old'));
      await given.tagAll(() => OFF_TOPIC);
      await given.store.forgetTexts(LATER, ALL);
      expect((await given.store.countItems('ours')).items).toBe(6);
      await given.bring('a', many('rebuilt'), NEXT);
      expect((await given.store.listFeeds('ours'))[0]?.held).toMatchObject({ items: 6 });
    });
  });

  it('is in no trouble while it works', async () => {
    expect(await given.store.trouble()).toBeUndefined();
  });
}
