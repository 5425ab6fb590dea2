import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import type { Push } from '../../../src/push.ts';
import { AFTER_NEXT, feedDraft, LATER, MORNING, NEXT, prepared } from './prepared.ts';

const HINTS = { hub: 'https://hub.example/', self: 'https://a.example/feed' };

/** What a store does with subscriptions at hubs. */
export function pushContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const push = (over: Partial<Push> = {}): Push => ({
    ...{ feedId: 'a', hub: HINTS.hub, topic: HINTS.self, token: 'token-of-a', secret: 'secret', state: 'asked' },
    ...{ tries: 1, nextTryAt: NEXT },
    ...over,
  });
  const names = async (id: string, hints: object = HINTS) => {
    await given.list('ours', feedDraft(id));
    await given.store.recordCheck(id, { kind: 'changed', items: [], hints }, MORNING, AFTER_NEXT);
  };
  const due = async (now: string) => (await given.store.duePushes(now, 10)).map(({ feed }) => feed.id);

  describe('subscriptions at hubs', () => {
    it('are due for polled feeds that name a hub and have none', async () => {
      await names('a');
      await names('b', { ttl: 60 });
      await names('c');
      await given.store.editFeedList('ours', { action: 'pause', feedId: 'c' }, 'ana', LATER);
      expect(await given.store.duePushes(MORNING, 10)).toMatchObject([{ feed: { id: 'a', hints: HINTS } }]);
      expect(await given.store.duePushes(MORNING, 0)).toEqual([]);
    });

    it('are due again at their time, and when the feed names another hub', async () => {
      await names('a');
      await given.store.savePush(push());
      expect(await due(LATER)).toEqual([]);
      expect(await given.store.duePushes(NEXT, 10)).toMatchObject([{ push: push() }]);
      await given.store.recordCheck(
        'a',
        { kind: 'changed', items: [], hints: { hub: 'https://other.example/' } },
        LATER,
        AFTER_NEXT,
      );
      expect(await due(LATER)).toEqual(['a']);
    });

    it('are one a feed, found by their token, with whether anybody wants the feed still', async () => {
      await names('a');
      await given.store.savePush(push({ token: 'old' }));
      const active = push({ state: 'active', tries: 0, expiresAt: AFTER_NEXT });
      await given.store.savePush(active);
      expect(await given.store.findPush('old')).toBeUndefined();
      expect(await given.store.findPush('token-of-a')).toEqual({ push: active, isWanted: true, checkedAt: MORNING });
      await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, 'ana', LATER);
      expect(await given.store.findPush('token-of-a')).toMatchObject({ isWanted: false });
    });

    it('make a feed due sooner, never later, and never within its server’s quiet', async () => {
      await names('a');
      expect(await given.store.hastenCheck('a', LATER)).toBe(true);
      expect((await given.store.dueFeeds(LATER, 10)).map(({ id }) => id)).toEqual(['a']);
      expect(await given.store.hastenCheck('a', NEXT)).toBe(false);
      expect(await given.store.dueFeeds(LATER, 10)).toHaveLength(1);
      await given.store.recordCheck('a', { kind: 'failed', error: 'busy', heldUntil: NEXT }, MORNING, AFTER_NEXT);
      expect(await given.store.hastenCheck('a', LATER)).toBe(true);
      expect(await given.store.dueFeeds(LATER, 10)).toEqual([]);
      expect(await given.store.dueFeeds(NEXT, 10)).toHaveLength(1);
      expect(await given.store.hastenCheck('nowhere', NEXT)).toBe(false);
    });
  });
}
