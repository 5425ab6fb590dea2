import { beforeEach, describe, expect, it } from 'vitest';
import type { CorrectionDraft, Evidence, Judgement, Tagging } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import {
  AFTER_NEXT,
  entry,
  feedDraft,
  LATER,
  MORNING,
  NEXT,
  OFF_TOPIC,
  prepared,
  taggedAs,
  titlesOf,
} from './prepared.ts';

const ANA = 'slack:ana';
const BEN = 'slack:ben';
const WINDOW = { from: '2026-03-01T00:00:00.000Z', to: NEXT };

/** What a store does with what people say of items. */
export function correctionContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  /** Two items that both workspaces list, tagged as pacing-gap deepens; `off` is off topic. */
  async function twoWorkspaces(): Promise<Record<'one' | 'off', string>> {
    await given.listRead('ours', feedDraft('a'));
    await given.list('theirs', feedDraft('a'));
    const date = { publishedAt: '2026-03-02T07:00:00.000Z' };
    await given.bring('a', [entry('one', date), entry('off', date)], LATER);
    await given.tagAll((title) => (title.includes('off') ? OFF_TOPIC : taggedAs(title)));
    await group();
    const id = async (words: string) => (await given.store.searchItems('ours', { words, limit: 1 }))[0]?.found.item.id;
    return { one: (await id('one')) ?? '', off: (await id('off')) ?? '' };
  }

  async function group() {
    const items = await given.store.ungroupedItems(100);
    await given.store.saveGrouping(new Map(items.map(({ id }) => [id, id])));
  }

  function draft(itemId: string, judged: Judgement, by = ANA): CorrectionDraft {
    return { itemId, former: OFF_TOPIC, judged, proposedBy: by };
  }

  async function confirm(itemId: string, judged: Judgement, at = LATER): Promise<number> {
    const { number } = await given.store.proposeCorrection('ours', draft(itemId, judged), at);
    await given.store.decideCorrection('ours', number, 'confirm', BEN, at);
    return number;
  }

  const barriersOf = async (workspaceId: string, id: string) =>
    (await given.store.findItem(workspaceId, id))?.tagged?.taggings.map(({ barrier, direction }) => [
      barrier,
      direction,
    ]);

  describe('corrections', () => {
    let ids = { one: '', off: '' };
    beforeEach(async () => {
      ids = await twoWorkspaces();
    });

    it('wait for a decision, and change nothing until then', async () => {
      const proposed = await given.store.proposeCorrection(
        'ours',
        { ...draft(ids.one, judgedAs('knowledge-collapse')), note: 'why' },
        LATER,
      );
      expect(proposed).toMatchObject({
        state: 'proposed',
        itemId: ids.one,
        title: 'Title of one',
        note: 'why',
        proposedBy: ANA,
        proposedAt: LATER,
      });
      expect(proposed.decidedBy).toBeUndefined();
      expect(await given.store.corrections('ours', 'open', 5)).toEqual([proposed]);
      expect(await barriersOf('ours', ids.one)).toEqual([['pacing-gap', 'deepens']]);
    });

    it('refuse a quote that is not in the item, and an item that is not on the list', async () => {
      const wrong = judgedAs('pacing-gap', 'deepens', { field: 'title', start: 0, end: 4, quote: 'Tale' });
      await expect(given.store.proposeCorrection('ours', draft(ids.one, wrong), LATER)).rejects.toThrow(
        'not in the stored text',
      );
      await expect(
        given.store.proposeCorrection('ours', draft('nowhere000', judgedAs('pacing-gap')), LATER),
      ).rejects.toThrow('lists no item');
      expect(await given.store.corrections('ours', 'open', 5)).toEqual([]);
    });

    it('outrank the rules in every reading of their workspace, and in none of another', async () => {
      const number = await confirm(ids.one, judgedAs('knowledge-collapse', 'eases'));
      const read = await given.store.findItem('ours', ids.one);
      expect(read?.corrected).toMatchObject({ number, rules: { primary: 'pacing-gap', method: 'rules@1' } });
      expect(read?.tagged).toMatchObject({ primary: 'knowledge-collapse', method: `person:${ANA}` });
      const readings = async (workspaceId: string) => ({
        pacing: titlesOf(await given.store.recentItems(workspaceId, { barrier: 'pacing-gap', limit: 5 })),
        collapse: titlesOf(await given.store.recentItems(workspaceId, { barrier: 'knowledge-collapse', limit: 5 })),
        found: (await given.store.searchItems(workspaceId, { words: 'title', barrier: 'knowledge-collapse', limit: 5 }))
          .length,
        moved: await given.store.movement(workspaceId, WINDOW),
        digest: (await given.store.newItems(workspaceId, WINDOW)).map(({ tagged }) => tagged?.primary),
      });
      expect(await readings('ours')).toEqual({
        pacing: [],
        collapse: ['Title of one'],
        found: 1,
        moved: [{ barrier: 'knowledge-collapse', direction: 'eases', events: 1 }],
        digest: ['knowledge-collapse'],
      });
      expect(await readings('theirs')).toEqual({
        pacing: ['Title of one'],
        collapse: [],
        found: 0,
        moved: [{ barrier: 'pacing-gap', direction: 'deepens', events: 1 }],
        digest: ['pacing-gap'],
      });
      expect((await given.store.findItem('theirs', ids.one))?.corrected).toBeUndefined();
      expect(await given.store.findCorrection('theirs', number)).toBeUndefined();
      expect(await given.store.decideCorrection('theirs', number, 'undo', BEN, NEXT)).toBeUndefined();
      expect(await given.store.correctedItems('theirs')).toEqual([]);
      expect(await given.store.correctedWorkspaces()).toEqual(['ours']);
    });

    it('take an item that is off topic out of digests and look-ups', async () => {
      await confirm(ids.one, { relevant: false, taggings: [], crisis: false, method: `person:${ANA}` });
      expect(await given.store.newItems('ours', WINDOW)).toEqual([]);
      expect(await given.store.recentItems('ours', { limit: 5 })).toEqual([]);
      expect(await given.store.recentItems('ours', { barrier: 'pacing-gap', limit: 5 })).toEqual([]);
      expect(await given.store.itemsOfEvents('ours', [ids.one])).toEqual([]);
      expect(await given.store.movement('ours', WINDOW)).toEqual([]);
      expect(await given.store.countItems('ours')).toEqual({ items: 2, relevant: 0 });
      expect(await given.store.countItems('theirs')).toEqual({ items: 2, relevant: 1 });
    });

    it('bring an item that is relevant in, with an event of its own', async () => {
      await confirm(ids.off, judgedAs('pacing-gap'));
      const [event] = (await given.store.newItems('ours', WINDOW)).flatMap(({ item, eventId }) =>
        item.id === ids.off ? [eventId] : [],
      );
      expect(event).toBe(ids.off);
      expect(titlesOf(await given.store.itemsOfEvents('ours', [ids.off]))).toEqual(['Title of off']);
      expect(await given.store.itemsOfEvents('theirs', [ids.off])).toEqual([]);
      expect(titlesOf(await given.store.recentItems('ours', { limit: 5 })).sort()).toEqual([
        'Title of off',
        'Title of one',
      ]);
      expect(titlesOf(await given.store.recentItems('theirs', { limit: 5 }))).toEqual(['Title of one']);
      expect(await given.store.movement('ours', WINDOW)).toEqual([
        { barrier: 'pacing-gap', direction: 'deepens', events: 2 },
      ]);
      expect(await given.store.countItems('ours')).toEqual({ items: 2, relevant: 2 });
    });

    it('make an item news from the moment it is found relevant', async () => {
      await confirm(ids.off, judgedAs('pacing-gap'), NEXT);
      const since = { from: LATER, to: NEXT };
      expect(titlesOf(await given.store.newItems('ours', since))).toEqual(['Title of off']);
      expect(await given.store.newItems('theirs', since)).toEqual([]);
      expect(await given.store.newItems('ours', { from: NEXT, to: AFTER_NEXT })).toEqual([]);
    });

    it('give way to exactly what held before when they are undone, also to an earlier correction', async () => {
      const before = await given.store.findItem('ours', ids.one);
      const first = await confirm(ids.one, judgedAs('knowledge-collapse'));
      const between = await given.store.findItem('ours', ids.one);
      const second = await confirm(ids.one, judgedAs('knowledge-collapse', 'eases'), NEXT);
      expect(await barriersOf('ours', ids.one)).toEqual([['knowledge-collapse', 'eases']]);
      expect(await given.store.decideCorrection('ours', first, 'undo', BEN, NEXT)).toBeUndefined();
      expect(await given.store.decideCorrection('ours', second, 'undo', BEN, NEXT)).toMatchObject({
        state: 'undone',
        replaces: first,
      });
      expect(await given.store.findItem('ours', ids.one)).toEqual(between);
      expect(await given.store.movement('ours', WINDOW)).toEqual([
        { barrier: 'knowledge-collapse', direction: 'deepens', events: 1 },
      ]);
      await given.store.decideCorrection('ours', first, 'undo', BEN, NEXT);
      expect(await given.store.findItem('ours', ids.one)).toEqual(before);
      expect(await given.store.movement('ours', WINDOW)).toEqual([
        { barrier: 'pacing-gap', direction: 'deepens', events: 1 },
      ]);
    });

    it('can be refused, and the refusal taken back', async () => {
      const { number } = await given.store.proposeCorrection(
        'ours',
        draft(ids.one, judgedAs('knowledge-collapse')),
        LATER,
      );
      expect(await given.store.decideCorrection('ours', number, 'refuse', BEN, NEXT)).toMatchObject({
        state: 'refused',
        decidedBy: BEN,
        decidedAt: NEXT,
      });
      expect(await given.store.decideCorrection('ours', number, 'confirm', BEN, NEXT)).toBeUndefined();
      expect(await given.store.corrections('ours', 'decided', 5)).toMatchObject([{ number }]);
      await given.store.decideCorrection('ours', number, 'undo', BEN, NEXT);
      expect(await given.store.corrections('ours', 'open', 5)).toMatchObject([{ number, state: 'proposed' }]);
    });

    it('leave every step in an audit trail apart from that of lists', async () => {
      const lists = await given.store.history('ours', 50);
      const number = await confirm(ids.one, judgedAs('knowledge-collapse'));
      await given.store.decideCorrection('ours', number, 'undo', BEN, NEXT);
      const steps = await given.store.correctionHistory('ours', 50);
      expect(steps.map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
        ['undo correction', BEN, `#${number} ${ids.one}`],
        ['confirm correction', BEN, `#${number} ${ids.one}`],
        ['propose correction', ANA, `#${number} ${ids.one}`],
      ]);
      expect(await given.store.history('ours', 50)).toEqual(lists);
      expect(await given.store.correctionHistory('theirs', 50)).toEqual([]);
      expect(await given.store.findChange('ours', steps[0]?.id ?? '')).toEqual(steps[0]);
    });

    it('stay when the rules tag the item again, whatever they say', async () => {
      await confirm(ids.one, judgedAs('knowledge-collapse'));
      await given.store.saveTagged(new Map([[ids.one, OFF_TOPIC]]), NEXT);
      expect(await barriersOf('ours', ids.one)).toEqual([['knowledge-collapse', 'deepens']]);
      expect((await given.store.findItem('ours', ids.one))?.corrected?.rules?.relevant).toBe(false);
      expect(titlesOf(await given.store.itemsOfEvents('ours', [ids.one]))).toEqual(['Title of one']);
      expect(await given.store.itemsOfEvents('theirs', [ids.one])).toEqual([]);
    });

    it('stay when the feed edits the text, with their proof found anew in it', async () => {
      await confirm(
        ids.one,
        judgedAs('knowledge-collapse', 'deepens', { field: 'title', start: 9, end: 12, quote: 'one' }),
      );
      const edited = {
        publishedAt: '2026-03-02T06:00:00.000Z',
        title: 'The newer title',
        summary: 'It says one thing.',
      };
      await given.bring('a', [entry('one', edited)], NEXT);
      const proof = async () =>
        (await given.store.findItem('ours', ids.one))?.tagged?.taggings.flatMap(({ evidence }) => evidence);
      expect(await proof()).toEqual([{ field: 'summary', start: 8, end: 11, quote: 'one' }]);
      expect((await given.store.findItem('ours', ids.one))?.corrected).not.toHaveProperty('rules');
      expect(titlesOf(await given.store.recentItems('ours', { barrier: 'knowledge-collapse', limit: 5 }))).toEqual([
        'The newer title',
      ]);
      await given.bring('a', [entry('one', { ...edited, summary: '' })], NEXT);
      expect(await proof()).toEqual([{ field: 'title', start: 0, end: 15, quote: 'The newer title' }]);
      expect(await given.store.movement('ours', { from: MORNING, to: NEXT })).toEqual([]);
    });

    it('are read for a file with their items, and those of feeds that left the list are not', async () => {
      const number = await confirm(ids.one, judgedAs('knowledge-collapse'));
      expect(await given.store.correctedItems('ours')).toMatchObject([
        { correction: { number }, read: { item: { id: ids.one } } },
      ]);
      await given.store.editFeedList('ours', { action: 'remove', feedId: 'a' }, BEN, NEXT);
      expect(await given.store.correctedItems('ours')).toEqual([]);
      expect(await given.store.movement('ours', WINDOW)).toEqual([]);
    });
  });
}

function judgedAs(
  barrier: 'pacing-gap' | 'knowledge-collapse',
  direction: Tagging['direction'] = 'deepens',
  evidence: Evidence = { field: 'title', start: 0, end: 5, quote: 'Title' },
): Judgement {
  const method = `person:${ANA}`;
  const tagging = { barrier, direction, confidence: 1, evidence: [evidence], section: 'AO', method, reasons: [] };
  return { relevant: true, taggings: [tagging], primary: barrier, crisis: false, method };
}
