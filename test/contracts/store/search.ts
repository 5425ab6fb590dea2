import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemSearch, SearchHit, Span, Store } from '../../../src/ports.ts';
import { entry, feedDraft, LATER, MORNING, prepared, taggedAs } from './prepared.ts';

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
          for (const { found, title, summary } of await search(words)) {
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
