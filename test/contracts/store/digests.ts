import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../../src/model.ts';
import type { DigestClaim, Store } from '../../../src/ports.ts';
import { AFTER_NEXT, LATER, MORNING, NEXT, prepared } from './prepared.ts';

/** A subscription of the workspace `ours`. */
export const WISH: Subscription = {
  id: 'wish',
  channel: { adapter: 'local', workspaceId: 'ours', id: 'general' },
  barriers: ['pacing-gap'],
  streams: ['un', 'eu'],
  days: ['mon', 'fri'],
  localTime: '08:30',
  timeZone: 'Europe/Brussels',
  nextDigestAt: LATER,
  createdBy: 'ana',
};

/** A claim of a window of `WISH`. */
export const CLAIM: DigestClaim = {
  subscriptionId: 'wish',
  window: { from: MORNING, to: LATER },
  eventIds: ['second', 'first'],
  nextDigestAt: NEXT,
  at: LATER,
};

/** What a store does with subscriptions and with the ledger of what was sent. */
export function digestContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const save = (subscription: Subscription) => given.store.saveSubscription(subscription, 'schedule', 'ana', MORNING);

  describe('subscriptions', () => {
    it('gives back what was saved, by channel and by workspace', async () => {
      const wish = { ...WISH, pausedAt: MORNING, pausedUntil: NEXT, coveredUntil: MORNING };
      await save(wish);
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual(wish);
      expect(await given.store.subscriptions('ours')).toEqual([wish]);
      expect(await given.store.subscriptions('theirs')).toEqual([]);
      expect(await given.store.subscriptionOf({ ...WISH.channel, adapter: 'slack' })).toBeUndefined();
    });

    it('replaces a subscription and writes both states into the audit trail', async () => {
      await save({ ...WISH, pausedAt: MORNING });
      await given.store.saveSubscription({ ...WISH, localTime: '09:00' }, 'resume', 'ben', LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual({ ...WISH, localTime: '09:00' });
      const [second, first] = await given.store.history('ours', 5);
      expect(second).toMatchObject({ action: 'resume', actor: 'ben', subject: 'wish', at: LATER });
      expect(JSON.parse(second?.before ?? '')).toEqual({ ...WISH, pausedAt: MORNING });
      expect(JSON.parse(second?.after ?? '')).toEqual({ ...WISH, localTime: '09:00' });
      expect(first).not.toHaveProperty('before');
    });

    it('holds one subscription a channel, under the id it had first', async () => {
      await save(WISH);
      await save({ ...WISH, id: 'another', localTime: '10:00' });
      expect(await given.store.subscriptions('ours')).toEqual([{ ...WISH, localTime: '10:00' }]);
    });

    it('are two where two workspaces share a channel, and nothing of one is seen or changed in the other', async () => {
      const theirs = { ...WISH, id: 'their-wish', channel: { ...WISH.channel, workspaceId: 'theirs' } };
      await save(WISH);
      await save({ ...theirs, localTime: '18:00' });
      await given.store.claimDigest(CLAIM);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ id: 'wish', localTime: '08:30' });
      expect(await given.store.subscriptionOf(theirs.channel)).toEqual({ ...theirs, localTime: '18:00' });
      expect(await given.store.subscriptions('theirs')).toEqual([{ ...theirs, localTime: '18:00' }]);
      expect(await given.store.deliveries('their-wish', 5)).toEqual([]);
      expect(await given.store.deliveredEvents('their-wish', CLAIM.eventIds)).toEqual(new Set());
      expect(await given.store.history('ours', 5)).toHaveLength(1);
      expect(await given.store.dueSubscriptions(LATER)).toMatchObject([{ id: 'their-wish' }]);
    });

    it('does not forget a window that was claimed while someone changed the rule', async () => {
      await save(WISH);
      await given.store.claimDigest(CLAIM);
      await save({ ...WISH, localTime: '10:00' });
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: LATER, localTime: '10:00' });
    });

    it('is due when its time has come and it is not paused, or its pause is over', async () => {
      const due = async (over: Partial<Subscription>) => {
        await save({ ...WISH, ...over });
        return (await given.store.dueSubscriptions(LATER)).length;
      };
      expect(await due({})).toBe(1);
      expect(await due({ nextDigestAt: NEXT })).toBe(0);
      expect(await due({ pausedAt: MORNING })).toBe(0);
      expect(await due({ pausedAt: MORNING, pausedUntil: NEXT })).toBe(0);
      expect(await due({ pausedAt: MORNING, pausedUntil: LATER })).toBe(1);
    });
  });

  describe('the ledger', () => {
    beforeEach(() => save(WISH));

    it('claims a window once and moves the subscription on', async () => {
      const delivery = await given.store.claimDigest(CLAIM);
      expect(delivery).toEqual({
        id: delivery?.id,
        subscriptionId: 'wish',
        window: CLAIM.window,
        state: 'claimed',
        events: 2,
        claimedAt: LATER,
      });
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ nextDigestAt: NEXT, coveredUntil: LATER });
      expect(await given.store.claimDigest(CLAIM)).toBeUndefined();
      expect(await given.store.claimDigest({ ...CLAIM, window: { from: LATER, to: MORNING } })).toBeUndefined();
      const next = await given.store.claimDigest({ ...CLAIM, window: { from: LATER, to: NEXT }, at: NEXT });
      expect(await given.store.deliveries('wish', 5)).toEqual([next, delivery]);
      expect(await given.store.deliveries('wish', 1)).toEqual([next]);
    });

    it('ends a claim as sent or failed', async () => {
      const one = await given.store.claimDigest(CLAIM);
      const other = await given.store.claimDigest({ ...CLAIM, window: { from: LATER, to: NEXT } });
      await given.store.settleDelivery(one?.id ?? '', { messageRef: 'm1' }, NEXT);
      await given.store.settleDelivery(other?.id ?? '', { error: 'no such channel' }, NEXT);
      expect(await given.store.deliveries('wish', 5)).toEqual([
        { ...other, state: 'failed', settledAt: NEXT, error: 'no such channel' },
        { ...one, state: 'sent', settledAt: NEXT, messageRef: 'm1' },
      ]);
    });

    it('ends a claim in doubt, and keeps its window closed', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      await given.store.settleDelivery(claim?.id ?? '', { doubt: '2 of 3 messages arrived' }, NEXT);
      expect(await given.store.deliveries('wish', 5)).toEqual([
        { ...claim, state: 'doubtful', settledAt: NEXT, error: '2 of 3 messages arrived' },
      ]);
      expect(await given.store.doubtOpenClaims(AFTER_NEXT)).toEqual([]);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: LATER, nextDigestAt: NEXT });
      expect(await given.store.deliveredEvents('wish', ['first'])).toEqual(new Set(['first']));
    });

    it('opens the window of a failed claim again, and is due when the claim is to be tried again', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      const retryAt = '2026-03-02T09:01:00.000Z';
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503', retryAt }, LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({
        coveredUntil: MORNING,
        nextDigestAt: retryAt,
      });
      expect(await given.store.dueSubscriptions(LATER)).toEqual([]);
      expect(await given.store.dueSubscriptions(retryAt)).toHaveLength(1);
      const again = { ...CLAIM, window: { from: MORNING, to: retryAt }, at: retryAt };
      expect(await given.store.claimDigest(again)).toMatchObject({ state: 'claimed', window: again.window });
    });

    it('never puts a digest off to try a failed one again', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503', retryAt: AFTER_NEXT }, LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ nextDigestAt: NEXT });
    });

    it('leaves what a later digest covers alone when an earlier one fails late', async () => {
      const early = await given.store.claimDigest(CLAIM);
      await given.store.claimDigest({ ...CLAIM, window: { from: LATER, to: NEXT }, at: NEXT });
      await given.store.settleDelivery(early?.id ?? '', { error: 'timed out' }, NEXT);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: NEXT });
    });

    it('doubts claims that were left open, once', async () => {
      const open = await given.store.claimDigest(CLAIM);
      const sent = await given.store.claimDigest({ ...CLAIM, window: { from: LATER, to: NEXT } });
      await given.store.settleDelivery(sent?.id ?? '', { messageRef: 'm1' }, NEXT);
      expect(await given.store.doubtOpenClaims(AFTER_NEXT)).toEqual([
        { ...open, state: 'doubtful', settledAt: AFTER_NEXT },
      ]);
      expect(await given.store.doubtOpenClaims(AFTER_NEXT)).toEqual([]);
    });

    it('knows the events of a delivery in their order, and those an earlier digest of the channel held', async () => {
      await save({ ...WISH, id: 'other', channel: { ...WISH.channel, id: 'random' } });
      const delivery = await given.store.claimDigest(CLAIM);
      expect(await given.store.eventsOfDelivery(delivery?.id ?? '')).toEqual(['second', 'first']);
      expect(await given.store.eventsOfDelivery('999')).toEqual([]);
      const delivered = (id: string) => given.store.deliveredEvents(id, ['first', 'third']);
      expect(await delivered('wish')).toEqual(new Set(['first']));
      expect(await delivered('other')).toEqual(new Set());
      expect(await given.store.deliveredEvents('wish', [])).toEqual(new Set());
    });

    it('does not count what a failed digest held, since nobody read it', async () => {
      const delivery = await given.store.claimDigest(CLAIM);
      await given.store.settleDelivery(delivery?.id ?? '', { error: 'no such channel' }, NEXT);
      expect(await given.store.deliveredEvents('wish', ['first'])).toEqual(new Set());
    });

    it('throws for a subscription or delivery that does not exist', async () => {
      await expect(given.store.claimDigest({ ...CLAIM, subscriptionId: 'none' })).rejects.toThrow('none');
      await expect(given.store.settleDelivery('999', { messageRef: 'm' }, NEXT)).rejects.toThrow('999');
    });
  });
}
