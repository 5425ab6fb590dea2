import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/card.ts';
import type { Channel, Instant } from '../../src/model.ts';
import type { Adapter } from '../../src/ports.ts';
import { createService } from '../../src/service.ts';
import { setUp } from '../../src/setup.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/time.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CHANNEL, feedDraft, itemDraft, keptLog, localUser, WORKSPACE, wordsOf } from '../test-bot.ts';

const FEEDS = [feedDraft('us')];
const CHANNELS: readonly Channel[] = [CHANNEL, { ...CHANNEL, id: 'second' }, { ...CHANNEL, id: 'third' }];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'barrierwatch-sleep-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** One run of the bot on the same database file, as long as the machine is on. */
async function run(start: Instant) {
  let now = start;
  const clock = { now: () => now };
  const store = await openStore(join(folder, 'bot.db'));
  const posts: { readonly channelId: string; readonly card: Card; readonly at: Instant }[] = [];
  const adapter: Adapter = {
    name: 'local',
    start: async () => 'on',
    stop: async () => {},
    post: async (channel, card) => `m${posts.push({ channelId: channel.id, card, at: now })}`,
    resume: async () => ({ messageRef: 'm', found: 0, messages: 1 }),
    revise: async () => true,
    tell: async () => {},
    obstacle: async () => undefined,
  };
  const item = () =>
    itemDraft('Trump signs executive order to preempt state AI laws', { publishedAt: plus(now, -HOUR) });
  const service = createService({
    store,
    reader: { read: async () => ({ outcome: 'changed', items: [item()] }), close: async () => {} },
    lists: { parse: () => ({ feeds: [], filters: [], faults: [] }), write: () => '', fetch: async () => '' },
    clock,
    log: keptLog(),
    adapters: [adapter],
    admins: [],
    firstFeeds: () => FEEDS,
  });
  await setUp(store, { workspace: WORKSPACE, channel: CHANNEL, feeds: () => FEEDS, localTime: '08:30', now });
  await service.recover();
  await service.pollDue();
  return {
    service,
    posts,
    store,
    say: (text: string, channel: Channel) =>
      service.bot.handle({ workspace: WORKSPACE, channel, user: localUser(), text }),
    /** Lets time pass, with a beat every five minutes. */
    async pass(milliseconds: number) {
      for (const end = plus(now, milliseconds); now < end; now = plus(now, 5 * MINUTE)) await service.postDue();
    },
    /** Says nothing to the bot: time passes while the machine sleeps, or its clock is set. */
    jump: (milliseconds: number) => {
      now = plus(now, milliseconds);
    },
  };
}

const titles = (posts: Awaited<ReturnType<typeof run>>['posts'], channelId: string) =>
  posts.filter((post) => post.channelId === channelId).map(({ card }) => card.title);

describe('a laptop that was shut for three weeks', () => {
  it('posts one digest a channel that makes up for all of them, and then goes on as before', async () => {
    const before = await run('2026-11-02T06:00:00.000Z');
    await before.say('/digest schedule weekdays 8:30 Europe/Brussels', CHANNELS[1] ?? CHANNEL);
    await before.say('/digest schedule daily 9:00 Asia/Kathmandu', CHANNELS[2] ?? CHANNEL);
    await before.pass(2 * DAY);
    expect(CHANNELS.map(({ id }) => titles(before.posts, id).length)).toEqual([2, 2, 2]);
    await before.service.stop();

    const after = await run('2026-11-25T12:00:00.000Z');
    await after.pass(6 * HOUR);
    expect(CHANNELS.map(({ id }) => titles(after.posts, id))).toEqual([
      ['AI governance digest · catch-up, Tue 3 Nov 2026 to Wed 25 Nov 2026'],
      ['AI governance digest · catch-up, Tue 3 Nov 2026 to Wed 25 Nov 2026'],
      ['AI governance digest · catch-up, Wed 4 Nov 2026 to Wed 25 Nov 2026'],
    ]);
    after.posts.length = 0;
    await after.pass(DAY);
    expect(CHANNELS.map(({ id }) => titles(after.posts, id))).toEqual(
      CHANNELS.map(() => ['AI governance digest · Thu 26 Nov 2026']),
    );
    await after.service.stop();
  });

  it('that only slept, without a restart, does the same', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(2 * DAY);
    bot.posts.length = 0;
    bot.jump(21 * DAY);
    await bot.pass(2 * DAY);
    expect(bot.posts.map(({ card }) => card.title)).toEqual([
      'AI governance digest · catch-up, Tue 3 Nov 2026 to Wed 25 Nov 2026',
      'AI governance digest · Thu 26 Nov 2026',
    ]);
    await bot.service.stop();
  });
});

