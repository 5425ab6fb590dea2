import { describe, expect, it } from 'vitest';
import type { Instant, Notice } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { DAY, HOUR, plus } from '../../../src/time.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, prepared } from './prepared.ts';

const MOVED = 'https://new.example/feed';

/** What a store knows of how feeds do, and what workspaces are told of it. */
export function healthContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const feed = async (workspaceId = 'ours') => (await given.store.listFeeds(workspaceId))[0];
  const fail = (at: Instant, failure: 'server' | 'gone' = 'server') =>
    given.store.recordCheck('a', { kind: 'failed', error: 'answered', failure }, at, plus(at, HOUR));
  const read = (at: Instant, movedTo?: string) =>
    given.store.recordCheck('a', { kind: 'unchanged', ...(movedTo ? { movedTo } : {}) }, at, plus(at, HOUR));
  const due = async (now: Instant) =>
    (await given.store.dueNotices(now)).map(({ kind, workspaceId }) => [kind, workspaceId]);
  const tell = async (now: Instant) => {
    const claimed = await given.store.claimNotices(await given.store.dueNotices(now), now);
    await given.store.settleNotices(claimed, { told: true }, now);
    return claimed;
  };

  describe('the health of a feed', () => {
    it('keeps since when and how it fails, until it is read again', async () => {
      await given.list('ours', feedDraft('a'));
      await fail(MORNING);
      await fail(LATER);
      expect(await feed()).toMatchObject({ failure: 'server', failingSince: MORNING, errorCount: 2 });
      await read(NEXT);
      expect(await feed()).not.toHaveProperty('failure');
      expect(await feed()).not.toHaveProperty('failingSince');
    });

    it('counts the different days on which its address led elsewhere, and forgets them when it does no more', async () => {
      await given.list('ours', feedDraft('a'));
      for (const at of [MORNING, LATER, NEXT]) await read(at, MOVED);
      expect((await feed())?.moved).toEqual({ to: MOVED, days: 2 });
      await fail(NEXT);
      expect((await feed())?.moved).toEqual({ to: MOVED, days: 2 });
      await read(AFTER_NEXT, 'https://other.example/feed');
      expect((await feed())?.moved).toEqual({ to: 'https://other.example/feed', days: 1 });
      await read(AFTER_NEXT);
      expect(await feed()).not.toHaveProperty('moved');
    });

    it('pauses a feed that is gone for good on every list, with a line in each trail', async () => {
      await given.list('ours', feedDraft('a'));
      await given.list('theirs', feedDraft('a'));
      await fail(LATER, 'gone');
      for (const workspaceId of ['ours', 'theirs']) {
        expect(await feed(workspaceId)).toMatchObject({ goneAt: LATER, pausedAt: LATER });
        expect((await given.store.history(workspaceId, 1))[0]).toMatchObject({
          action: 'pause',
          actor: 'its publisher (410, gone)',
        });
      }
      expect(await given.store.dueFeeds(AFTER_NEXT, 5)).toEqual([]);
      await given.store.editFeedList('ours', { action: 'resume', feedId: 'a' }, 'ana', NEXT);
      await read(NEXT);
      expect(await feed()).not.toHaveProperty('goneAt');
    });

    it('tells the days on which each feed posted, the newest first, without what had no date at its first reading', async () => {
      await given.list('ours', feedDraft('a'));
      const dated = (guid: string, publishedAt: string) => entry(guid, { publishedAt });
      await given.bring('a', [
        entry('undated'),
        dated('1', '2026-02-27'),
        dated('2', '2026-02-20T10:00:00.000Z'),
        dated('3', '2026-02-27'),
      ]);
      await given.bring('a', [entry('new and undated')], NEXT);
      expect((await given.store.postingDays('ours')).get('a')).toEqual(['2026-03-03', '2026-02-27', '2026-02-20']);
    });
  });

  describe('a move to another address', () => {
    it('keeps the feed and its items where nobody else lists it', async () => {
      await given.listRead('ours', feedDraft('a'));
      await given.bring('a', [entry('1')], LATER);
      await read(NEXT, MOVED);
      const change = await given.store.editFeedList('ours', { action: 'move', feedId: 'a', url: MOVED }, 'ana', NEXT);
      expect(change?.subject).toBe('a');
      expect(await feed()).toMatchObject({ id: 'a', url: MOVED, nextCheckAt: NEXT });
      expect(await feed()).not.toHaveProperty('moved');
      expect(await given.bring('a', [entry('1')], AFTER_NEXT)).toEqual([]);
    });

    it('leaves the old address to others, keeps title, stream and filter, and can be taken back', async () => {
      await given.list('ours', feedDraft('a', { title: 'Ours', stream: 'eu' }));
      await given.list('theirs', feedDraft('a'));
      const filter = { include: ['chips'], exclude: [] };
      await given.store.editFeedList('ours', { action: 'filter', feedId: 'a', filter }, 'ana', LATER);
      const change = await given.store.editFeedList('ours', { action: 'move', feedId: 'a', url: MOVED }, 'ana', NEXT);
      expect(change?.subject).toBe('a-2');
      expect(await feed()).toMatchObject({ id: 'a-2', url: MOVED, title: 'Ours', stream: 'eu', filter });
      expect(await feed('theirs')).toMatchObject({ id: 'a', url: feedDraft('a').url });
      await given.store.editFeedList('ours', { action: 'move', feedId: 'a-2', url: feedDraft('a').url }, 'ana', NEXT);
      expect(await feed()).toMatchObject({ id: 'a', title: 'Ours', filter });
    });

    it('changes nothing where the new address is on the list already', async () => {
      await given.list('ours', feedDraft('a'));
      await given.list('ours', feedDraft('b', { url: MOVED }));
      expect(
        await given.store.editFeedList('ours', { action: 'move', feedId: 'a', url: MOVED }, 'ana', NEXT),
      ).toBeUndefined();
    });
  });

  describe('notices', () => {
    const outage = async (from: Instant, hours: readonly number[]) => {
      for (const hour of hours) await fail(plus(from, hour * HOUR));
      return plus(from, (hours.at(-1) ?? 0) * HOUR);
    };

    it('say once that a feed is down for a day, and once that it is back', async () => {
      await given.listRead('ours', feedDraft('a'));
      expect(await due(await outage(MORNING, [1, 2, 23]))).toEqual([]);
      const down = await outage(MORNING, [26]);
      expect(await due(down)).toEqual([['down', 'ours']]);
      expect(await tell(down)).toHaveLength(1);
      expect(await due(await outage(down, [1, 20]))).toEqual([]);
      await read(AFTER_NEXT);
      expect(await due(AFTER_NEXT)).toEqual([['recovered', 'ours']]);
      await tell(AFTER_NEXT);
      await read(plus(AFTER_NEXT, HOUR));
      expect(await due(plus(AFTER_NEXT, HOUR))).toEqual([]);
    });

    it('say nothing of an outage that was never told, nor of one that was not seen to last', async () => {
      await given.listRead('ours', feedDraft('a'));
      const end = await outage(MORNING, [1, 2, 3]);
      // The program was stopped meanwhile: the next check is overdue, so nothing is known.
      expect(await due(plus(end, 3 * DAY))).toEqual([]);
      await read(plus(end, 3 * DAY));
      expect(await due(plus(end, 3 * DAY))).toEqual([]);
    });

    it('propose a new address from the third day on, and again when it is another', async () => {
      await given.listRead('ours', feedDraft('a'));
      for (const day of [0, 1]) await read(plus(MORNING, day * DAY), MOVED);
      expect(await due(NEXT)).toEqual([]);
      await read(AFTER_NEXT, MOVED);
      expect((await tell(AFTER_NEXT)).map(({ kind, key }) => [kind, key])).toEqual([['moved', MOVED]]);
      for (const day of [3, 4, 5]) await read(plus(MORNING, day * DAY), 'https://third.example/');
      expect(await due(plus(MORNING, 6 * DAY))).toEqual([['moved', 'ours']]);
    });

    it('tell every workspace of a feed that is gone, and each of a flood until it decides', async () => {
      await given.list('ours', feedDraft('a'));
      await given.list('theirs', feedDraft('a'));
      const many = (name: string) => Array.from({ length: 6 }, (_, index) => entry(`${name} ${index}`));
      await given.bring('a', many('old'), MORNING);
      await given.bring('a', many('rebuilt'), LATER);
      await given.bring('a', many('rebuilt again'), LATER);
      expect(await due(LATER)).toEqual([
        ['held', 'ours'],
        ['held', 'theirs'],
      ]);
      await given.store.editFeedList('ours', { action: 'dismiss', feedId: 'a' }, 'ana', LATER);
      expect(await due(LATER)).toEqual([['held', 'theirs']]);
      await fail(NEXT, 'gone');
      expect(await due(NEXT)).toEqual([
        ['gone', 'ours'],
        ['gone', 'theirs'],
      ]);
    });

    it('are claimed once, told once, and tried again only where that is wanted', async () => {
      await given.list('ours', feedDraft('a'));
      await fail(LATER, 'gone');
      const [notice] = await given.store.dueNotices(LATER);
      const all: Notice[] = notice ? [notice] : [];
      expect(await given.store.claimNotices(all, LATER)).toEqual(all);
      expect(await given.store.claimNotices(all, LATER)).toEqual([]);
      expect(await due(AFTER_NEXT)).toEqual([]);
      await given.store.settleNotices(all, { told: false, retryAt: NEXT }, LATER);
      expect(await due(LATER)).toEqual([]);
      expect(await due(NEXT)).toEqual([['gone', 'ours']]);
      expect(await given.store.claimNotices(all, NEXT)).toEqual(all);
      await given.store.settleNotices(all, { told: false }, NEXT);
      expect(await due(AFTER_NEXT)).toEqual([]);
    });

    it('go where the workspace wants them, or nowhere', async () => {
      await given.list('ours', feedDraft('a'));
      await fail(LATER, 'gone');
      expect(await given.store.noticeRoute('ours')).toBeUndefined();
      const route = { channelId: 'C1' };
      const change = await given.store.editFeedList('ours', { action: 'notices', route }, 'ana', LATER);
      expect(change).toMatchObject({ action: 'notices', before: '{}', after: JSON.stringify({ route }) });
      expect(await given.store.noticeRoute('ours')).toEqual(route);
      expect(await given.store.editFeedList('ours', { action: 'notices', route }, 'ana', LATER)).toBeUndefined();
      await given.store.editFeedList('ours', { action: 'notices', route: 'off' }, 'ana', LATER);
      expect([await given.store.noticeRoute('ours'), await due(LATER)]).toEqual(['off', []]);
      await given.store.editFeedList('ours', { action: 'notices' }, 'ana', LATER);
      expect(await given.store.noticeRoute('ours')).toBeUndefined();
    });

    it('know the workspace they are for', async () => {
      expect(await given.store.findWorkspace('theirs')).toEqual({
        id: 'theirs',
        adapter: 'local',
        name: 'Theirs',
        timeZone: 'UTC',
      });
      expect(await given.store.findWorkspace('nobody')).toBeUndefined();
    });
  });
}
