import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { AwayError, DoubtError, RouteError, WorldError } from '../../src/errors.ts';
import { settleDeliveries } from '../../src/settle.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/time.ts';
import { CHANNEL, WORKSPACE, wordsOf } from '../test-bot.ts';
import { beat, minutesOfTries, ORDER, OTHER_ORDER, withItems } from './delivering.ts';

describe('a digest that failed for a reason that may pass', () => {
  it('is tried again after 1, 5, 15 and 60 minutes, and then at its regular time', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(await minutesOfTries(bot, 24 * 60 + 2)).toEqual([0, 1, 6, 21, 81, 24 * 60, 24 * 60 + 1]);
    const deliveries = await bot.store.deliveries(bot.subscription.id, 10);
    expect(deliveries).toMatchObject([
      { state: 'failed', error: 'answered 503', attempts: 2, nextTryAt: '2026-06-11T06:36:00.000Z' },
      { state: 'failed', error: 'answered 503', attempts: 5 },
    ]);
    expect(deliveries[1]).not.toHaveProperty('nextTryAt');
  });

  it('holds at the next try what it held, and is then over', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await postDueDigests(bot.dependencies);
    bot.failures.clear();
    expect(await minutesOfTries(bot, 120)).toEqual([1]);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
    expect(await bot.store.deliveries(bot.subscription.id, 10)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('is in the digest of the next day where no try got through', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await minutesOfTries(bot, 120);
    bot.failures.clear();
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
  });

  it('is not tried before the platform wants to be asked again', async () => {
    const bot = await withItems([ORDER]);
    const notBefore = plus(bot.clock.now(), 30 * MINUTE);
    bot.failures.set(CHANNEL.id, new WorldError('answered 429', { notBefore }));
    expect(await minutesOfTries(bot, 40)).toEqual([0, 30, 35]);
  });

  it('is tried at once where a person asks in between, and that try counts with the others', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(await minutesOfTries(bot, 9)).toEqual([0, 1, 6]);
    expect(wordsOf(await bot.say('/digest now'))).toContain('answered 503');
    expect(await minutesOfTries(bot, 120)).toEqual([60]);
  });

  it('is over once a person’s try in between got through', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(await minutesOfTries(bot, 9)).toEqual([0, 1, 6]);
    bot.failures.clear();
    await bot.say('/digest now');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
  });

  it('is still the regular one where a person’s try before it failed', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(wordsOf(await bot.say('/digest now'))).toContain('answered 503');
    bot.advance(MINUTE);
    bot.failures.clear();
    expect(await minutesOfTries(bot, 120)).toEqual([0]);
    expect(bot.posts).toHaveLength(1);
  });

  it('is not tried again by itself where a person posted it apart from a regular one', async () => {
    const bot = await withItems([ORDER]);
    await postDueDigests(bot.dependencies);
    bot.advance(6 * HOUR);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(wordsOf(await bot.say('/digest now'))).toContain('answered 503');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
  });

  it('is not tried again while the channel is suspended, and at once when that ends', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await postDueDigests(bot.dependencies);
    await bot.host.removed({ workspaceId: WORKSPACE.id, channelId: CHANNEL.id }, 'it was removed');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
    bot.failures.clear();
    await bot.host.returned(WORKSPACE.id);
    expect(await minutesOfTries(bot, 5)).toEqual([0]);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
  });

  it('is the same at each try, under the same name, whatever was read in between', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await minutesOfTries(bot, 2);
    bot.sources.set('https://us.example/feed', [OTHER_ORDER, ORDER]);
    await bot.poll();
    bot.failures.clear();
    expect(await minutesOfTries(bot, 20)).toEqual([3]);
    expect(new Set(bot.attempts.map(({ key }) => key)).size).toBe(1);
    expect(bot.posts.map((card) => wordsOf(card).includes(OTHER_ORDER.title))).toEqual([false]);
    bot.advance(DAY);
    await beat(bot);
    const next = wordsOf(bot.posts[1] ?? expect.fail('no second digest'));
    expect([next.includes(OTHER_ORDER.title), next.includes(ORDER.title)]).toEqual([true, false]);
  });

  it('is what a person gets who asks for one now, before anything newer', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await beat(bot);
    bot.failures.clear();
    expect((await bot.say('/digest now')).title).toBe('Posted');
    expect(bot.posts).toHaveLength(1);
    expect(await bot.store.deliveries(bot.subscription.id, 5)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('is not counted as tried while the platform is not connected, and comes as soon as it is', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new AwayError('Slack is not connected.'));
    await minutesOfTries(bot, 10);
    bot.failures.clear();
    expect(await beat(bot)).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(bot.posts).toHaveLength(1);
  });
});

