import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../../src/model.ts';
import type { DigestClaim, Store } from '../../../src/ports.ts';
import { CARD } from '../../test-bot.ts';
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
  card: CARD,
  nextDigestAt: NEXT,
  at: LATER,
};

/** A claim of the window after it, with another event. */
export const NEXT_CLAIM: DigestClaim = { ...CLAIM, window: { from: LATER, to: NEXT }, eventIds: ['third'] };

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
        attempts: 0,
      });
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ nextDigestAt: NEXT, coveredUntil: LATER });
      expect(await given.store.claimDigest(CLAIM)).toBeUndefined();
      expect(await given.store.claimDigest({ ...CLAIM, window: { from: LATER, to: MORNING } })).toBeUndefined();
      const next = await given.store.claimDigest({ ...NEXT_CLAIM, at: NEXT });
      expect(await given.store.deliveries('wish', 5)).toEqual([next, delivery]);
      expect(await given.store.deliveries('wish', 1)).toEqual([next]);
    });

    it('claims no event twice, neither in digests nor at once, unless it failed', async () => {
      const at = AFTER_NEXT;
      const atOnce = { subscriptionId: 'wish', window: { from: at, to: at }, card: CARD, at };
      const claim = await given.store.claimDigest(CLAIM);
      expect(await given.store.claimInstant({ ...atOnce, eventIds: ['first'] })).toBeUndefined();
      expect(await given.store.claimDigest({ ...NEXT_CLAIM, eventIds: ['third', 'first'], at: NEXT })).toBeUndefined();
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: LATER });
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503' }, NEXT);
      expect(await given.store.claimInstant({ ...atOnce, eventIds: ['first'] })).toMatchObject({ state: 'claimed' });
    });

    it('ends a claim as sent or failed', async () => {
      const one = await given.store.claimDigest(CLAIM);
      const other = await given.store.claimDigest(NEXT_CLAIM);
      await given.store.settleDelivery(one?.id ?? '', { messageRef: 'm1' }, NEXT);
      await given.store.settleDelivery(other?.id ?? '', { error: 'no such channel' }, NEXT);
      expect(await given.store.deliveries('wish', 5)).toEqual([
        { ...other, state: 'failed', settledAt: NEXT, error: 'no such channel', attempts: 1 },
        { ...one, state: 'sent', settledAt: NEXT, messageRef: 'm1', attempts: 1 },
      ]);
    });

    it('ends a claim in doubt, and keeps its window closed', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      await given.store.settleDelivery(claim?.id ?? '', { doubt: '2 of 3 messages arrived' }, NEXT);
      expect(await given.store.deliveries('wish', 5)).toEqual([
        { ...claim, state: 'doubtful', settledAt: NEXT, error: '2 of 3 messages arrived', attempts: 1 },
      ]);
      expect(await given.store.doubtOpenClaims(AFTER_NEXT)).toEqual([]);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: LATER, nextDigestAt: NEXT });
      expect(await given.store.deliveredEvents('wish', ['first'])).toEqual(new Set(['first']));
    });

    it('opens the window of a failed claim again that is not tried again', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503' }, LATER);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: MORNING });
      expect(await given.store.openDelivery('wish')).toBeUndefined();
      const again = { ...CLAIM, window: { from: MORNING, to: NEXT }, at: NEXT };
      expect(await given.store.claimDigest(again)).toMatchObject({ state: 'claimed', window: again.window });
    });

    it.each([
      ['failed', { error: 'answered 503' }],
      ['doubtful', { doubt: 'no answer' }],
    ] as const)('keeps a %s claim open until its next try, its window closed and what it shows', async (state, end) => {
      const claim = await given.store.claimDigest(CLAIM);
      const id = claim?.id ?? '';
      await given.store.settleDelivery(id, { ...end, retryAt: NEXT }, LATER);
      const open = { ...claim, state, error: Object.values(end)[0], settledAt: LATER, attempts: 1, nextTryAt: NEXT };
      expect(await given.store.openDelivery('wish')).toEqual(open);
      expect(await given.store.openDeliveries(LATER)).toEqual([]);
      expect(await given.store.openDeliveries(NEXT)).toMatchObject([{ delivery: open, subscription: { id: 'wish' } }]);
      expect(await given.store.dueSubscriptions(AFTER_NEXT)).toEqual([]);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: LATER });
      expect(await given.store.deliveredEvents('wish', ['first'])).toEqual(new Set(['first']));
      expect(await given.store.reclaimDelivery(id)).toEqual(CARD);
      expect(await given.store.reclaimDelivery(id)).toBeUndefined();
      expect(await given.store.deliveries('wish', 1)).toMatchObject([{ state: 'claimed', attempts: 1 }]);
      await given.store.settleDelivery(id, { messageRef: 'm1', settledBy: 'it had arrived' }, NEXT);
      expect(await given.store.deliveries('wish', 1)).toMatchObject([
        { state: 'sent', attempts: 2, messageRef: 'm1', settledBy: 'it had arrived' },
      ]);
      expect(await given.store.dueSubscriptions(AFTER_NEXT)).toHaveLength(1);
    });

    it('does not count a try in which nothing was tried', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      const end = { error: 'not connected', retryAt: NEXT, isUntried: true };
      await given.store.settleDelivery(claim?.id ?? '', end, LATER);
      expect(await given.store.openDelivery('wish')).toMatchObject({ attempts: 0, nextTryAt: NEXT });
    });

    it('holds back what is open while its subscription is paused or suspended', async () => {
      const claim = await given.store.claimDigest(CLAIM);
      await given.store.settleDelivery(claim?.id ?? '', { error: 'answered 503', retryAt: NEXT }, LATER);
      const held = async () => (await given.store.openDeliveries(AFTER_NEXT)).length === 0;
      await given.store.suspend(WISH.channel, { at: NEXT, reason: 'archived' });
      expect(await held()).toBe(true);
      await given.store.liftSuspension(WISH.channel);
      expect(await held()).toBe(false);
      await save({ ...WISH, pausedAt: NEXT });
      expect(await held()).toBe(true);
    });

    it('covers its time again when it fails late, also where a later digest was claimed meanwhile', async () => {
      const early = await given.store.claimDigest(CLAIM);
      await given.store.claimDigest({ ...NEXT_CLAIM, at: NEXT });
      await given.store.settleDelivery(early?.id ?? '', { error: 'timed out' }, NEXT);
      expect(await given.store.subscriptionOf(WISH.channel)).toMatchObject({ coveredUntil: MORNING });
    });

    it('doubts claims that were left open, once', async () => {
      const open = await given.store.claimDigest(CLAIM);
      const sent = await given.store.claimDigest(NEXT_CLAIM);
      await given.store.settleDelivery(sent?.id ?? '', { messageRef: 'm1' }, NEXT);
      expect(await given.store.doubtOpenClaims(AFTER_NEXT)).toEqual([
        { ...open, state: 'doubtful', settledAt: AFTER_NEXT, attempts: 1, nextTryAt: AFTER_NEXT },
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
