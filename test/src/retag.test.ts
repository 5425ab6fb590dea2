import { describe, expect, it } from 'vitest';
import type { TaggedItem } from '../../src/model.ts';
import { retag } from '../../src/retag.ts';
import { moveFields } from '../../src/retag-words.ts';
import { tag } from '../../src/taxonomy/tag.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const OMNIBUS = itemDraft('Digital omnibus delays high-risk rules of the AI Act to 2027', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const FISH = itemDraft('Bluefin tuna quota transfer for December', { publishedAt: '2026-06-09T16:00:00.000Z' });
const MANY = Array.from({ length: 230 }, (_, index) => itemDraft(`Bluefin tuna quota ${index}`));

type Text = Parameters<typeof tag>[0];

/** Rules of tomorrow: everything is off topic but fish, which is about the pacing gap. */
const TOMORROW = {
  method: 'rules@tomorrow',
  tag({ title, summary }: Text): TaggedItem {
    const evidence = [{ field: 'title', start: 0, end: 7, quote: title.slice(0, 7) } as const];
    const facts = { confidence: 0.9, evidence, section: 'AO', method: TOMORROW.method, reasons: [] };
    const isFish = title.includes('Bluefin');
    return {
      ...tag({ title, summary }),
      relevant: isFish,
      taggings: isFish ? [{ barrier: 'pacing-gap', direction: 'deepens', ...facts }] : [],
      primary: 'pacing-gap',
      crisis: false,
      method: TOMORROW.method,
    };
  },
};

async function start(items = [ORDER, OMNIBUS, FISH]) {
  const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', items]]));
  await bot.poll();
  return bot;
}

describe('tagging again', () => {
  it('tags what other rules had tagged, counts what moved, and gives it with examples', async () => {
    const bot = await start();
    const run = await retag({ ...bot, rules: TOMORROW }, 'local:ana');
    expect(run).toMatchObject({ method: 'rules@tomorrow', startedBy: 'local:ana', finishedAt: bot.clock.now() });
    expect(run.report).toMatchObject({ retagged: 3, changed: 3 });
    expect(run.report.barriers['pacing-gap']?.added).toBe(1);
    expect(run.report.barriers['geopolitical-deadlock']?.dropped).toBe(1);
    expect(moveFields(run.report)).toContainEqual({
      name: 'Geopolitical deadlock',
      value: '0 added, 1 dropped, 0 turned',
    });
    expect(run.report.examples.map(({ title, before, after }) => [title, before, after])).toContainEqual([
      FISH.title,
      'off topic',
      '▲ Technology outruns law and institutions',
    ]);
  });

  it('lets items leave their events, and join one when they become relevant', async () => {
    const bot = await start();
    await retag({ ...bot, rules: TOMORROW }, 'local:ana');
    const read = async (url = '') => bot.store.findItem('local', url);
    expect((await read(ORDER.url))?.eventId).toBeUndefined();
    expect((await read(FISH.url))?.eventId).toBeDefined();
    expect(wordsOf(await bot.say('/barrier pacing'))).toContain(FISH.title);
  });

  it('never touches corrections', async () => {
    const bot = await start();
    const id = (await bot.store.findItem('local', ORDER.url ?? ''))?.item.id ?? '';
    await bot.say(`/barrier wrong ${id} institutions eases words:"executive order"`);
    const before = (await bot.store.correctedItems('local'))[0]?.correction;
    await retag({ ...bot, rules: TOMORROW }, 'local:ana');
    expect((await bot.store.correctedItems('local'))[0]?.correction).toEqual(before);
    const why = wordsOf(await bot.say(`/barrier why ${id}`));
    expect(why).toContain('▼ Weakened institutions [CH 2.2] · corrected by ana');
    expect(why).toContain('off topic (rules@tomorrow)');
  });

  it('goes on where it was stopped, and counts nothing twice', async () => {
    const bot = await start(MANY);
    const stopping = new AbortController();
    const stopped = await retag({ ...bot, rules: TOMORROW, signal: stopping.signal }, 'local:ana', () =>
      stopping.abort(),
    );
    expect(stopped.finishedAt).toBeUndefined();
    expect(stopped.report).toMatchObject({ retagged: 100, changed: 100 });
    expect(await bot.store.retagProgress(stopped.cursor)).toEqual({ done: 100, items: 230 });
    const steps: number[] = [];
    const run = await retag({ ...bot, rules: TOMORROW }, 'local:ben', ({ report }) => steps.push(report.retagged));
    expect(steps).toEqual([200, 230]);
    expect(run).toMatchObject({
      number: stopped.number,
      startedBy: 'local:ana',
      report: { retagged: 230, changed: 230 },
    });
    expect(run.report.examples).toHaveLength(10);
  });

  it('does nothing twice, and starts anew for other rules', async () => {
    const bot = await start();
    const first = await retag({ ...bot, rules: TOMORROW }, 'local:ana');
    expect(await retag({ ...bot, rules: TOMORROW }, 'local:ana')).toEqual(first);
    const back = await retag(bot, 'local:ana');
    expect(back.number).not.toBe(first.number);
    expect(back.report).toMatchObject({ retagged: 3, changed: 3 });
    expect(wordsOf(await bot.say('/barrier deadlock'))).toContain(ORDER.title);
  });
});

describe('/barrier retag', () => {
  const settled = async (bot: Awaited<ReturnType<typeof start>>) => {
    for (;;) {
      const text = wordsOf(await bot.say('/barrier retag'));
      if (text.includes('Finished')) return text;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('starts it, and shows later what it did to items of this list', async () => {
    const bot = await start();
    await retag({ ...bot, rules: TOMORROW }, 'local:ana');
    expect(wordsOf(await bot.say('/barrier retag'))).toContain('tagged again in the background');
    const text = await settled(bot);
    expect(text).toContain('3 items tagged again by rules@');
    expect(text).toContain('of which 3 changed');
    expect(text).toContain(`${FISH.title} (`);
    expect(text).toContain('▲ Technology outruns law and institutions → off topic');
    expect(await settled(bot)).toBe(text);
  });

  it('shows no titles of feeds that are not on the list', async () => {
    const bot = await start();
    await retag({ ...bot, rules: TOMORROW }, 'local:ana');
    await bot.say('/barrier retag');
    await settled(bot);
    await bot.say('/feeds remove us');
    expect(await settled(bot)).not.toContain(FISH.title);
  });

  it('is for admins', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/barrier retag', { isAdmin: false }))).toContain('is for admins');
    expect(await bot.store.lastRetagRun()).toBeUndefined();
  });
});
