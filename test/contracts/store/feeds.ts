import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, prepared } from './prepared.ts';

/** What a store does with feed lists, their audit trail and checks. */
export function feedContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('feed lists', () => {
    it('tells a new workspace from a known one', async () => {
      const workspace = { id: 'new', adapter: 'local', name: 'New', timeZone: 'UTC' };
      expect(await given.store.saveWorkspace(workspace, () => [], MORNING)).toBe(true);
      expect(await given.store.saveWorkspace({ ...workspace, name: 'Renamed' }, () => [], LATER)).toBe(false);
    });

    it('lists a feed under the title and stream of the workspace, and makes it due at once', async () => {
      const change = await given.list('ours', feedDraft('un', { homepage: 'https://un.example/', broad: true }));
      expect(change).toMatchObject({ workspaceId: 'ours', actor: 'ana', action: 'add', subject: 'un', at: MORNING });
      expect(change?.before).toBeUndefined();
      expect(await given.store.listFeeds('ours')).toEqual([
        {
          ...feedDraft('un', { homepage: 'https://un.example/', broad: true }),
          addedBy: 'ana',
          addedAt: MORNING,
          nextCheckAt: MORNING,
          errorCount: 0,
        },
      ]);
      expect((await given.store.dueFeeds(MORNING, 10)).map(({ id }) => id)).toEqual(['un']);
    });

    it('lists feeds in the order of the streams, then by title', async () => {
      await given.list('ours', feedDraft('c', { stream: 'analysis' }));
      await given.list('ours', feedDraft('b', { stream: 'un', title: 'Zeta' }));
      await given.list('ours', feedDraft('a', { stream: 'un', title: 'Alpha' }));
      expect((await given.store.listFeeds('ours')).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    });

    it('shares a feed with the same address, each workspace with its own words', async () => {
      await given.list('ours', feedDraft('one'));
      const change = await given.list('theirs', { ...feedDraft('two'), url: 'https://one.example/feed', stream: 'eu' });
      expect(change?.subject).toBe('one');
      expect(await given.store.listFeeds('theirs')).toMatchObject([{ id: 'one', title: 'Feed two', stream: 'eu' }]);
      expect(await given.store.listFeeds('ours')).toMatchObject([{ id: 'one', title: 'Feed one', stream: 'un' }]);
      expect(await given.store.dueFeeds(MORNING, 10)).toHaveLength(1);
    });

    it('gives a feed with a taken id and another address an id of its own', async () => {
      await given.list('ours', feedDraft('a'));
      const second = await given.list('ours', feedDraft('a', { url: 'https://other.example/' }));
      const third = await given.list('theirs', feedDraft('a', { url: 'https://third.example/' }));
      expect([second?.subject, third?.subject]).toEqual(['a-2', 'a-3']);
    });

    it('changes nothing, and says so, when an edit finds things as it wants them', async () => {
      await given.list('ours', feedDraft('a'));
      expect(await given.list('ours', feedDraft('a'))).toBeUndefined();
      for (const action of ['remove', 'pause', 'resume'] as const) {
        expect(await given.store.editFeedList('ours', { action, feedId: 'b' }, 'ana', LATER)).toBeUndefined();
      }
      expect(await given.store.editFeedList('ours', { action: 'resume', feedId: 'a' }, 'ana', LATER)).toBeUndefined();
      await given.store.editFeedList('ours', { action: 'pause', feedId: 'a' }, 'ana', LATER);
      expect(await given.store.editFeedList('ours', { action: 'pause', feedId: 'a' }, 'ana', NEXT)).toBeUndefined();
      expect(await given.store.history('ours', 10)).toHaveLength(2);
    });

    it('keeps with each change what is needed to take it back', async () => {
      await given.list('ours', feedDraft('a', { homepage: 'https://a.example/' }), true);
      const change = await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, 'ben', LATER);
      expect(JSON.parse(change?.before ?? '')).toEqual({
        ...feedDraft('a', { homepage: 'https://a.example/' }),
        paused: true,
      });
      expect(change?.after).toBeUndefined();
      expect(await given.store.listFeeds('ours')).toEqual([]);
      const paused = await (async () => {
        await given.list('ours', feedDraft('a'));
        return given.store.editFeedList('ours', { action: 'pause', feedId: 'a' }, 'ben', LATER);
      })();
      const state = ({ before = '', after = '' }: Pick<Change, 'before' | 'after'>) => [
        JSON.parse(before).paused,
        JSON.parse(after).paused,
      ];
      expect(paused && state(paused)).toEqual([false, true]);
    });

    it('takes the right kind when a feed that nobody lists is added again', async () => {
      await given.list('ours', feedDraft('a', { kind: 'rss' }));
      await given.store.recordCheck('a', { kind: 'changed', items: [], etag: '"1"', memory: 'x' }, MORNING, NEXT);
      await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, 'ana', LATER);
      await given.list('ours', feedDraft('a', { kind: 'atom' }));
      const [feed] = await given.store.listFeeds('ours');
      expect(feed).toMatchObject({ kind: 'atom' });
      expect([feed?.etag, feed?.memory]).toEqual([undefined, undefined]);
      await given.list('theirs', feedDraft('a', { kind: 'jsonfeed' }));
      expect(await given.store.listFeeds('theirs')).toMatchObject([{ kind: 'atom' }]);
    });
  });

  describe('the audit trail', () => {
    it('holds the newest change first, each found by its id in its own workspace only', async () => {
      await given.list('ours', feedDraft('a'));
      const second = await given.list('ours', feedDraft('b'));
      await given.list('theirs', feedDraft('c'));
      expect((await given.store.history('ours', 10)).map(({ subject }) => subject)).toEqual(['b', 'a']);
      expect(await given.store.history('ours', 1)).toEqual([second]);
      expect(await given.store.findChange('ours', second?.id ?? '')).toEqual(second);
      expect(await given.store.findChange('theirs', second?.id ?? '')).toBeUndefined();
      for (const typed of ['', 'x', '-1', '1.5', '9'.repeat(30)]) {
        expect(await given.store.findChange('ours', typed)).toBeUndefined();
      }
    });

    it('lets a change be taken back once', async () => {
      const change = await given.list('ours', feedDraft('a'));
      const id = change?.id ?? '';
      expect(await given.store.markUndone('theirs', id, '9')).toBe(false);
      expect(await given.store.markUndone('ours', id, '9')).toBe(true);
      expect(await given.store.markUndone('ours', id, '10')).toBe(false);
      expect(await given.store.findChange('ours', id)).toEqual({ ...change, undoneBy: '9' });
    });
  });

  describe('checks', () => {
    it('calls the longest overdue feeds first, and only those whose time has come', async () => {
      for (const id of ['a', 'b', 'c']) await given.list('ours', feedDraft(id));
      await given.store.recordCheck('a', { kind: 'unchanged' }, MORNING, LATER);
      await given.store.recordCheck('b', { kind: 'unchanged' }, MORNING, NEXT);
      expect((await given.store.dueFeeds(LATER, 10)).map(({ id }) => id)).toEqual(['c', 'a']);
      expect((await given.store.dueFeeds(LATER, 1)).map(({ id }) => id)).toEqual(['c']);
    });

    it('leaves alone what is paused or listed by nobody, unless another workspace lists it', async () => {
      await given.list('ours', feedDraft('a'));
      await given.list('ours', feedDraft('b'), true);
      await given.list('ours', feedDraft('c'));
      await given.list('theirs', feedDraft('c'));
      await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, 'ana', LATER);
      await given.store.editFeedList('ours', { action: 'pause', feedId: 'c' }, 'ana', LATER);
      expect((await given.store.dueFeeds(NEXT, 10)).map(({ id }) => id)).toEqual(['c']);
      expect((await given.store.activeFeeds(NEXT)).map(({ id }) => id)).toEqual(['c']);
      await given.store.editFeedList('theirs', { action: 'pause', feedId: 'c' }, 'ben', LATER);
      expect(await given.store.dueFeeds(NEXT, 10)).toEqual([]);
    });

    it('makes a resumed feed due at once, but not before its server allows', async () => {
      await given.list('ours', feedDraft('a'), true);
      await given.store.recordCheck('a', { kind: 'failed', error: 'busy', heldUntil: NEXT }, MORNING, AFTER_NEXT);
      await given.store.editFeedList('ours', { action: 'resume', feedId: 'a' }, 'ana', LATER);
      expect(await given.store.listFeeds('ours')).toMatchObject([{ nextCheckAt: NEXT }]);
      expect(await given.store.activeFeeds(LATER)).toEqual([]);
      expect(await given.store.activeFeeds(NEXT)).toHaveLength(1);
    });

    it('keeps the validators of the last answer', async () => {
      await given.list('ours', feedDraft('a'));
      const validators = async () => {
        const [feed] = await given.store.listFeeds('ours');
        return [feed?.etag, feed?.lastModified];
      };
      await given.store.recordCheck(
        'a',
        { kind: 'changed', items: [], etag: '"1"', lastModified: 'Mon' },
        MORNING,
        LATER,
      );
      expect(await validators()).toEqual(['"1"', 'Mon']);
      await given.store.recordCheck('a', { kind: 'unchanged', etag: '"2"' }, MORNING, LATER);
      expect(await validators()).toEqual(['"2"', 'Mon']);
      await given.store.recordCheck('a', { kind: 'failed', error: 'lost' }, MORNING, LATER);
      expect(await validators()).toEqual(['"2"', 'Mon']);
      await given.store.recordCheck('a', { kind: 'changed', items: [], etag: '"3"' }, MORNING, LATER);
      expect(await validators()).toEqual(['"3"', undefined]);
    });

    it('keeps what the reader asked to be given back, through failures and unchanged answers, until the next document', async () => {
      await given.list('ours', feedDraft('a'));
      const memory = async () => (await given.store.listFeeds('ours')).find(({ id }) => id === 'a')?.memory;
      expect(await memory()).toBeUndefined();
      await given.store.recordCheck('a', { kind: 'changed', items: [], memory: 'seen once: x' }, MORNING, LATER);
      await given.store.recordCheck('a', { kind: 'failed', error: 'answered 503' }, MORNING, LATER);
      await given.store.recordCheck('a', { kind: 'unchanged' }, MORNING, LATER);
      expect(await memory()).toBe('seen once: x');
      await given.store.recordCheck('a', { kind: 'changed', items: [] }, MORNING, LATER);
      expect(await memory()).toBeUndefined();
    });

    it('keeps what a whole document brought until the next one, and exactly the validators that came with it', async () => {
      await given.list('ours', feedDraft('a'));
      const hints = { ttl: 60, skipHours: [0, 1], skipDays: ['sat'], hub: 'https://hub.example/' } as const;
      const rhythm = { since: MORNING, entries: 4, burst: 1_000 };
      await given.store.recordCheck(
        'a',
        { kind: 'changed', items: [], etag: '"1"', lastModified: 'Mon', bodyHash: 'one', hints, rhythm },
        MORNING,
        LATER,
      );
      const facts = { bodyHash: 'one', documentAt: MORNING, hints, rhythm };
      expect(await given.store.listFeeds('ours')).toMatchObject([facts]);
      await given.store.recordCheck('a', { kind: 'unchanged' }, LATER, NEXT);
      expect(await given.store.listFeeds('ours')).toMatchObject([{ ...facts, etag: '"1"', lastModified: 'Mon' }]);
      await given.store.recordCheck('a', { kind: 'unchanged', etag: '"2"', bodyHash: 'one' }, NEXT, AFTER_NEXT);
      const [feed] = await given.store.dueFeeds(AFTER_NEXT, 1);
      expect(feed).toMatchObject({ ...facts, etag: '"2"', documentAt: NEXT });
      expect(feed).not.toHaveProperty('lastModified');
      await given.store.recordCheck('a', { kind: 'changed', items: [], bodyHash: 'two' }, NEXT, AFTER_NEXT);
      const [after] = await given.store.listFeeds('ours');
      expect([after?.bodyHash, after?.hints, after?.rhythm]).toEqual(['two', undefined, undefined]);
    });

    it('moves a feed that is held, and lets its last check stand', async () => {
      await given.list('ours', feedDraft('a'));
      await given.store.recordCheck('a', { kind: 'failed', error: 'lost' }, MORNING, LATER);
      await given.store.recordCheck('a', { kind: 'held', reason: 'quiet', heldUntil: NEXT }, LATER, AFTER_NEXT);
      const [feed] = await given.store.listFeeds('ours');
      expect(feed).toMatchObject({
        ...{ errorCount: 1, lastError: 'lost', checkedAt: MORNING, heldUntil: NEXT, nextCheckAt: AFTER_NEXT },
      });
      expect(await given.store.heldFeeds(LATER)).toEqual([{ url: 'https://a.example/feed', until: NEXT }]);
      expect(await given.store.heldFeeds(NEXT)).toEqual([]);
    });

    it('counts failures in a row and forgets them at the next success', async () => {
      await given.list('ours', feedDraft('a'));
      await given.store.recordCheck('a', { kind: 'failed', error: 'one', heldUntil: NEXT }, MORNING, NEXT);
      await given.store.recordCheck('a', { kind: 'failed', error: 'two' }, LATER, NEXT);
      const [failing] = await given.store.listFeeds('ours');
      expect(failing).toMatchObject({ errorCount: 2, lastError: 'two', checkedAt: LATER, nextCheckAt: NEXT });
      expect(failing).not.toHaveProperty('heldUntil');
      expect(failing).not.toHaveProperty('succeededAt');
      await given.store.recordCheck('a', { kind: 'unchanged' }, NEXT, AFTER_NEXT);
      const [well] = await given.store.listFeeds('ours');
      expect(well).toMatchObject({ errorCount: 0, checkedAt: NEXT, succeededAt: NEXT });
      expect(well).not.toHaveProperty('lastError');
    });

    it('throws for a feed that does not exist and stores nothing', async () => {
      await expect(given.bring('nowhere', [entry('1')])).rejects.toThrow('nowhere');
      await expect(given.store.recordCheck('nowhere', { kind: 'unchanged' }, MORNING, LATER)).rejects.toThrow(
        'nowhere',
      );
      expect(await given.store.untaggedItems(10)).toEqual([]);
    });
  });
}
