import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { DoubtError, WorldError } from '../../src/errors.ts';
import type { Adapter } from '../../src/ports.ts';
import { between, DAY, HOUR, MINUTE, plus } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, type Sources, WORKSPACE, wordsOf } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  summary: 'The order directs the attorney general to challenge state AI laws in court.',
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const OLD = itemDraft('Commission delays high-risk rules of the AI Act', { publishedAt: '2025-11-19T10:00:00.000Z' });

async function withItems(...items: Parameters<Sources['set']>[1][]) {
  const sources: Sources = new Map([
    ['https://us.example/feed', items.flatMap((each) => (each instanceof Error ? [] : each))],
  ]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  return { ...bot, sources };
}

type TestBot = Awaited<ReturnType<typeof withItems>>;

/** Lets the bot post what is due once a minute, and says at which minutes it tried. */
async function minutesOfTries(bot: TestBot, minutes: number): Promise<number[]> {
  const start = bot.clock.now();
  const before = bot.attempts.length;
  for (let minute = 0; minute <= minutes; minute++) {
    await postDueDigests(bot.dependencies);
    bot.advance(MINUTE);
  }
  return bot.attempts.slice(before).map(({ at }) => between(start, at) / MINUTE);
}

describe('a digest', () => {
  it('holds what is new, with title, link, source, date, direction, quote and section', async () => {
    const bot = await withItems([ORDER]);
    await postDueDigests(bot.dependencies);
    const text = wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'));
    expect(text).toContain('AI governance digest · Wed 10 Jun 2026');
    expect(text).toContain('Geopolitical deadlock [CH 2.1]');
    expect(text).toContain('"direction":"deepens"');
    expect(text).toContain('"section":"CH 2.1"');
    expect(text).toContain(ORDER.url);
    expect(text).toMatch(/"evidence":\["[^"]+"\]/);
  });

  it('never dumps the backlog of a first reading', async () => {
    const bot = await withItems([ORDER, OLD]);
    await postDueDigests(bot.dependencies);
    const text = wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'));
    expect(text).toContain(ORDER.title);
    expect(text).not.toContain(OLD.title);
  });

  it('is posted once, and the next one holds nothing that was posted before', async () => {
    const bot = await withItems([ORDER]);
    await postDueDigests(bot.dependencies);
    expect(await postDueDigests(bot.dependencies)).toEqual([]);
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([true, false]);
  });

  it('does not tell an event again when another source follows a day later', async () => {
    const bot = await withItems([ORDER]);
    await postDueDigests(bot.dependencies);
    bot.advance(DAY);
    const echo = { ...ORDER, guid: 'echo', url: 'https://other.example/echo', publishedAt: '2026-06-10T15:00:00.000Z' };
    bot.sources.set('https://us.example/feed', [echo, ORDER]);
    await bot.poll();
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[1] ?? expect.fail('no second digest'))).toContain('Quiet');
  });

  it('says in one line that nothing moved', async () => {
    const bot = await withItems([OLD]);
    await postDueDigests(bot.dependencies);
    expect(bot.posts[0]?.blocks).toHaveLength(1);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(
      'Quiet: nothing moved since Sun 7 Jun 2026 08:30 in 1 source.',
    );
  });

  it('names the sources that failed', async () => {
    const bot = await withItems([ORDER]);
    await postDueDigests(bot.dependencies);
    bot.sources.set('https://us.example/feed', new WorldError('answered 503'));
    bot.advance(DAY);
    await bot.poll();
    await postDueDigests(bot.dependencies);
    const text = wordsOf(bot.posts[1] ?? expect.fail('no second digest'));
    expect(text).toContain('Feed us: answered 503');
    expect(text).toContain('Nothing is known since Wed 10 Jun 2026 08:30: none of 1 source could be read.');
  });

  it('waits, when it is the first, until a source has been read, and then still looks back', async () => {
    const sources: Sources = new Map([['https://us.example/feed', new WorldError('host not found')]]);
    const bot = await createTestBot([feedDraft('us')], sources);
    await bot.poll();
    expect(await postDueDigests(bot.dependencies)).toEqual([]);
    sources.set('https://us.example/feed', [ORDER]);
    bot.advance(HOUR);
    await bot.poll();
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
  });
});

describe('a digest that failed for a reason that may pass', () => {
  it('is tried again after 1, 5, 15 and 60 minutes, and then at its regular time', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(await minutesOfTries(bot, 24 * 60 + 2)).toEqual([0, 1, 6, 21, 81, 24 * 60, 24 * 60 + 1]);
    const deliveries = await bot.store.deliveries(bot.subscription.id, 10);
    expect(deliveries.map(({ state, error }) => [state, error])).toEqual(Array(7).fill(['failed', 'answered 503']));
  });

  it('holds at the next try what it held, and is then over', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await postDueDigests(bot.dependencies);
    bot.failures.clear();
    expect(await minutesOfTries(bot, 120)).toEqual([1]);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
    expect(await bot.store.deliveries(bot.subscription.id, 10)).toMatchObject([{ state: 'sent' }, { state: 'failed' }]);
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

  it('is tried again as if nobody had asked, where a person’s try in between failed too', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(await minutesOfTries(bot, 9)).toEqual([0, 1, 6]);
    expect(wordsOf(await bot.say('/digest now'))).toContain('answered 503');
    expect(await minutesOfTries(bot, 120)).toEqual([11, 71]);
  });

  it('is over once a person’s try in between got through', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    expect(await minutesOfTries(bot, 9)).toEqual([0, 1, 6]);
    bot.failures.clear();
    await bot.say('/digest now');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
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

  it('has another name for the platform at each try, since each covers another time', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await minutesOfTries(bot, 120);
    expect(new Set(bot.attempts.map(({ key }) => key)).size).toBe(5);
  });
});