describe('a digest in doubt', () => {
  /** A digest of which the platform did not say whether it arrived. */
  async function inDoubt(thrown: Error = new DoubtError('2 of 3 messages arrived')) {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, thrown);
    expect(await postDueDigests(bot.dependencies)).toMatchObject([{ state: 'doubtful', error: thrown.message }]);
    bot.failures.clear();
    return bot;
  }
  type Doubtful = Awaited<ReturnType<typeof inDoubt>>;
  const keyOf = (bot: Doubtful) => bot.attempts[0]?.key ?? expect.fail('nothing was tried');
  const newest = async (bot: Doubtful) => (await bot.store.deliveries(bot.subscription.id, 1))[0];

  it('is settled by asking the platform, and not sent again where it had arrived', async () => {
    const bot = await inDoubt();
    bot.standing.set(keyOf(bot), 'm7');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
    expect(bot.resumed).toMatchObject([{ key: keyOf(bot), since: '2026-06-10T06:30:00.000Z' }]);
    expect(bot.posts).toEqual([]);
    expect(await newest(bot)).toMatchObject({ state: 'sent', messageRef: 'm7', settledBy: 'it had arrived' });
    bot.advance(DAY);
    await beat(bot);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([false]);
  });

  it('is sent again, the same and under the same key, where it surely had not arrived', async () => {
    const bot = await inDoubt();
    expect(await minutesOfTries(bot, 120)).toEqual([1]);
    expect(bot.attempts.map(({ key }) => key)).toEqual([keyOf(bot), keyOf(bot)]);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([true]);
    expect(await newest(bot)).toMatchObject({ state: 'sent', settledBy: 'it had not arrived and was sent again' });
  });

  it('holds up the next digest of its channel until it is settled', async () => {
    const bot = await inDoubt();
    bot.failures.set(CHANNEL.id, new WorldError('no answer'));
    await beat(bot);
    bot.advance(DAY);
    await beat(bot);
    expect(await bot.store.deliveries(bot.subscription.id, 5)).toMatchObject([{ state: 'doubtful' }]);
    bot.failures.clear();
    bot.advance(HOUR);
    await beat(bot);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([true, false]);
  });

  it('is asked about every hour for a day while the platform does not answer, then given up, and an admin told once', async () => {
    const bot = await inDoubt();
    const dependencies = { ...bot.dependencies, admins: ['local:ana'] };
    bot.failures.set(CHANNEL.id, new WorldError('no answer'));
    for (let minute = 0; minute < 30 * 60; minute += 5) {
      await settleDeliveries(dependencies);
      bot.advance(5 * MINUTE);
    }
    expect(bot.resumed.length).toBeGreaterThan(20);
    expect(bot.told.map(({ card }) => card.title)).toEqual(['A digest may not have arrived']);
    expect(await newest(bot)).toMatchObject({ state: 'doubtful', error: 'no answer' });
    expect(await newest(bot)).not.toHaveProperty('nextTryAt');
  });

  it.each([
    ['may not be asked', new DoubtError('no right to read there', { isLasting: true }), 1],
    ['cannot tell', new DoubtError('1 of 3 messages arrived'), 4],
    ['meets a fault of ours', new TypeError('blocks is undefined'), 4],
  ])(
    'is given up where the platform %s, an admin is told once, and nothing is sent again',
    async (_, thrown, asked) => {
      const bot = await inDoubt();
      const dependencies = { ...bot.dependencies, admins: ['local:ana'] };
      bot.failures.set(CHANNEL.id, thrown);
      for (let minute = 0; minute < 300; minute++) {
        await settleDeliveries(dependencies);
        bot.advance(MINUTE);
      }
      expect(bot.resumed).toHaveLength(asked);
      expect(bot.told.map(({ card }) => wordsOf(card))).toEqual([expect.stringContaining(thrown.message)]);
      bot.failures.clear();
      bot.advance(DAY);
      await beat(bot);
      expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([false]);
    },
  );

  it('is told of before it is given up in the ledger, so that dying in between tells twice rather than never', async () => {
    const bot = await inDoubt(new DoubtError('no right to read there'));
    bot.failures.set(CHANNEL.id, new DoubtError('no right to read there', { isLasting: true }));
    bot.advance(MINUTE);
    const store = { ...bot.store, settleDelivery: () => Promise.reject(new Error('disk full')) };
    await settleDeliveries({ ...bot.dependencies, store, admins: ['local:ana'] });
    expect(bot.told).toHaveLength(1);
    expect(await bot.store.doubtOpenClaims(bot.clock.now())).toMatchObject([{ state: 'doubtful' }]);
  });

  it('waits, in a channel that is closed, until that is open again', async () => {
    const bot = await inDoubt();
    bot.failures.set(CHANNEL.id, new RouteError('the channel is archived'));
    bot.advance(MINUTE);
    await beat(bot);
    expect((await bot.store.subscriptionOf(CHANNEL))?.suspended?.reason).toBe('the channel is archived');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
    bot.failures.clear();
    bot.standing.set(keyOf(bot), 'm7');
    await bot.store.liftSuspension(CHANNEL);
    await beat(bot);
    expect(await newest(bot)).toMatchObject({ state: 'sent', settledBy: 'it had arrived' });
  });

  it('says how much of it had arrived where the rest was sent', async () => {
    const bot = await inDoubt();
    const adapter = bot.dependencies.adapters[0] ?? expect.fail('no adapter');
    adapter.resume = async () => ({ messageRef: 'm7', found: 1, messages: 3 });
    bot.advance(MINUTE);
    await beat(bot);
    expect(await newest(bot)).toMatchObject({ settledBy: '1 of 3 messages had arrived and the rest was sent' });
  });

  it('is what a fault of ours leaves, which is logged', async () => {
    const bot = await inDoubt(new TypeError('blocks is undefined'));
    expect(bot.log.lines.join()).toContain('may or may not have been posted');
  });

  it('is what a digest becomes that was posted but could not be noted as sent, and is found at the next start', async () => {
    const bot = await withItems([ORDER]);
    const store = { ...bot.store, settleDelivery: () => Promise.reject(new Error('disk full')) };
    expect(await postDueDigests({ ...bot.dependencies, store })).toMatchObject([
      { state: 'doubtful', error: 'disk full' },
    ]);
    bot.standing.set(bot.attempts[0]?.key ?? '', 'm1');
    expect((await bot.store.doubtOpenClaims(bot.clock.now())).map(({ state }) => state)).toEqual(['doubtful']);
    await beat(bot);
    bot.advance(DAY);
    await beat(bot);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([true, false]);
  });
});
