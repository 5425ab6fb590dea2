import { describe, expect, it } from 'vitest';
import type { EventEdit } from '../../../src/event-ports.ts';
import type { TaggedItem } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { CARD } from '../../test-bot.ts';
import { AFTER_NEXT, entry, feedDraft, LATER, MORNING, NEXT, OFF_TOPIC, prepared, taggedAs } from './prepared.ts';

/** What a store does with what admins say of events. */
export function eventContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  /** Four items of a feed that both workspaces list: `a`, `b` on event `ab`, `c` on `c`, `d` on `d`. Returns their ids. */
  async function fourItems() {
    await given.list('theirs', feedDraft('feed'));
    await given.listRead('ours', feedDraft('feed'));
    await given.bring(
      'feed',
      ['a', 'b', 'c', 'd'].map((name) => entry(name)),
      LATER,
    );
    await given.tagAll();
    const found = await given.store.newItems('ours', { from: MORNING, to: AFTER_NEXT });
    const id = Object.fromEntries(found.map(({ item }) => [item.guid ?? '', item.id]));
    const of = (name: string) => id[name] ?? expect.fail(`no item ${name}`);
    const events = { a: 'ab', b: 'ab', c: 'c', d: 'd' };
    await given.store.saveGrouping(new Map(Object.entries(events).map(([name, event]) => [of(name), event])));
    return of;
  }
  const edit = (wish: EventEdit, workspaceId = 'ours') => given.store.editEvents(workspaceId, wish, 'ana', NEXT);

  async function correct(itemId: string, judged: TaggedItem) {
    const wish = { itemId, former: OFF_TOPIC, judged, proposedBy: 'ana' };
    const { number } = await given.store.proposeCorrection('ours', wish, NEXT);
    await given.store.decideCorrection('ours', number, 'confirm', 'ana', NEXT);
  }

  /** The guids that a workspace reads together, as `ab c d`, by every reading that tells events. */
  async function together(workspaceId = 'ours'): Promise<string> {
    const found = await given.store.newItems(workspaceId, { from: MORNING, to: AFTER_NEXT });
    const groups = Map.groupBy(found, ({ eventId }) => eventId ?? expect.fail('an item without an event'));
    for (const [event, items] of groups) {
      const read = await given.store.itemsOfEvents(workspaceId, [event]);
      expect(read.map(({ item, eventId }) => [item.id, eventId])).toEqual(items.map(({ item }) => [item.id, event]));
    }
    const [movement] = await given.store.movement(workspaceId, { from: MORNING, to: AFTER_NEXT });
    expect(movement?.events).toBe(groups.size);
    return [...groups.values()]
      .map((items) =>
        items
          .map(({ item }) => item.guid)
          .sort()
          .join(''),
      )
      .sort()
      .join(' ');
  }

  describe('events that admins mend', () => {
    it('lose an item that was split off, in that workspace alone, until it is put back', async () => {
      const of = await fourItems();
      expect(await together()).toBe('ab c d');
      expect(await edit({ action: 'split', itemId: of('b') })).toMatchObject({
        ...{ workspaceId: 'ours', action: 'split', subject: of('b'), actor: 'ana', at: NEXT },
      });
      expect(await together()).toBe('a b c d');
      expect(await together('theirs')).toBe('ab c d');
      expect((await given.store.findItem('ours', of('b')))?.eventId).not.toBe('ab');
      expect(await edit({ action: 'unsplit', itemId: of('b') })).toMatchObject({ action: 'unsplit' });
      expect(await together()).toBe('ab c d');
      expect((await given.store.history('ours', 5)).map(({ action }) => action).slice(0, 2)).toEqual([
        'unsplit',
        'split',
      ]);
    });

    it('lose the item after which they are named, too', async () => {
      const of = await fourItems();
      await given.store.saveGrouping(new Map([of('a'), of('b')].map((id) => [id, of('a')])));
      await edit({ action: 'split', itemId: of('a') });
      expect(await together()).toBe('a b c d');
    });

    it('keep a split whatever event grouping puts the item into', async () => {
      const of = await fourItems();
      await edit({ action: 'split', itemId: of('b') });
      await given.store.saveGrouping(new Map([[of('b'), 'c']]));
      expect(await together()).toBe('a b c d');
    });

    it('are one once merged, in that workspace alone, and two again', async () => {
      const of = await fourItems();
      expect(await edit({ action: 'merge', itemId: of('c'), intoItemId: of('a') })).toMatchObject({
        subject: `${of('c')} ${of('a')}`,
      });
      expect(await together()).toBe('abc d');
      expect((await given.store.findItem('ours', of('c')))?.eventId).toBe('ab');
      expect(await together('theirs')).toBe('ab c d');
      await edit({ action: 'unmerge', itemId: of('c'), intoItemId: of('a') });
      expect(await together()).toBe('ab c d');
    });

    it('hold what joins either of them later', async () => {
      const of = await fourItems();
      await edit({ action: 'merge', itemId: of('c'), intoItemId: of('a') });
      await given.store.saveGrouping(new Map([[of('d'), 'c']]));
      expect(await together()).toBe('abcd');
    });

    it.each([
      ['c', 'a', 'ab cd'],
      ['a', 'c', 'ab cd'],
      ['d', 'a', 'ab cd'],
      ['c', 'd', 'abd c'],
    ])('merged in a row come apart between %s and %s: %s', async (one, other, expected) => {
      const of = await fourItems();
      // d → c → ab, or, for the last case, d → ab after c → d.
      const [first, second] =
        expected === 'ab cd'
          ? [
              ['d', 'c'],
              ['c', 'a'],
            ]
          : [
              ['c', 'd'],
              ['d', 'a'],
            ];
      for (const [from = '', into = ''] of [first ?? [], second ?? []])
        await edit({ action: 'merge', itemId: of(from), intoItemId: of(into) });
      expect(await together()).toBe('abcd');
      await edit({ action: 'unmerge', itemId: of(one), intoItemId: of(other) });
      expect(await together()).toBe(expected);
    });

    it('count as told where a digest held one of them before they were one', async () => {
      const of = await fourItems();
      const channel = { adapter: 'local', workspaceId: 'ours', id: 'channel' };
      const base = { id: 'wish', channel, barriers: [], streams: [], days: [], localTime: '08:30', timeZone: 'UTC' };
      await given.store.saveSubscription({ ...base, nextDigestAt: NEXT, createdBy: 'ana' }, 'schedule', 'ana', MORNING);
      const claim = { subscriptionId: 'wish', window: { from: MORNING, to: LATER }, eventIds: ['c'], card: CARD };
      await given.store.claimDigest({ ...claim, nextDigestAt: NEXT, at: LATER });
      expect(await given.store.deliveredEvents('wish', ['ab', 'c'])).toEqual(new Set(['c']));
      await edit({ action: 'merge', itemId: of('c'), intoItemId: of('a') });
      expect(await given.store.deliveredEvents('wish', ['ab', 'd'])).toEqual(new Set(['ab']));
      expect(await given.store.deliveryOf('wish', { itemId: of('c'), eventId: 'ab' })).toBeDefined();
    });

    it('take an item that was split off, and let go of it again', async () => {
      const of = await fourItems();
      await edit({ action: 'split', itemId: of('b') });
      await edit({ action: 'merge', itemId: of('b'), intoItemId: of('c') });
      expect(await together()).toBe('a bc d');
      await edit({ action: 'split', itemId: of('b') });
      expect(await together()).toBe('a b c d');
    });

    it('are told where an edit changes nothing', async () => {
      const of = await fourItems();
      await edit({ action: 'split', itemId: of('b') });
      const before = await given.store.history('ours', 50);
      const idle: EventEdit[] = [
        { action: 'split', itemId: of('b') },
        { action: 'split', itemId: 'nothing' },
        { action: 'unsplit', itemId: of('a') },
        { action: 'merge', itemId: of('a'), intoItemId: of('a') },
        { action: 'merge', itemId: of('a'), intoItemId: 'nothing' },
        { action: 'unmerge', itemId: of('a'), intoItemId: of('c') },
      ];
      for (const wish of idle) expect(await edit(wish)).toBeUndefined();
      expect(await given.store.history('ours', 50)).toEqual(before);
    });

    it('take items that people found to be relevant, and leave out those they call off topic', async () => {
      const of = await fourItems();
      await given.bring('feed', [entry('off')], LATER);
      await given.tagAll(() => OFF_TOPIC);
      const [off] = await given.store.searchItems('ours', { words: 'off', limit: 1 });
      const offId = off?.found.item.id ?? expect.fail('no item off');
      expect(await edit({ action: 'merge', itemId: offId, intoItemId: of('a') })).toBeUndefined();
      await correct(offId, taggedAs('Title of off'));
      expect(await together()).toBe('ab c d off');
      await edit({ action: 'merge', itemId: offId, intoItemId: of('a') });
      expect(await together()).toBe('aboff c d');
      await edit({ action: 'split', itemId: offId });
      await edit({ action: 'merge', itemId: of('d'), intoItemId: of('c') });
      expect(await together()).toBe('ab cd off');
      const window = { from: MORNING, to: AFTER_NEXT };
      const [kind] = await given.store.pastKinds('ours', window);
      expect(kind).toMatchObject({ barrier: 'pacing-gap', events: 3 });
      await correct(of('c'), OFF_TOPIC);
      expect(await together()).toBe('ab d off');
      expect(await together('theirs')).toBe('ab c d');
    });

    it('are nothing to a workspace that does not list the feed', async () => {
      const of = await fourItems();
      await given.store.editFeedList('theirs', { action: 'remove', feedId: 'feed' }, 'ana', NEXT);
      expect(await edit({ action: 'split', itemId: of('b') }, 'theirs')).toBeUndefined();
    });
  });
}
