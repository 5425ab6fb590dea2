import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { CARD } from '../../test-bot.ts';
import { CLAIM, WISH } from './digests.ts';
import { AFTER_NEXT, LATER, MORNING, NEXT, prepared } from './prepared.ts';

/** What a store does with local dates, plans, and what is posted at once. */
export function scheduleContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const save = (subscription: Subscription, at = MORNING) =>
    given.store.saveSubscription(subscription, 'schedule', 'ana', at);
  const DATED = { ...CLAIM, localDate: '2026-03-02' } as const;
  const subscription = () => given.store.subscriptionOf(WISH.channel);

  describe('a schedule', () => {
    it('is given back with confidence, length, what comes at once, and when it was set', async () => {
      const wish: Subscription = {
        ...WISH,
        minimumConfidence: 0.6,
        length: 'short',
        instant: { crisis: true, barriers: ['pacing-gap'], since: MORNING },
        scheduledAt: MORNING,
        resumedAt: LATER,
      };
      await save(wish);
      expect(await subscription()).toEqual(wish);
      expect(await given.store.allSubscriptions()).toEqual([wish]);
      await save(WISH);
      expect(await subscription()).toEqual(WISH);
    });
  });

  describe('a local date', () => {
    beforeEach(() => save(WISH));

    it('has one digest, and the newest stands on the subscription', async () => {
      expect(await given.store.claimDigest(DATED)).toMatchObject({ localDate: '2026-03-02', state: 'claimed' });
      const again = { ...DATED, window: { from: LATER, to: NEXT }, eventIds: ['third'], at: NEXT };
      expect(await given.store.claimDigest(again)).toBeUndefined();
      expect(await given.store.claimDigest({ ...again, localDate: '2026-03-03' })).toMatchObject({ state: 'claimed' });
      expect((await subscription())?.sentDate).toBe('2026-03-03');
      expect(await given.store.sentDates('wish', '2026-03-03')).toEqual(new Set(['2026-03-03']));
      expect(await given.store.sentDates('wish', '2026-01-01')).toEqual(new Set(['2026-03-02', '2026-03-03']));
    });

    it('whose digest failed may have another; one in doubt may not', async () => {
      const claim = await given.store.claimDigest(DATED);
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503' }, LATER);
      expect(await subscription()).not.toHaveProperty('sentDate');
      expect(await given.store.sentDates('wish', '2026-01-01')).toEqual(new Set());
      const second = await given.store.claimDigest({ ...DATED, window: { from: MORNING, to: NEXT }, at: NEXT });
      await given.store.settleDelivery(second?.id ?? '', { doubt: 'no answer' }, NEXT);
      const third = { ...DATED, window: { from: NEXT, to: AFTER_NEXT }, eventIds: ['third'], at: AFTER_NEXT };
      expect(await given.store.claimDigest(third)).toBeUndefined();
      expect((await subscription())?.sentDate).toBe('2026-03-02');
    });

    it('stays sent when someone changes the rule meanwhile', async () => {
      await given.store.claimDigest(DATED);
      await save({ ...WISH, localTime: '10:00' });
      expect((await subscription())?.sentDate).toBe('2026-03-02');
    });

    it('is none of what a person asked for beside it', async () => {
      expect(await given.store.claimDigest({ ...CLAIM, occasion: 'asked' })).toMatchObject({ occasion: 'asked' });
      expect(await subscription()).not.toHaveProperty('sentDate');
    });
  });

  describe('a plan', () => {
    it('says when to look next', async () => {
      await save(WISH);
      await given.store.planDigest('wish', NEXT, MORNING);
      expect((await subscription())?.nextDigestAt).toBe(NEXT);
      expect(await given.store.dueSubscriptions(LATER)).toEqual([]);
    });

    it('made by a clock that has gone back since is looked at, and a window beyond now is no hindrance', async () => {
      await save(WISH);
      await given.store.claimDigest({
        ...DATED,
        window: { from: NEXT, to: AFTER_NEXT },
        nextDigestAt: AFTER_NEXT,
        at: AFTER_NEXT,
      });
      expect(await given.store.dueSubscriptions(NEXT)).toMatchObject([{ id: 'wish' }]);
      const claim = {
        ...CLAIM,
        window: { from: LATER, to: NEXT },
        eventIds: ['third'],
        localDate: '2026-03-03',
        nextDigestAt: AFTER_NEXT,
        at: NEXT,
      };
      expect(await given.store.claimDigest(claim)).toMatchObject({ state: 'claimed' });
      expect(await given.store.dueSubscriptions(NEXT)).toEqual([]);
      expect(await subscription()).toMatchObject({ coveredUntil: NEXT, nextDigestAt: AFTER_NEXT });
    });
  });

  describe('what is posted at once', () => {
    const INSTANT = { crisis: true, barriers: [], since: MORNING } as const;

    it('is wanted by open subscriptions that ask for it', async () => {
      const wanting = async (over: Partial<Subscription>) => {
        await save({ ...WISH, ...over });
        return (await given.store.instantSubscriptions(LATER)).length;
      };
      expect(await wanting({})).toBe(0);
      expect(await wanting({ instant: INSTANT })).toBe(1);
      expect(await wanting({ instant: INSTANT, pausedAt: MORNING })).toBe(0);
      expect(await wanting({ instant: INSTANT, suspended: { at: MORNING, reason: 'gone' } })).toBe(0);
    });

    it('is delivered, and leaves the digest where it was', async () => {
      await save(WISH);
      const before = await subscription();
      const claim = {
        subscriptionId: 'wish',
        window: { from: LATER, to: LATER },
        eventIds: ['first'],
        card: CARD,
        at: LATER,
      };
      const delivery = await given.store.claimInstant(claim);
      expect(delivery).toMatchObject({ occasion: 'instant', events: 1, state: 'claimed' });
      expect(await given.store.claimInstant(claim)).toBeUndefined();
      expect(await given.store.deliveredEvents('wish', ['first', 'second'])).toEqual(new Set(['first']));
      await given.store.settleDelivery(delivery?.id ?? '', { error: 'answered 503' }, LATER);
      expect(await given.store.deliveredEvents('wish', ['first'])).toEqual(new Set());
      expect(await subscription()).toEqual(before);
    });
  });
}
