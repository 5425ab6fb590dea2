import { describe, expect, it } from 'vitest';
import { DoubtError, WorldError } from '../../src/errors.ts';
import { tellNotices } from '../../src/notices.ts';
import type { Adapter } from '../../src/ports.ts';
import { DAY, HOUR } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, type Sources, wordsOf } from '../test-bot.ts';

const NOW = '2026-06-10T06:30:00.000Z';
const ITEMS = Array.from({ length: 8 }, (_, index) => itemDraft(`Old ${index}`));
const REBUILT = Array.from({ length: 8 }, (_, index) => itemDraft(`Rebuilt ${index}`));

async function start(ids: readonly string[] = ['us']) {
  const url = (id: string) => `https://${id}.example/feed`;
  const sources: Sources = new Map(ids.map((id) => [url(id), ITEMS]));
  const bot = await createTestBot(
    ids.map((id) => feedDraft(id)),
    sources,
  );
  await bot.poll();
  const admins = ['local:maria'];
  return {
    ...bot,
    tell: (adapters: readonly Adapter[] = bot.dependencies.adapters) =>
      tellNotices({ ...bot.dependencies, adapters, admins }),
    show: (id: string, brought: (typeof ITEMS)[number][] | Error) => sources.set(url(id), brought),
    /** Polls every hour or two for as long as a day and an hour. */
    async dayOf() {
      for (let hour = 0; hour <= 25; hour += 5) {
        await bot.poll();
        bot.advance(hour === 25 ? 0 : 5 * HOUR);
      }
    },
  };
}

const broken = (bot: Awaited<ReturnType<typeof start>>, post: Adapter['post']): Adapter[] => [
  { ...(bot.dependencies.adapters[0] ?? expect.fail('no adapter')), post },
];

describe('notices on feeds', () => {
  it('tell a named admin where the feed came with the first run and no channel is chosen', async () => {
    const bot = await start();
    bot.show('us', new WorldError('answered 503', { status: 503 }));
    await bot.dayOf();
    expect(await bot.tell()).toBe(1);
    expect(bot.told.map(({ userId }) => userId)).toEqual(['local:maria']);
    expect(wordsOf(bot.told[0]?.card ?? expect.fail())).toMatch(
      /Down for a day: 1 source\nFeed us: trouble at the server: answered 503 · last read 25 h ago · next try/,
    );
    expect(await bot.tell()).toBe(0);
  });

  it('tell the one who added the feed, else whom ADMINS names', async () => {
    const bot = await start([]);
    bot.show('new', []);
    await bot.say('/feeds import [new]', { name: 'ben' });
    bot.show('new', new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    await bot.tell();
    expect(bot.told.map(({ userId, card }) => [userId, card.title])).toEqual([
      ['local:ben', 'Gone for good, and paused: 1 source'],
    ]);
  });

  it('tell the one who set up a digest where the feed came with the first run and ADMINS names nobody', async () => {
    const bot = await start();
    await bot.store.saveSubscription({ ...bot.subscription, createdBy: 'local:eva' }, 'subscribe', 'local:eva', NOW);
    bot.show('us', new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    await tellNotices({ ...bot.dependencies, admins: [] });
    expect(bot.told.map(({ userId }) => userId)).toEqual(['local:eva']);
  });

  it('go into the channel that was chosen, as one card for many sources', async () => {
    const bot = await start(['a', 'b', 'c']);
    await bot.say('/feeds notices here');
    for (const id of ['a', 'b', 'c']) bot.show(id, new WorldError('host not found'));
    await bot.dayOf();
    expect(await bot.tell()).toBe(3);
    expect([bot.posts.map(({ title }) => title), bot.told]).toEqual([['Down for a day: 3 sources'], []]);
    for (const id of ['a', 'b', 'c']) bot.show(id, ITEMS);
    bot.advance(DAY);
    await bot.poll();
    await bot.tell();
    await bot.tell();
    expect(bot.posts.map(({ title }) => title)).toEqual(['Down for a day: 3 sources', 'Read again: 3 sources']);
  });

  it('ask once what to do with a flood, with buttons that do it', async () => {
    const bot = await start();
    await bot.say('/feeds notices here');
    bot.advance(HOUR);
    bot.show('us', REBUILT);
    await bot.poll();
    await bot.tell();
    bot.advance(DAY);
    await bot.tell();
    expect(bot.posts).toHaveLength(1);
    const text = wordsOf(bot.posts[0] ?? expect.fail());
    expect(text).toContain('Feed us: 8 of 8 entries look new at once');
    expect(text).toContain('Post them: /feeds release us\nThey are old: /feeds dismiss us');
  });

  it('say nothing where notices are off, or nobody is known', async () => {
    const bot = await start();
    bot.show('us', new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    expect(await tellNotices({ ...bot.dependencies, admins: [] })).toBe(0);
    await bot.say('/feeds notices off');
    expect(await bot.tell()).toBe(0);
    await bot.say('/feeds notices here');
    expect(await bot.tell()).toBe(1);
  });

  it('go to a person where the channel takes no posts, and are tried again where nobody can be reached', async () => {
    const bot = await start();
    await bot.say('/feeds notices here');
    bot.show('us', new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    const closed = broken(bot, async () => {
      throw new WorldError('the channel is archived');
    });
    const [first] = closed;
    const mute = { ...(first ?? expect.fail()), tell: closed[0]?.post ?? expect.fail() } as unknown as Adapter;
    expect(await bot.tell([mute])).toBe(0);
    expect(await bot.tell(closed)).toBe(0);
    bot.advance(HOUR);
    expect(await bot.tell(closed)).toBe(1);
    expect(bot.told.map(({ userId, card }) => [userId, card.public])).toEqual([['local:maria', false]]);
  });

  it('are not said twice where the first may have arrived', async () => {
    const bot = await start();
    await bot.say('/feeds notices here');
    bot.show('us', new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    const doubtful = broken(bot, async () => {
      throw new DoubtError('the answer was lost');
    });
    await bot.tell(doubtful);
    bot.advance(DAY);
    expect([await bot.tell(), bot.posts, bot.told]).toEqual([0, [], []]);
  });

  it('wait for a platform that is not on', async () => {
    const bot = await start();
    bot.show('us', new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    expect(await bot.tell([])).toBe(0);
    expect(await bot.tell()).toBe(1);
  });
});