describe('a digest in doubt', () => {
  it('is noted as doubtful at once and never sent again', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new DoubtError('2 of 3 messages arrived'));
    expect(await postDueDigests(bot.dependencies)).toMatchObject([{ state: 'doubtful' }]);
    const settledAt = bot.clock.now();
    bot.failures.clear();
    expect(await minutesOfTries(bot, 120)).toEqual([]);
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([false]);
    expect((await bot.store.deliveries(bot.subscription.id, 5))[1]).toMatchObject({
      state: 'doubtful',
      error: '2 of 3 messages arrived',
      settledAt,
    });
    expect(await bot.store.doubtOpenClaims(bot.clock.now())).toEqual([]);
  });

  it('is what an adapter leaves that throws something of our own, which is logged', async () => {
    const bot = await withItems([ORDER]);
    bot.failures.set(CHANNEL.id, new TypeError('blocks is undefined'));
    expect(await postDueDigests(bot.dependencies)).toMatchObject([{ state: 'doubtful', error: 'blocks is undefined' }]);
    expect(bot.log.lines.join()).toContain('may or may not have been posted');
    expect(await minutesOfTries(bot, 120)).toEqual([]);
  });

  it('is what a digest becomes that was posted but could not be noted as sent', async () => {
    const bot = await withItems([ORDER]);
    const store = { ...bot.store, settleDelivery: () => Promise.reject(new Error('disk full')) };
    expect(await postDueDigests({ ...bot.dependencies, store })).toMatchObject([
      { state: 'doubtful', error: 'disk full' },
    ]);
    expect(bot.log.lines.join()).toContain('may or may not have been posted');
    expect((await bot.store.doubtOpenClaims(bot.clock.now())).map(({ state }) => state)).toEqual(['doubtful']);
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.posts.map((card) => wordsOf(card).includes(ORDER.title))).toEqual([true, false]);
  });
});

describe('one channel', () => {
  const OTHER = { ...CHANNEL, id: 'other' };

  async function withTwoChannels() {
    const bot = await withItems([ORDER]);
    await bot.say('/digest schedule 08:30', { channel: OTHER });
    bot.advance(DAY);
    expect(await bot.store.dueSubscriptions(bot.clock.now())).toHaveLength(2);
    return bot;
  }

  it.each([
    ['takes no post for now', new WorldError('answered 503'), ['failed', 'sent']],
    ['is in doubt', new DoubtError('no answer'), ['doubtful', 'sent']],
    ['meets a fault of ours', new TypeError('blocks is undefined'), ['doubtful', 'sent']],
  ])('that %s holds up no other', async (_, failure, states) => {
    const bot = await withTwoChannels();
    bot.failures.set(CHANNEL.id, failure);
    const ended = await postDueDigests(bot.dependencies);
    expect(ended.map(({ state }) => state).sort()).toEqual([...states].sort());
    expect(bot.posts).toHaveLength(1);
  });

  it('whose digest cannot even be made holds up no other, and is logged', async () => {
    const bot = await withTwoChannels();
    const store = {
      ...bot.store,
      claimDigest: (claim: Parameters<typeof bot.store.claimDigest>[0]) =>
        claim.subscriptionId === bot.subscription.id
          ? Promise.reject(new Error('disk full'))
          : bot.store.claimDigest(claim),
    };
    expect(await postDueDigests({ ...bot.dependencies, store })).toMatchObject([{ state: 'sent' }]);
    expect(bot.attempts.map(({ channelId }) => channelId)).toEqual([OTHER.id]);
    expect(bot.log.lines.join()).toContain('a due digest could not be made Error: disk full');
  });

  it('that answers slowly holds up no other', async () => {
    const bot = await withTwoChannels();
    const slow = Promise.withResolvers<string>();
    const done = Promise.withResolvers<void>();
    const adapter: Adapter = {
      ...(bot.dependencies.adapters[0] ?? expect.fail('no adapter')),
      post(channel) {
        if (channel.id === CHANNEL.id) return slow.promise;
        done.resolve();
        return Promise.resolve('m1');
      },
    };
    const posting = postDueDigests({ ...bot.dependencies, adapters: [adapter] });
    await done.promise;
    slow.resolve('m2');
    expect((await posting).map(({ messageRef }) => messageRef).sort()).toEqual(['m1', 'm2']);
  });
});
