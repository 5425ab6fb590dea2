import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../src/model.ts';
import { finishItems } from '../../../src/poll.ts';
import { DAY } from '../../../src/time.ts';
import {
  CHANNEL,
  createTestBot,
  feedDraft,
  itemDraft,
  localUser,
  type Sources,
  WORKSPACE,
  wordsOf,
} from '../../test-bot.ts';

const URL = 'https://us.example/feed';
const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  summary: 'The order directs the attorney general to challenge state AI laws in court. Chips are not its subject.',
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const FISH = itemDraft('Bluefin tuna quota transfer for December', { publishedAt: '2026-06-09T16:00:00.000Z' });
const OTHER: Workspace = { id: 'slack:T2', adapter: 'slack', name: 'Others', timeZone: 'UTC' };
const MEMBER = { isAdmin: false, name: 'mia' };

async function start() {
  const sources: Sources = new Map([[URL, [ORDER, FISH]]]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  const idOf = async (url = '') => (await bot.store.findItem('local', url))?.item.id ?? '';
  const say = async (...said: Parameters<typeof bot.say>) => wordsOf(await bot.say(...said));
  return { bot, sources, say, order: await idOf(ORDER.url), fish: await idOf(FISH.url) };
}

describe('/barrier wrong', () => {
  it('lets a member propose, and changes nothing until an admin confirms', async () => {
    const { bot, say, order } = await start();
    const card = await bot.say(
      `/barrier wrong ${order} deadlock eases words:"ATTORNEY general" note:"it is about courts"`,
      MEMBER,
    );
    expect(card).toMatchObject({ public: false, title: `Proposed: ${ORDER.title}` });
    // To share it would be to propose it once more.
    expect(card.share).toBeUndefined();
    const text = wordsOf(card);
    for (const words of [
      'Before: ▲ Geopolitical deadlock',
      'After: ▼ Geopolitical deadlock',
      '“attorney general”',
      'Note: it is about courts',
      'until an admin confirms it',
      'Confirm #1: /barrier confirm 1',
    ])
      expect(text).toContain(words);
    expect(await say('/barrier deadlock')).toContain('▲ 1 ▼ 0');
    expect(await say('/barrier confirm 1', MEMBER)).toContain('is for admins');
    const confirmed = await bot.say('/barrier confirm #1');
    expect(confirmed).toMatchObject({ public: true, by: 'ana' });
    expect(wordsOf(confirmed)).toContain('Undo #1: /barrier undo 1');
    expect(await say('/barrier deadlock')).toContain('▲ 0 ▼ 1');
  });

  it('holds at once when an admin says it, in every look-up and the digest', async () => {
    const { bot, say, order } = await start();
    expect(await bot.say(`/barrier wrong ${order} pacing deepens, deadlock eases primary:pacing`)).toMatchObject({
      public: true,
      title: `Corrected: ${ORDER.title}`,
    });
    expect(await say('/barrier pacing')).toContain(ORDER.title);
    expect(await say('/barrier')).toContain('pressure +1 (▲ 1 ▼ 0 ◆ 0), was 0 [AO]');
    expect(await say('/barrier search laws barrier:pacing')).toContain(
      '"detail":"▼ Geopolitical deadlock, ▲ Technology outruns law and institutions · corrected"',
    );
    const digest = await say('/digest preview');
    expect(digest).toContain('Technology outruns law and institutions [AO]');
    expect(digest).toContain('"detail":"also ▼ Geopolitical deadlock · corrected"');
    await bot.say('/digest now');
    expect(bot.posts.map(wordsOf).join()).toContain('corrected');
  });

  it('says who corrected it, when and why, and what the rules had said', async () => {
    const { bot, say, order } = await start();
    await bot.say(`/barrier wrong ${order} deadlock mixed words:"state AI laws" note:"both ways"`, {
      ...MEMBER,
      name: 'Mia M.',
    });
    await bot.say('/barrier confirm 1');
    const why = await say(`/barrier why ${order}`);
    for (const words of [
      '◆ Geopolitical deadlock [CH 2.1] · corrected by Mia M.',
      '“state AI laws” title 39–52',
      '#1 proposed by Mia M., Wed 10 Jun 2026 08:30 · confirmed by ana',
      'Note: both ways',
      'What the rules had said',
      '▲ Geopolitical deadlock (rules@2)',
      `Wrong tag: /barrier wrong ${order}`,
    ])
      expect(why).toContain(words);
  });

  it('takes what is off topic out, and brings what is relevant in', async () => {
    const { bot, say, order, fish } = await start();
    await bot.say(`/barrier wrong ${order} off topic`);
    await bot.say(`/barrier wrong ${fish} institutions eases crisis:yes`);
    const preview = await say('/digest preview');
    expect(preview).not.toContain(`"title":"${ORDER.title}"`);
    expect(preview).toContain(`1 off topic: “${ORDER.title}”`);
    expect(preview).toContain(`"title":"${FISH.title}"`);
    expect(await say('/barrier deadlock')).not.toContain(ORDER.title);
    expect(await say('/barrier')).toContain('2 items read, 1 about AI governance');
    expect(await say(`/barrier why ${order}`)).toContain('Off topic, as people here have said.');
    expect(await say(`/barrier why ${fish}`)).toContain('It is flagged as a crisis signal.');
    await bot.say(`/barrier wrong ${fish} none crisis:no`);
    expect(await say(`/barrier why ${fish}`)).toContain('with no barrier, as people here have said');
  });

  it('posts an item that is found relevant after its digest with the next one, once', async () => {
    const { bot, say, fish } = await start();
    await bot.say('/digest now');
    bot.advance(DAY);
    await bot.say(`/barrier wrong ${fish} institutions eases`);
    expect(await say('/digest preview')).toContain(FISH.title);
    await bot.say('/digest now');
    bot.advance(DAY);
    expect(await say('/digest preview')).not.toContain(FISH.title);
  });

  it('is never seen by another workspace', async () => {
    const { bot, order } = await start();
    await bot.host.join(OTHER);
    const there = { workspace: OTHER, channel: { adapter: 'slack', workspaceId: OTHER.id, id: 'C1' } };
    await bot.say(`/barrier wrong ${order} off topic note:secret`);
    for (const line of [
      '/barrier deadlock',
      `/barrier why ${order}`,
      '/digest preview',
      '/barrier corrections',
      '/barrier export',
      '/barrier undo 1',
      '/feeds history',
    ]) {
      const text = wordsOf(await bot.say(line, there));
      expect(text).not.toMatch(/secret|corrected|off topic/i);
    }
    expect(wordsOf(await bot.say('/barrier deadlock', there))).toContain(ORDER.title);
    expect(wordsOf(await bot.say('/barrier undo 1', there))).toContain('There is no correction “1” here');
  });

  it.each([
    ['', 'That is how it is tagged: ▲ Geopolitical deadlock.'],
    ['deadlock deepens', 'That is how it is tagged'],
    ['fish eases', 'No barrier is called “fish”'],
    ['pacing', 'Which way?'],
    ['pacing eases words:"never said"', 'neither in the title nor in the summary'],
    ['crisis:perhaps', 'crisis is one of yes, no'],
  ])('says what to type in place of “%s”', async (words, answer) => {
    const { bot, say, order } = await start();
    expect(await say(`/barrier wrong ${order} ${words}`)).toContain(answer);
    expect(await bot.store.correctionHistory('local', 5)).toEqual([]);
  });

  it('asks an admin once for the same proposal', async () => {
    const { bot, say, order } = await start();
    await bot.say(`/barrier wrong ${order} none`, MEMBER);
    expect(await say(`/barrier wrong ${order} none`, { isAdmin: false, name: 'max' })).toContain(
      'proposed already, as #1',
    );
  });

  it('fills its form with what holds now', async () => {
    const { bot, order, fish } = await start();
    const user = localUser();
    const filled = (workspace: Workspace, text: string) =>
      bot.host.prefill({ workspace, channel: CHANNEL, user, text });
    const here = (text: string) => filled(WORKSPACE, text);
    expect(await here(`/barrier wrong ${order}`)).toEqual({
      item: order,
      barriers: 'geopolitical-deadlock deepens',
      primary: 'geopolitical-deadlock',
      crisis: 'no',
    });
    expect(await here(`/barrier wrong ${fish}`)).toEqual({ item: fish, barriers: 'off topic', crisis: 'no' });
    expect(await filled(OTHER, `/barrier wrong ${order}`)).toEqual({ item: order });
  });
});

describe('corrections', () => {
  it('are listed: what waits, and what was decided by whom', async () => {
    const { bot, say, order, fish } = await start();
    await bot.say(`/barrier wrong ${order} none`, MEMBER);
    await bot.say(`/barrier wrong ${fish} pacing mixed`, MEMBER);
    await bot.say('/barrier refuse 2');
    const text = await say('/barrier corrections', MEMBER);
    expect(text).toContain(
      '#1 proposed by mia, Wed 10 Jun 2026 08:30\nBefore: ▲ Geopolitical deadlock\nAfter: no barrier',
    );
    expect(text).toContain('#2 proposed by mia, Wed 10 Jun 2026 08:30 · refused by ana, Wed 10 Jun 2026 08:30');
    expect(text).toContain('Undo #2: /barrier undo 2');
  });

  it('restore exactly what held when they are undone', async () => {
    const { bot, say, order } = await start();
    const why = () => say(`/barrier why ${order}`);
    const [rules] = [await why()];
    await bot.say(`/barrier wrong ${order} pacing eases`);
    const first = await why();
    await bot.say(`/barrier wrong ${order} off topic`);
    expect(await say('/barrier undo 1')).toContain('Take back the later one first');
    expect(await say('/barrier undo 2')).toContain('Correction #1 holds again');
    expect(await why()).toBe(first);
    expect(await say('/barrier undo 1')).toContain('The rules’ own tags hold again');
    expect(await why()).toBe(rules);
    expect(await say('/barrier undo 1')).toContain('was taken back');
  });

  it('stay out of the history of feeds and of its undo', async () => {
    const { bot, say, order } = await start();
    await bot.say('/feeds title us Federal news');
    for (let round = 0; round < 30; round++) {
      await bot.say(`/barrier wrong ${order} none`);
      await bot.say(`/barrier undo ${round + 1}`);
    }
    expect(await say('/feeds history')).not.toContain('correction');
    const [step] = await bot.store.correctionHistory('local', 1);
    expect(await say(`/feeds undo ${step?.id}`)).toContain('/barrier undo');
    expect(await say('/feeds undo')).toContain('Undone: title us');
  });

  it('stay when the item is tagged again and when its feed edits it', async () => {
    const { bot, sources, say, order } = await start();
    await bot.say(`/barrier wrong ${order} pacing deepens words:"attorney general"`);
    sources.set(URL, [
      { ...ORDER, title: 'Executive order on state AI laws', summary: 'Now the attorney general acts.' },
      FISH,
    ]);
    await bot.poll();
    expect(await say('/barrier pacing')).toContain('"evidence":["attorney general"]');
    sources.set(URL, [{ ...ORDER, title: 'Executive order on state AI laws', summary: '' }, FISH]);
    await bot.poll();
    await finishItems({ store: bot.store, clock: bot.clock });
    const why = await say(`/barrier why ${order}`);
    expect(why).toContain('“Executive order on state AI laws” title 0–32');
    expect(why).toContain('corrected by ana');
  });

  it('are exported as labelled items that the tagger can be measured on', async () => {
    const { bot, say, order, fish } = await start();
    expect(await say('/barrier export')).toContain('No corrections yet');
    await bot.say(`/barrier wrong ${order} pacing deepens, institutions eases primary:institutions`);
    await bot.say(`/barrier wrong ${fish} none`);
    const file = (await bot.say('/barrier export')).blocks.find((block) => block.kind === 'file');
    const lines = (file?.content ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      {
        id: order,
        title: ORDER.title,
        summary: ORDER.summary,
        publisher: 'Feed us',
        date: ORDER.publishedAt,
        url: ORDER.url,
        stream: 'us',
        relevant: true,
        barriers: { 'weakened-institutions': 'eases', 'pacing-gap': 'deepens' },
        primary: 'weakened-institutions',
        crisis: false,
      },
      expect.objectContaining({ id: fish, relevant: true, barriers: {}, primary: null }),
    ]);
    expect(await say('/barrier export', MEMBER)).toContain('is for admins');
  });
});
