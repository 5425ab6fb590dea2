import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../src/model.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  url: 'https://www.whitehouse.gov/order',
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const COVERAGE = itemDraft('President Trump’s executive order preempts state AI laws', {
  url: 'https://www.reuters.com/order',
  publishedAt: '2026-06-09T14:00:00.000Z',
});
const DELAY = itemDraft('European Commission delays high-risk rules of the AI Act', {
  url: 'https://ec.europa.eu/delay',
  publishedAt: '2026-06-09T16:00:00.000Z',
});
const FISH = itemDraft('Bluefin tuna quota transfer for December', { url: 'https://news.example/fish' });
const OTHERS: Workspace = { id: 'T2', adapter: 'local', name: 'Others', timeZone: 'UTC' };
const OTHER_CHANNEL = { adapter: 'local', workspaceId: 'T2', id: 'terminal' };

async function start() {
  const feeds = [feedDraft('us')];
  const sources = new Map([['https://us.example/feed', [ORDER, COVERAGE, DELAY, FISH]]]);
  const bot = await createTestBot(feeds, sources);
  await bot.store.saveWorkspace(OTHERS, () => feeds, bot.clock.now());
  await bot.poll();
  const say = async (line: string) => wordsOf(await bot.say(line));
  return {
    ...bot,
    words: say,
    /** The headline of the digest: how many events, from how many items. */
    counts: async () => /\d+ events? from \d+ items?/.exec(await say('/digest preview'))?.[0],
    countsOfOthers: async () => {
      const card = await bot.say('/digest preview', { workspace: OTHERS, channel: OTHER_CHANNEL });
      return /\d+ events? from \d+ items?/.exec(wordsOf(card))?.[0];
    },
    undo: (card: Awaited<ReturnType<typeof bot.say>>) => {
      const buttons = card.blocks.find((block) => block.kind === 'buttons')?.buttons ?? [];
      return bot.say(buttons.find(({ label }) => label === 'Undo')?.command ?? 'no undo');
    },
  };
}

describe('an event that is wrong', () => {
  it('is explained in one line by /barrier why', async () => {
    const bot = await start();
    const text = await bot.words(`/barrier why ${COVERAGE.url}`);
    expect(text).toMatch(
      /Joined with “Trump signs executive order to preempt state AI laws” \(Feed us\) because both say “/,
    );
    expect(await bot.words(`/barrier why ${DELAY.url}`)).not.toContain('Joined with');
  });

  it('loses an item by /barrier split, in digests too, and for good', async () => {
    const bot = await start();
    expect(await bot.counts()).toBe('2 events from 3 items');
    const card = await bot.say(`/barrier split ${COVERAGE.url}`);
    expect(card).toMatchObject({ tone: 'good', public: true });
    expect(await bot.counts()).toBe('3 events from 3 items');
    await bot.poll();
    expect(await bot.counts()).toBe('3 events from 3 items');
    expect(await bot.words(`/barrier why ${COVERAGE.url}`)).not.toContain('Joined with');
    await bot.undo(card);
    expect(await bot.counts()).toBe('2 events from 3 items');
    expect(await bot.words('/feeds history')).toMatch(/unsplit[\s\S]*split/);
  });

  it('is joined with another by /barrier merge, and parted again by the button', async () => {
    const bot = await start();
    const card = await bot.say(`/barrier merge ${DELAY.url} ${ORDER.url}`);
    expect(await bot.counts()).toBe('1 event from 3 items');
    expect(await bot.words(`/barrier why ${DELAY.url}`)).toContain('Joined with');
    await bot.undo(card);
    expect(await bot.counts()).toBe('2 events from 3 items');
  });

  it('is led by the body’s own text, though the coverage came first', async () => {
    const text = await (await start()).words('/digest preview');
    expect(text).toContain(ORDER.title);
    expect(text).not.toContain(COVERAGE.title);
  });

  it('stays as it is for another workspace', async () => {
    const bot = await start();
    await bot.say('/digest schedule 08:30', { workspace: OTHERS, channel: OTHER_CHANNEL });
    const before = await bot.countsOfOthers();
    expect(before).toBe('2 events from 3 items');
    await bot.say(`/barrier split ${COVERAGE.url}`);
    await bot.say(`/barrier merge ${DELAY.url} ${ORDER.url}`);
    expect(await bot.countsOfOthers()).toBe(before);
  });

  it('is mended by admins only', async () => {
    const bot = await start();
    for (const line of [`split ${COVERAGE.url}`, `merge ${DELAY.url} ${ORDER.url}`]) {
      const card = await bot.say(`/barrier ${line}`, { isAdmin: false });
      expect(card.tone).toBe('warning');
    }
    expect(await bot.counts()).toBe('2 events from 3 items');
  });

  it.each([
    [`split ${DELAY.url}`, 'stands alone already'],
    [`split ${FISH.url}`, 'is in no event'],
    ['split https://unknown.example/', 'has been seen on the feeds'],
    [`unsplit ${ORDER.url}`, 'was not split off'],
    [`merge ${ORDER.url} ${COVERAGE.url}`, 'are on one event already'],
    [`unmerge ${ORDER.url} ${COVERAGE.url}`, 'try /barrier split'],
  ])('says what is the matter with /barrier %s', async (line, words) => {
    expect(await (await start()).words(`/barrier ${line}`)).toContain(words);
  });
});