describe('a clock that was wrong for a while', () => {
  it('far ahead, brings no date twice and loses none once it is right again', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(HOUR);
    bot.jump(400 * DAY);
    await bot.service.postDue();
    bot.jump(-400 * DAY);
    bot.posts.length = 0;
    await bot.pass(3 * DAY);
    expect(bot.posts.map(({ at }) => at)).toEqual(['2026-11-03T07:30:00.000Z', '2026-11-04T07:30:00.000Z']);
    await bot.service.stop();
  });

  it('a little back, does not bring today’s digest again', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(3 * HOUR);
    expect(bot.posts).toHaveLength(1);
    bot.jump(-2 * HOUR);
    await bot.pass(6 * HOUR);
    expect(bot.posts).toHaveLength(1);
    await bot.service.stop();
  });
});

describe('a zone whose rules have changed', () => {
  it('has its plans put right at the next start', async () => {
    const before = await run('2026-11-02T06:00:00.000Z');
    await before.pass(3 * HOUR);
    const [subscription] = await before.store.subscriptions('local');
    // As if the zone had been two hours further west when the plan was made.
    await before.store.planDigest(subscription?.id ?? '', '2026-11-03T09:30:00.000Z', '2026-11-02T07:30:00.000Z');
    await before.service.stop();
    const after = await run('2026-11-02T10:00:00.000Z');
    await after.pass(DAY);
    expect(after.posts.map(({ at }) => at)).toEqual(['2026-11-03T07:30:00.000Z']);
    await after.service.stop();
  });

  it('is looked at too early without harm', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(3 * HOUR);
    const [subscription] = await bot.store.subscriptions('local');
    await bot.store.planDigest(subscription?.id ?? '', '2026-11-03T05:30:00.000Z', '2026-11-02T07:30:00.000Z');
    await bot.pass(DAY);
    expect(bot.posts.map(({ at }) => at).slice(1)).toEqual(['2026-11-03T07:30:00.000Z']);
    await bot.service.stop();
  });
});

describe('a pause', () => {
  it('ends in one digest for all that was held back, when a person resumes', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(3 * HOUR);
    await bot.say('/digest pause', CHANNEL);
    await bot.pass(4 * DAY);
    expect(wordsOf(await bot.say('/digest resume', CHANNEL))).toContain(
      'One digest for the time since Mon 2 Nov 2026 07:00 comes within a minute.',
    );
    await bot.pass(2 * DAY);
    expect(bot.posts.slice(1).map(({ at, card }) => [at, card.title])).toEqual([
      ['2026-11-06T09:00:00.000Z', 'AI governance digest · catch-up, Mon 2 Nov 2026 to Fri 6 Nov 2026'],
      ['2026-11-07T07:30:00.000Z', 'AI governance digest · Sat 7 Nov 2026'],
      ['2026-11-08T07:30:00.000Z', 'AI governance digest · Sun 8 Nov 2026'],
    ]);
    await bot.service.stop();
  });

  it('with an end is over with the first regular digest after it, which makes up for the rest', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(3 * HOUR);
    await bot.say('/digest pause until friday', CHANNEL);
    await bot.pass(5 * DAY);
    expect(bot.posts.slice(1).map(({ at, card }) => [at, card.title])).toEqual([
      ['2026-11-06T07:30:00.000Z', 'AI governance digest · catch-up, Mon 2 Nov 2026 to Fri 6 Nov 2026'],
      ['2026-11-07T07:30:00.000Z', 'AI governance digest · Sat 7 Nov 2026'],
    ]);
    await bot.service.stop();
  });

  it('that no digest time fell into is followed by no digest of its own', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(3 * HOUR);
    await bot.say('/digest pause', CHANNEL);
    await bot.pass(HOUR);
    await bot.say('/digest resume', CHANNEL);
    await bot.pass(HOUR);
    expect(bot.posts).toHaveLength(1);
    await bot.service.stop();
  });
});

describe('a digest by hand', () => {
  it('within the morning is the day’s digest', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(DAY);
    await bot.say('/digest now', CHANNEL);
    await bot.pass(DAY);
    expect(bot.posts.slice(1).map(({ at }) => at)).toEqual(['2026-11-03T06:00:00.000Z']);
    await bot.service.stop();
  });

  it('in the afternoon leaves tomorrow’s where it is', async () => {
    const bot = await run('2026-11-02T06:00:00.000Z');
    await bot.pass(8 * HOUR);
    await bot.say('/digest now', CHANNEL);
    await bot.pass(DAY);
    expect(bot.posts.slice(1).map(({ at }) => at)).toEqual(['2026-11-02T14:00:00.000Z', '2026-11-03T07:30:00.000Z']);
    await bot.service.stop();
  });
});
