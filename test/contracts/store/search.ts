import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemSearch, SearchHit, Span, Store } from '../../../src/ports.ts';
import { entry, feedDraft, LATER, MORNING, OFF_TOPIC, prepared, taggedAs } from './prepared.ts';

/** What a search finds in titles and summaries, and what it marks in them. */
export function searchContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('search', () => {
    beforeEach(() => given.listRead('ours', feedDraft('a')));

    const bring = (guid: string, title: string, summary = '', publishedAt = MORNING) =>
      given.bring('a', [entry(guid, { title, summary, publishedAt })], LATER);
    const search = (words: string, over: Partial<ItemSearch> = {}) =>
      given.store.searchItems('ours', { words, limit: 10, ...over });
    const guids = (hits: readonly SearchHit[]) => hits.map(({ found }) => found.item.guid);
    const judge = async (words: string, relevant: boolean) => {
      const itemId = (await search(words))[0]?.found.item.id ?? '';
      const judged = { relevant, taggings: [], crisis: false, method: 'person:slack:ana' };
      const draft = { itemId, former: OFF_TOPIC, judged, proposedBy: 'slack:ana' };
      const { number } = await given.store.proposeCorrection('ours', draft, LATER);
      await given.store.decideCorrection('ours', number, 'confirm', 'slack:ben', LATER);
    };
    const cut = (text: string, spans: readonly Span[]) => spans.map(([start, end]) => text.slice(start, end));

    it('wants all words, in title or summary, whatever their case and accents', async () => {
      await bring('1', 'Café talks on MILITARY AI', 'States met in Genève.');
      await bring('2', 'Cafe prices', 'No military here.');
      expect(guids(await search('cafe geneve'))).toEqual(['1']);
      expect(guids(await search('CAFÉ military'))).toEqual(['2', '1']);
      expect(guids(await search('cafe absent'))).toEqual([]);
    });

    it('takes the last word as the start of one, unless it is short or in quotes', async () => {
      await bring('1', 'European governance');
      expect(guids(await search('governance euro'))).toEqual(['1']);
      expect(guids(await search('gov european'))).toEqual([]);
      expect(guids(await search('eu'))).toEqual([]);
      expect(guids(await search('"euro"'))).toEqual([]);
    });

    it('takes words in quotes, and words joined by a hyphen, together', async () => {
      await bring('1', 'Export controls on chips');
      await bring('2', 'Controls on export');
      await bring('3', 'Export-controls again');
      expect(guids(await search('"export controls"'))).toEqual(['3', '1']);
      expect(guids(await search('export-controls'))).toEqual(['3', '1']);
      expect(guids(await search('export controls'))).toEqual(['3', '2', '1']);
    });

    it('knows no operators', async () => {
      await bring('1', 'Not near the or and title');
      expect(guids(await search('NOT OR AND'))).toEqual(['1']);
      expect(guids(await search('title: -near ^the (or) and*'))).toEqual(['1']);
      expect(guids(await search('summary:near'))).toEqual([]);
    });

    it('finds nothing for no words', async () => {
      await bring('1', 'Something');
      for (const words of ['', '  ', '"', '""', '* - ()', '😀', '\0']) expect(await search(words), words).toEqual([]);
    });

    it('gives the newest first, off topic or not, within the wished barrier, stream and time', async () => {
      await bring('old', 'Treaty one', '', '2026-01-01');
      await bring('new', 'Treaty two', '', '2026-02-01');
      await given.tagAll((title) => taggedAs(title, 'pacing-gap'));
      await bring('untagged', 'Treaty three', '', '2026-01-15');
      expect(guids(await search('treaty'))).toEqual(['new', 'untagged', 'old']);
      expect(guids(await search('treaty', { limit: 1 }))).toEqual(['new']);
      expect(guids(await search('treaty', { barrier: 'pacing-gap' }))).toEqual(['new', 'old']);
      expect(guids(await search('treaty', { barrier: 'knowledge-collapse' }))).toEqual([]);
      expect(guids(await search('treaty', { stream: 'un' }))).toHaveLength(3);
      expect(guids(await search('treaty', { stream: 'eu' }))).toEqual([]);
      expect(guids(await search('treaty', { since: '2026-01-15T09:00:00.000Z' }))).toEqual(['new', 'untagged']);
    });

    it('takes whole words that stand near each other, in any order, where that is wished', async () => {
      await bring('1', 'Due on 25 June 2026');
      await bring('2', 'Due on June 25, 2026');
      await bring('3', 'Since 2026, in June', 'A day in June');
      await bring('4', 'June and then all of 2026');
      await bring('5', 'Only June', '2026');
      await bring('6', 'June 20269');
      expect(guids(await search('June 2026'))).toEqual(['6', '5', '4', '3', '2', '1']);
      expect(guids(await search('June 2026', { near: 1 }))).toEqual(['3', '2', '1']);
      expect(guids(await search('June 2026', { near: 0 }))).toEqual(['1']);
      expect(guids(await search('"25 June" 2026', { near: 0 }))).toEqual(['1']);
      expect(guids(await search('only', { near: 1 }))).toEqual(['5']);
      const [hit] = await search('June 2026', { near: 1, limit: 1 });
      expect(cut('Since 2026, in June', hit?.title ?? [])).toEqual(['2026', 'June']);
    });

    it('leaves out what is off topic where that is wished, as people of the workspace judge it', async () => {
      await given.list('theirs', feedDraft('a'));
      await bring('on', 'Treaty on', '', '2026-01-01');
      await bring('off', 'Treaty off', '', '2026-02-01');
      await given.tagAll((title) => (title.endsWith('on') ? taggedAs(title) : OFF_TOPIC));
      await bring('untagged', 'Treaty untagged', '', '2026-02-02');
      const relevant = async (workspaceId = 'ours') =>
        guids(await given.store.searchItems(workspaceId, { words: 'treaty', relevantOnly: true, limit: 1 }));
      expect(guids(await search('treaty'))).toEqual(['untagged', 'off', 'on']);
      expect(await relevant()).toEqual(['on']);
      await judge('"treaty on"', false);
      await judge('"treaty off"', true);
      expect(await relevant()).toEqual(['off']);
      expect(await relevant('theirs')).toEqual(['on']);
    });

    it('leaves out what a flood holds back, with what is off topic', async () => {
      const old = Array.from({ length: 8 }, (_, number) => entry(`old ${number}`));
      const rebuilt = Array.from({ length: 6 }, (_, number) => entry(`rebuilt ${number}`));
      await given.list('ours', feedDraft('b'));
      await given.bring('b', old, MORNING);
      await given.bring('b', [...rebuilt, ...old.slice(0, 2)], LATER);
      await given.tagAll();
      expect(await search('title', { limit: 20 })).toHaveLength(14);
      expect(await search('title', { limit: 20, relevantOnly: true })).toHaveLength(8);
    });

    it('marks the stretches that matched, in the offsets of the text', async () => {
      const [title, summary] = ['😀 Ünïted states', 'The United States 𝒜 and united statements.'];
      await bring('1', title, summary);
      const [hit] = await search('united stat');
      expect(cut(title, hit?.title ?? [])).toEqual(['Ünïted', 'states']);
      expect(cut(summary, hit?.summary ?? [])).toEqual(['United', 'States', 'united', 'statements']);
    });

    it('never throws, whatever is typed, and marks only stretches of the text', async () => {
      await bring('1', 'AI "treaty" – NEAR(a, b) café 😀', 'title: x* OR y');
      const typed = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(...'"*^:()-+ {}\0aAI\'\uFDD0\uD83D', 'OR', 'NEAR', 'treaty', 'café') }),
      );
      await fc.assert(
        fc.asyncProperty(typed, async (words) => {
          const hits = [...(await search(words)), ...(await search(words, { near: 1 }))];
          for (const { found, title, summary } of hits) {
            const texts = [...cut(found.item.title, title), ...cut(found.item.summary, summary)];
            expect(texts.length).toBeGreaterThan(0);
            expect(texts).not.toContain('');
          }
        }),
      );
    });

    it('finds any stored entry by its own first word', async () => {
      const word = fc.stringMatching(/^[a-zà-öø-ÿ]{3,12}$/u);
      await fc.assert(
        fc.asyncProperty(word, fc.string({ unit: 'grapheme' }), async (first, rest) => {
          const guid = `${first} ${rest}`;
          await bring(guid, guid, rest);
          const hits = await search(`"${first}"`, { limit: 100 });
          expect(hits.some(({ found, title }) => found.item.title === guid && title[0]?.[0] === 0)).toBe(true);
        }),
        { numRuns: 50 },
      );
    });
  });
}
