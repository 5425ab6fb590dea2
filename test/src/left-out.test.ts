import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvents } from '../../src/event.ts';
import { type LeftOutFacts, leftOut, leftOutBlocks } from '../../src/left-out.ts';
import type { ReadItem } from '../../src/model.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../test-bot.ts';
import { readItem, tagging } from './event-items.ts';

const GOOD = readItem('good', { taggings: [tagging('pacing-gap')] });

function offTopic(id: string): ReadItem {
  return {
    ...readItem(id),
    tagged: { relevant: false, relevance: [], taggings: [], crisis: false, method: 'rules@1' },
  };
}

function facts(items: readonly ReadItem[], extra: Partial<LeftOutFacts> = {}): LeftOutFacts {
  const events = toEvents(items.filter(({ tagged }) => tagged?.relevant));
  return {
    wish: { barriers: [], streams: [] },
    feeds: [],
    filters: { scoped: [], feeds: new Map() },
    events: new Map(events.map((event) => [event.id, event])),
    told: new Set(),
    fresh: new Set(items.map(({ item }) => item.id)),
    ...extra,
  };
}

describe('what a digest leaves out', () => {
  it.each<[string, ReadItem, Partial<LeftOutFacts>, string | undefined]>([
    ['nothing of what it holds', GOOD, {}, undefined],
    ['what is off topic', offTopic('fish'), {}, 'off topic'],
    ['what is held', { ...GOOD, flood: 'undecided' }, {}, 'held'],
    [
      'what is filtered',
      GOOD,
      { filters: { scoped: [{ scope: 'all', filter: { include: ['chips'], exclude: [] } }], feeds: new Map() } },
      'filtered',
    ],
    ['what was told', GOOD, { told: new Set(['good']) }, 'told'],
    ['what nobody asks for', GOOD, { wish: { barriers: [], streams: ['un'] } }, 'not wanted'],
    ['what is not sure enough', GOOD, { wish: { barriers: [], streams: [], minimumConfidence: 0.99 } }, 'unsure'],
    ['what is old', GOOD, { fresh: new Set() }, 'old'],
  ])('is %s', (_, read, extra, cause) => {
    const found = leftOut([read], facts([read], extra));
    expect(found.map((each) => each.cause)).toEqual(cause ? [cause] : []);
  });

  it('does not count an older item whose event a newer one brings', () => {
    const [old, fresh] = [readItem('old', { event: 'e' }), readItem('fresh', { event: 'e' })];
    expect(leftOut([old, fresh], facts([old, fresh], { fresh: new Set(['fresh']) }))).toEqual([]);
  });

  it('counts each item once at most, the commonest cause first', () => {
    const kinds = fc.array(fc.constantFrom('good', 'off', 'held'), { maxLength: 20 });
    fc.assert(
      fc.property(kinds, (list) => {
        const items = list.map((kind, index) => {
          if (kind === 'off') return offTopic(`i${index}`);
          return { ...readItem(`i${index}`), ...(kind === 'held' ? { flood: 'undecided' as const } : {}) };
        });
        const found = leftOut(items, facts(items));
        const counts = found.map(({ items: count }) => count);
        expect(counts).toEqual([...counts].sort((one, other) => other - one));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(list.filter((kind) => kind !== 'good').length);
        for (const { items: count, titles } of found) expect(titles.length).toBeLessThanOrEqual(count);
      }),
    );
  });

  it('counts an item whose event the channel would want only for another one that a filter leaves out', async () => {
    const order = itemDraft('Trump signs executive order to preempt state AI laws', { publishedAt: '2026-06-09' });
    const echo = { ...order, guid: 'echo', url: 'https://items.example/echo', summary: 'An echo.' };
    const feeds = [feedDraft('us'), feedDraft('eu', { stream: 'eu' })];
    const sources = new Map([
      ['https://us.example/feed', [order]],
      ['https://eu.example/feed', [echo]],
    ]);
    const bot = await createTestBot(feeds, sources);
    await bot.poll();
    await bot.say('/digest schedule 08:30 streams:eu');
    await bot.say('/feeds filter eu exclude:echo apply:yes');
    const text = wordsOf(await bot.say('/digest preview'));
    expect(text).toContain('Left out 2 items');
    expect(text).toContain('1 of other barriers or streams than asked for');
    const why = wordsOf(await bot.say(`/barrier why ${order.url}`));
    expect(why).toContain('this channel asks only for the streams eu');
    expect(why).not.toContain('It waits');
  });

  it('is shown with the preview, by cause and with a few titles, and not where nothing is left out', async () => {
    const order = itemDraft('Trump signs executive order to preempt state AI laws', { publishedAt: '2026-06-09' });
    const fish = ['Tuna', 'Herring', 'Cod'].map((name) => itemDraft(`${name} quotas`, { publishedAt: '2026-06-09' }));
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [order, ...fish]]]));
    await bot.poll();
    const text = wordsOf(await bot.say('/digest preview'));
    expect(text).toContain('Left out 3 items\n');
    expect(text).toMatch(/3 off topic: “\w+ quotas”, “\w+ quotas” and 1 more/);
    expect(leftOutBlocks([])).toEqual([]);
  });
});
