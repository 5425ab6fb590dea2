import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { CLAIM, WISH } from './digests.ts';
import { LATER, MORNING, NEXT, prepared } from './prepared.ts';

const REASON = { at: MORNING, reason: 'the bot is not in the channel' };
const THEIRS = { ...WISH, id: 'their-wish', channel: { ...WISH.channel, workspaceId: 'theirs' } };

/** What a store does with channels that take no posts. */
export function suspensionContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  beforeEach(() => given.store.saveSubscription(WISH, 'schedule', 'ana', MORNING));

  describe('suspensions', () => {
    it('hold a subscription back, once, with the reason of the first', async () => {
      expect(await given.store.suspend(WISH.channel, REASON)).toEqual({ ...WISH, suspended: REASON });
      expect(await given.store.suspend(WISH.channel, { at: LATER, reason: 'archived' })).toBeUndefined();
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual({ ...WISH, suspended: REASON });
      expect(await given.store.subscriptions('ours')).toEqual([{ ...WISH, suspended: REASON }]);
      expect(await given.store.dueSubscriptions(NEXT)).toEqual([]);
    });

    it('end once, and leave what is overdue due', async () => {
      expect(await given.store.liftSuspension(WISH.channel)).toBe(false);
      await given.store.suspend(WISH.channel, REASON);
      expect(await given.store.liftSuspension(WISH.channel)).toBe(true);
      expect(await given.store.liftSuspension(WISH.channel)).toBe(false);
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual(WISH);
      expect(await given.store.dueSubscriptions(LATER)).toEqual([WISH]);
    });

    it('leave a pause as it is', async () => {
      const paused = { ...WISH, pausedAt: MORNING };
      await given.store.saveSubscription(paused, 'pause', 'ana', MORNING);
      await given.store.suspend(WISH.channel, REASON);
      await given.store.liftSuspension(WISH.channel);
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual(paused);
      expect(await given.store.dueSubscriptions(NEXT)).toEqual([]);
    });

    it('are saved and ended with the subscription too', async () => {
      await given.store.saveSubscription({ ...WISH, suspended: REASON }, 'schedule', 'ana', LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual({ ...WISH, suspended: REASON });
      await given.store.saveSubscription(WISH, 'schedule', 'ana', LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual(WISH);
    });

    it('stay while a claim that was open is settled', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      await given.store.suspend(WISH.channel, REASON);
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503', retryAt: LATER }, LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ suspended: REASON });
      expect(await given.store.dueSubscriptions(NEXT)).toEqual([]);
    });

    it('are of one workspace, also in a channel that two share', async () => {
      await given.store.saveSubscription(THEIRS, 'schedule', 'ben', MORNING);
      await given.store.suspend(WISH.channel, REASON);
      expect(await given.store.dueSubscriptions(LATER)).toEqual([THEIRS]);
      expect(await given.store.liftSuspension(THEIRS.channel)).toBe(false);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ suspended: REASON });
    });

    it('say nothing of a channel that gets no digest', async () => {
      expect(await given.store.suspend({ ...WISH.channel, id: 'elsewhere' }, REASON)).toBeUndefined();
      expect(await given.store.suspend({ ...WISH.channel, adapter: 'slack' }, REASON)).toBeUndefined();
    });
  });
}
