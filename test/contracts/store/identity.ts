import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { entry, feedDraft, LATER, MORNING, NEXT, prepared } from './prepared.ts';

/** How a store tells a feed's entries apart. */
export function identityContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const rule = async (id = 'a') => (await given.store.listFeeds('ours')).find((feed) => feed.id === id)?.identity;
  const titles = (items: readonly { readonly title: string }[]) => items.map(({ title }) => title);
  const page = (path: string, over: Partial<ItemDraft> = {}): ItemDraft => ({
    ...entry(path),
    guid: `https://a.example/${path}`,
    url: `https://a.example/${path}`,
    ...over,
  });

  describe('the identity of entries', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    it('goes by the guid, and nothing of it is kept where guids will do', async () => {
      await given.bring('a', [page('1'), page('2'), page('3')]);
      expect(titles(await given.bring('a', [page('4', { url: 'https://a.example/1' }), page('2')]))).toEqual([
        'Title of 4',
      ]);
      expect(await rule()).toBeUndefined();
    });

    it('goes by links where all entries of a document share one guid, and stays with that', async () => {
      const shared = (path: string) => page(path, { guid: 'https://a.example/feed' });
      expect(await given.bring('a', [shared('1'), shared('2'), shared('3')])).toHaveLength(3);
      expect(await rule()).toBe('link');
      expect(titles(await given.bring('a', [page('4'), page('1'), page('2')], LATER))).toEqual(['Title of 4']);
      expect(await rule()).toBe('link');
    });

    it('goes by links where guids are a link and a time, so that a republication is an edit', async () => {
      const stamped = (path: string, time: string) => page(path, { guid: `https://a.example/${path}#${time}` });
      await given.bring('a', [stamped('1', '2026-03-01T09:30:00+00:00'), stamped('2', '2026-03-01T10:00:00+00:00')]);
      expect(await rule()).toBe('link');
      const again = { ...stamped('1', '2026-03-02T11:00:00+00:00'), title: 'Title, updated' };
      expect(await given.bring('a', [again, stamped('2', '2026-03-01T10:00:00+00:00')], LATER)).toEqual([]);
      expect((await given.store.findItem('ours', 'https://a.example/1'))?.item.title).toBe('Title, updated');
    });

    it('finds entries again whose guids changed, and goes by links once that has happened twice', async () => {
      const first = await given.bring('a', [page('1'), page('2'), page('3')]);
      const renamed = ['1', '2', '3'].map((path) => page(path, { guid: `rebuilt-${path}` }));
      expect(await given.bring('a', renamed, LATER)).toEqual([]);
      expect(await rule()).toBe('link');
      expect((await given.store.findItem('ours', 'https://a.example/2'))?.item.id).toBe(first[1]?.id);
      expect(titles(await given.bring('a', [page('4', { guid: 'new' }), ...renamed], NEXT))).toEqual(['Title of 4']);
    });

    it('finds entries again whose guid and link changed, by title and date', async () => {
      const dated = { publishedAt: '2026-03-01T09:30:00.000Z' };
      await given.bring('a', [page('1', dated), page('2', dated)]);
      const moved = (path: string) => ({ ...page(path, dated), guid: `n${path}`, url: `https://b.example/${path}/` });
      expect(await given.bring('a', [moved('1'), moved('2')], LATER)).toEqual([]);
      expect((await given.store.findItem('ours', 'https://b.example/1'))?.item.title).toBe('Title of 1');
    });

    it('never takes one entry for another that the document still shows, or that could be several', async () => {
      const day = { title: 'Notice of meeting', publishedAt: '2026-03-01', summary: '' };
      await given.bring('a', [page('1', day)]);
      expect(await given.bring('a', [page('2', day), page('1', day)], LATER)).toHaveLength(1);
      expect(await given.bring('a', [page('3', day), page('4', day)], NEXT)).toHaveLength(2);
    });

    it('takes a new guid on the one page that a feed always links to for a new entry', async () => {
      const weekly = (guid: string, publishedAt: string) =>
        entry(guid, { title: 'Weekly update', url: 'https://a.example/updates', publishedAt });
      await given.bring('a', [weekly('1', '2026-02-20')]);
      expect(await given.bring('a', [weekly('2', '2026-02-27')], LATER)).toHaveLength(1);
      expect(await given.bring('a', [weekly('3', '2026-03-02'), weekly('2', '2026-02-27')], NEXT)).toHaveLength(1);
    });

    it('keeps two entries that share a guid but neither title nor link', async () => {
      const two = [page('1'), page('2'), page('3', { guid: 'https://a.example/1' })];
      expect(await given.bring('a', two)).toHaveLength(3);
      expect(await given.bring('a', two, LATER)).toEqual([]);
      expect(await rule()).toBeUndefined();
    });

    it('takes another scheme, tracking and a session for the same entry', async () => {
      await given.bring('a', [page('1')]);
      for (const url of [
        'http://a.example/1',
        'https://a.example/1?utm_source=rss&fbclid=x',
        'https://a.example/1?PHPSESSID=0a1b2c3d4e5f60718293a4b5c6',
        'https://a.example/1;jsessionid=8A7B?sid=0a1b2c3d4e5f60718293a4b5c6',
      ]) {
        expect(await given.bring('a', [page('1', { guid: url, url })], LATER), url).toEqual([]);
      }
    });

    it('goes by the rule that the list names, also by a document’s own number under two addresses', async () => {
      await given.listRead('ours', feedDraft('press', { identity: 'reference' }));
      const [blog] = await given.bring('press', [page('x', { url: 'https://press.un.org/en/blog/sc16444' })]);
      const coverage = page('y', { url: 'https://press.un.org/en/2026/sc16444.doc.htm', title: 'Council debates AI' });
      expect(await given.bring('press', [coverage], LATER)).toEqual([]);
      expect((await given.store.findItem('ours', blog?.id ?? ''))?.item.title).toBe('Council debates AI');
      expect(await rule('press')).toBe('reference');
    });

    it('takes guids for what they are where the list says so', async () => {
      await given.listRead('ours', feedDraft('strict', { identity: 'guid' }));
      await given.bring('strict', [page('1'), page('2'), page('3')]);
      expect(await given.bring('strict', [page('1', { guid: 'other' })], LATER)).toHaveLength(1);
    });

    it('goes on with the items that were stored before the rule was known', async () => {
      await given.bring('a', [page('1'), page('2'), page('3')], MORNING);
      await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, 'ana', LATER);
      await given.list('ours', feedDraft('a', { identity: 'link' }));
      const same = ['1', '2', '3'].map((path) => page(path, { guid: `other-${path}`, title: `New title of ${path}` }));
      expect(await given.bring('a', same, LATER)).toEqual([]);
    });
  });
}
