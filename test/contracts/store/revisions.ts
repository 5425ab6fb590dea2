import { beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryEnd, Store } from '../../../src/ports.ts';
import type { Composition, PostedComposition } from '../../../src/revision.ts';
import { DAY, plus } from '../../../src/time.ts';
import { CLAIM, NEXT_CLAIM, WISH } from './digests.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, prepared, taggedAs, titlesOf } from './prepared.ts';

const COMPOSITION: Composition = {
  barriers: [],
  streams: ['un'],
  timeZone: 'Europe/Brussels',
  itemIds: ['aaaaaaaaaa', 'bbbbbbbbbb'],
  feeds: 2,
  failing: [],
  dates: [],
  past: { until: MORNING, kinds: [] },
};
const POSTED: PostedComposition = { id: 'one', composition: COMPOSITION, shown: 'as it was' };
const CHANGE = { id: 'one', itemIds: ['aaaaaaaaaa'], cause: 'edited', at: NEXT } as const;

/** What a store keeps of posted digests, and the queue of those to edit. */
export function revisionContract(open: () => Promise<Store>): void {
  const given = prepared(open);
  const due = () => given.store.dueRevisions('local', NEXT, 9);

  describe('posted digests that changed', () => {
    let deliveryId: string;
    beforeEach(async () => {
      await given.store.saveSubscription(WISH, 'schedule', 'ana', MORNING);
      const claim = await given.store.claimDigest({ ...CLAIM, composition: POSTED });
      deliveryId = claim?.id ?? '';
      await given.store.settleDelivery(deliveryId, { messageRef: 'm1' }, LATER);
    });

    it('are due with all that is needed to make them again', async () => {
      expect(await given.store.queueRevisions({ ...CHANGE, by: 'Ana' })).toBe(1);
      expect(await due()).toMatchObject([
        {
          delivery: { id: deliveryId, state: 'sent', window: CLAIM.window },
          messageRef: 'm1',
          channel: WISH.channel,
          composition: COMPOSITION,
          shown: 'as it was',
          notes: [{ cause: 'edited', by: 'Ana', items: 1 }],
          waiting: 1,
          tries: 0,
        },
      ]);
    });

    it('are noted once a change', async () => {
      await given.store.queueRevisions(CHANGE);
      expect(await given.store.queueRevisions(CHANGE)).toBe(0);
      expect(await due()).toMatchObject([{ waiting: 1 }]);
      await given.store.queueRevisions({ ...CHANGE, id: 'two', itemIds: ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'] });
      expect(await due()).toMatchObject([{ waiting: 2, notes: [{ items: 1 }, { items: 2 }] }]);
    });

    it.each([
      ['that hold none of the items', { itemIds: ['cccccccccc'] }],
      ['of another workspace', { workspaceId: 'theirs' }],
      ['of more than three days ago', { at: '2026-03-05T09:00:00.000Z' }],
    ])('are none of those %s', async (_, other) => {
      expect(await given.store.queueRevisions({ ...CHANGE, ...other })).toBe(0);
    });

    it.each<[string, DeliveryEnd, number]>([
      ['are none of those that failed for good', { error: 'no such channel' }, 0],
      ['wait for one that is tried again', { error: 'answered 503', retryAt: AFTER_NEXT }, 1],
      ['wait for one in doubt', { doubt: 'no answer', retryAt: AFTER_NEXT }, 1],
    ])('%s', async (_, end, waiting) => {
      const composition = { ...POSTED, id: 'other', composition: { ...COMPOSITION, itemIds: ['dddddddddd'] } };
      const claim = await given.store.claimDigest({ ...NEXT_CLAIM, composition });
      await given.store.settleDelivery(claim?.id ?? '', end, NEXT);
      expect(await given.store.queueRevisions({ ...CHANGE, itemIds: ['dddddddddd'] })).toBe(waiting);
      expect(await due()).toEqual([]);
      await given.store.reclaimDelivery(claim?.id ?? '');
      await given.store.settleDelivery(claim?.id ?? '', { messageRef: 'm2' }, NEXT);
      expect(await due()).toHaveLength(waiting);
    });

    it('are given platform by platform, and no more than asked for', async () => {
      const claim = await given.store.claimDigest({ ...NEXT_CLAIM, composition: POSTED });
      await given.store.settleDelivery(claim?.id ?? '', { messageRef: 'm2' }, NEXT);
      expect(await given.store.queueRevisions(CHANGE)).toBe(2);
      expect(await given.store.dueRevisions('local', NEXT, 1)).toMatchObject([{ messageRef: 'm1' }]);
      expect(await given.store.dueRevisions('slack', NEXT, 9)).toEqual([]);
    });

    it('are over once they were shown, with what is shown from then on and the notes that said it', async () => {
      await given.store.queueRevisions(CHANGE);
      const [revision = expect.fail('nothing due')] = await due();
      await given.store.queueRevisions({ ...CHANGE, id: 'meanwhile' });
      await given.store.settleRevision(revision, { outcome: 'shown', shown: 'as it is' });
      expect(await due()).toMatchObject([
        { composition: COMPOSITION, shown: 'as it is', waiting: 1, notes: [{ items: 1 }, { items: 1 }] },
      ]);
    });

    it.each(['unchanged', 'impossible'] as const)('leave no note where an edit was %s', async (outcome) => {
      await given.store.queueRevisions(CHANGE);
      const [revision = expect.fail('nothing due')] = await due();
      await given.store.settleRevision(revision, { outcome });
      expect(await due()).toEqual([]);
      await given.store.queueRevisions({ ...CHANGE, id: 'two', cause: 'moved' });
      expect(await due()).toMatchObject([{ notes: [{ cause: 'moved' }], composition: COMPOSITION }]);
    });

    it('are put off, with the number of tries', async () => {
      await given.store.queueRevisions(CHANGE);
      const [revision = expect.fail('nothing due')] = await due();
      await given.store.settleRevision(revision, { retryAt: AFTER_NEXT });
      expect(await due()).toEqual([]);
      expect(await given.store.dueRevisions('local', AFTER_NEXT, 9)).toMatchObject([{ tries: 1, waiting: 1 }]);
    });

    it('are noted where a check brings another wording, and where an item is tagged anew', async () => {
      await given.listRead('ours', feedDraft('un'));
      const [item = expect.fail('no item')] = await given.bring('un', [entry('act')]);
      await given.tagAll();
      const composition = { ...POSTED, id: 'other', composition: { ...COMPOSITION, itemIds: [item.id] } };
      const claim = await given.store.claimDigest({ ...NEXT_CLAIM, composition, at: NEXT });
      await given.store.settleDelivery(claim?.id ?? '', { messageRef: 'm2' }, NEXT);
      await given.bring('un', [entry('act')], NEXT);
      expect(await due()).toEqual([]);
      await given.store.saveTagged(new Map([[item.id, taggedAs(item.title, 'knowledge-collapse')]]), NEXT);
      await given.bring('un', [entry('act', { title: 'Another title' })], NEXT);
      expect(await due()).toMatchObject([{ messageRef: 'm2', notes: [{ cause: 'tagged anew' }, { cause: 'edited' }] }]);
    });
  });

  describe('what a digest was made of', () => {
    it('is forgotten once it is too old to be edited, with the notes on it; which digest held what is not', async () => {
      await given.store.saveSubscription(WISH, 'schedule', 'ana', MORNING);
      for (const claim of [CLAIM, NEXT_CLAIM]) {
        const { to } = claim.window;
        const composition = { ...POSTED, id: to };
        const delivery = await given.store.claimDigest({ ...claim, composition, at: to });
        await given.store.settleDelivery(delivery?.id ?? '', { messageRef: to }, to);
      }
      await given.store.queueRevisions(CHANGE);
      expect(await given.store.forgetCompositions(plus(LATER, 3 * DAY - 1), 5)).toBe(0);
      expect(await given.store.forgetCompositions(plus(NEXT, 3 * DAY), 1)).toBe(1);
      expect(await due()).toMatchObject([{ messageRef: NEXT, composition: COMPOSITION }]);
      expect(await given.store.forgetCompositions(plus(NEXT, 3 * DAY), 5)).toBe(1);
      expect(await given.store.forgetCompositions(plus(NEXT, 3 * DAY), 5)).toBe(0);
      expect(await due()).toEqual([]);
      expect(await given.store.deliveryOf('wish', { itemId: 'aaaaaaaaaa' })).toMatchObject({ messageRef: NEXT });
      expect(await given.store.itemsOfDelivery('1')).toEqual(COMPOSITION.itemIds);
      expect(await given.store.itemsOfDelivery('9')).toEqual([]);
    });
  });

  describe('a digest that is passed over', () => {
    it('covers its time, leaves no line in the ledger, and is due at its next time', async () => {
      await given.store.saveSubscription({ ...WISH, quiet: 'nothing' }, 'schedule', 'ana', MORNING);
      await given.store.passDigest('wish', NEXT, LATER);
      const passed = { ...WISH, quiet: 'nothing', coveredUntil: LATER, nextDigestAt: NEXT };
      expect(await given.store.subscriptionOf(WISH.channel)).toEqual(passed);
      expect(await given.store.deliveries('wish', 5)).toEqual([]);
    });
  });

  describe('the digest that held an event', () => {
    it('is the newest one of the subscription that may have arrived', async () => {
      await given.store.saveSubscription(WISH, 'schedule', 'ana', MORNING);
      const first = await given.store.claimDigest(CLAIM);
      const second = await given.store.claimDigest(NEXT_CLAIM);
      await given.store.settleDelivery(second?.id ?? '', { error: 'answered 503' }, NEXT);
      expect(await given.store.deliveryOf('wish', { itemId: 'none', eventId: 'first' })).toMatchObject({
        id: first?.id,
      });
      // What failed was never read.
      expect(await given.store.deliveryOf('wish', { itemId: 'none', eventId: 'third' })).toBeUndefined();
      expect(await given.store.deliveryOf('other', { itemId: 'none', eventId: 'first' })).toBeUndefined();
    });
  });

  describe('what a workspace saw', () => {
    const seen = (workspaceId = 'ours') => given.store.seenItems(workspaceId, { from: MORNING, to: NEXT }, 10);

    it('is all that came in a window, relevant or not, the newest first', async () => {
      await given.listRead('ours', feedDraft('un'));
      await given.bring('un', [entry('early')], MORNING);
      await given.bring('un', [entry('first')], LATER);
      await given.bring('un', [entry('second')], NEXT);
      await given.bring('un', [entry('late')], AFTER_NEXT);
      expect(titlesOf(await seen())).toEqual(['Title of second', 'Title of first']);
      expect(titlesOf(await given.store.seenItems('ours', { from: MORNING, to: NEXT }, 1))).toEqual([
        'Title of second',
      ]);
      expect(await seen('theirs')).toEqual([]);
    });

    it('is found by ids, as far as its list goes', async () => {
      await given.listRead('ours', feedDraft('un'));
      const items = await given.bring('un', [entry('a'), entry('b')]);
      const ids = [...items.map(({ id }) => id), 'nothing'];
      expect(titlesOf(await given.store.itemsById('ours', ids)).sort()).toEqual(['Title of a', 'Title of b']);
      expect(await given.store.itemsById('theirs', ids)).toEqual([]);
    });
  });

  describe('the kinds of events of a period', () => {
    it('are counted by barrier, mechanism and direction, without what came in after it', async () => {
      await given.listRead('ours', feedDraft('un'));
      const dated = (guid: string, publishedAt: string) => entry(guid, { publishedAt });
      await given.bring('un', [dated('a', '2026-03-01'), dated('b', '2026-03-02')], MORNING);
      await given.bring('un', [dated('c', '2026-03-01')], AFTER_NEXT);
      await given.tagAll((title) => {
        const tagged = taggedAs(title);
        const mechanism = title === 'Title of b' ? {} : { mechanism: 'rules-delayed' };
        return { ...tagged, taggings: tagged.taggings.map((each) => ({ ...each, ...mechanism })) };
      });
      const window = { from: '2026-02-01T00:00:00.000Z', to: NEXT };
      const kind = { barrier: 'pacing-gap', direction: 'deepens', events: 1 };
      const found = await given.store.pastKinds('ours', window);
      expect(found).toHaveLength(2);
      expect(found).toContainEqual({ ...kind, lastAt: '2026-03-02' });
      expect(found).toContainEqual({ ...kind, mechanism: 'rules-delayed', lastAt: '2026-03-01' });
      expect(await given.store.pastKinds('theirs', window)).toEqual([]);
    });
  });
}
