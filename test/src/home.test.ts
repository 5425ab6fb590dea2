import { describe, expect, it } from 'vitest';
import { readLine } from '../../src/bot.ts';
import type { Card } from '../../src/card.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { WorldError } from '../../src/errors.ts';
import { BARRIERS } from '../../src/taxonomy/barriers.ts';
import { DAY } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, localUser, type Sources, WORKSPACE, wordsOf } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const OTHER = { id: 'T2', adapter: 'local', name: 'Others', timeZone: 'Asia/Tokyo' };

async function start(failing: readonly string[] = []) {
  const sources: Sources = new Map();
  sources.set('https://us.example/feed', [ORDER]);
  for (const id of failing) sources.set(`https://${id}.example/feed`, new WorldError(`answered 503 for ${id}`));
  const bot = await createTestBot([feedDraft('us'), ...failing.map((id) => feedDraft(id))], sources);
  await bot.poll();
  const home = (isAdmin: boolean, workspace = WORKSPACE) => bot.host.home(workspace, localUser({ isAdmin }));
  return { ...bot, sources, home };
}

const buttonsOf = ({ blocks }: Card) => blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

describe('the home page', () => {
  it('shows a member what moved in the last day, the pressure on each barrier, and what to type', async () => {
    const card = await (await start()).home(false);
    const words = wordsOf(card);
    expect(card.title).toBe(`The last day · ${WORKSPACE.name}`);
    expect(words).toContain(ORDER.title);
    for (const { name } of BARRIERS) expect(words).toMatch(new RegExp(`${name}: pressure`));
    expect(words).toContain('/barrier search export controls');
  });

  it('shows nothing of the day before yesterday', async () => {
    const bot = await start();
    bot.advance(2 * DAY);
    const words = wordsOf(await bot.home(false));
    expect(words).not.toContain(ORDER.title);
    expect(words).toContain('Quiet');
  });

  it('tells admins alone how the feeds do, and lets them add one', async () => {
    const bot = await start(['broken']);
    const words = wordsOf(await bot.home(true));
    expect(words).toContain('Feed health 1 of 2 read');
    expect(words.match(/answered 503 for broken/g)).toHaveLength(1);
    expect(buttonsOf(await bot.home(true))).toContainEqual({
      label: 'Add a feed',
      command: '/feeds add',
      action: 'form',
    });
    const member = await bot.home(false);
    expect(wordsOf(member)).not.toMatch(/Feed health|answered 503|Feed broken/);
    expect(buttonsOf(member).map(({ command }) => command)).toEqual(['/barrier overview', '/barrier help']);
  });

  it('tells admins of five failing feeds and how many more there are', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => `broken${index}`);
    const words = wordsOf(await (await start(ids)).home(true));
    expect(words.match(/answered 503/g)).toHaveLength(5);
    expect(words).toContain('and 2 more: /feeds health');
    expect(wordsOf(await (await start()).home(true))).toContain('No source fails.');
  });

  it('has buttons that name commands', async () => {
    for (const { command } of buttonsOf(await (await start()).home(true))) {
      expect(() => readLine(COMMANDS, command)).not.toThrow();
    }
  });

  it('is of one workspace alone, in its zone', async () => {
    const bot = await start(['broken']);
    await bot.store.saveWorkspace(OTHER, () => [feedDraft('theirs')], bot.clock.now());
    const card = await bot.home(true, OTHER);
    expect(card.timeZone).toBe('Asia/Tokyo');
    expect(wordsOf(card)).toContain('Feed health 0 of 1 read');
    expect(wordsOf(card)).not.toMatch(/preempt state AI laws|Feed us|Feed broken|answered 503|pressure \+1/);
    expect(wordsOf(await bot.home(true))).not.toContain('Feed theirs');
  });
});
