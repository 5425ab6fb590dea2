import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../../src/deliver.ts';
import { DoubtError, WorldError } from '../../../src/errors.ts';
import { settleDeliveries } from '../../../src/settle.ts';
import { DAY, MINUTE } from '../../../src/time.ts';
import { CARD, CHANNEL, createTestBot, feedDraft, itemDraft, wordsOf } from '../../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});

async function start() {
  const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [ORDER]]]));
  await bot.poll();
  return bot;
}

describe('/digest', () => {
  it('previews without posting', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/digest'))).toContain(ORDER.title);
    expect(bot.posts).toEqual([]);
    expect(wordsOf(await bot.say('/digest preview'))).toContain(ORDER.title);
  });

  it('posts now for an admin, and shows it again later', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/digest now'))).toContain('Next digest: Thu 11 Jun 2026 08:30 Europe/Brussels');
    expect(bot.posts).toHaveLength(1);
    expect((await bot.say('/digest now')).title).toBe('Already posted');
    expect(wordsOf(await bot.say('/digest last'))).toContain(ORDER.title);
    expect(wordsOf(await bot.say('/digest status'))).toContain('posted, 1 event');
  });

  it('posts no second digest while one is being posted', async () => {
    const bot = await start();
    const adapter = bot.dependencies.adapters[0] ?? expect.fail('no adapter');
    const { promise, resolve } = Promise.withResolvers<string>();
    adapter.post = () => promise;
    const first = bot.say('/digest now');
    await expect.poll(() => bot.store.deliveries(bot.subscription.id, 1)).toMatchObject([{ state: 'claimed' }]);
    bot.advance(1_000);
    expect((await bot.say('/digest now')).title).toBe('Being posted');
    resolve('m1');
    expect((await first).title).toBe('Posted');
  });

  it('says in the status why a digest is in doubt: what the platform said, or that the program stopped', async () => {
    const bot = await start();
    bot.failures.set(CHANNEL.id, new DoubtError('2 of 3 messages arrived'));
    expect((await bot.say('/digest now')).title).toBe('The digest may not have arrived');
    bot.advance(DAY);
    const window = { from: bot.subscription.nextDigestAt, to: bot.clock.now() };
    const claim = {
      subscriptionId: bot.subscription.id,
      window,
      eventIds: [],
      card: CARD,
      nextDigestAt: window.to,
      at: window.to,
    };
    await bot.store.claimDigest(claim);
    await bot.store.doubtOpenClaims(bot.clock.now());
    const lines = wordsOf(await bot.say('/digest status'))
      .split('\n')
      .filter((line) => line.includes('in doubt'));
    expect(lines).toEqual([
      expect.stringMatching(
        /asked as soon as the channel can be reached, 0 events: the program stopped while posting$/,
      ),
      expect.stringMatching(/asked as soon as the channel can be reached, 1 event: 2 of 3 messages arrived$/),
    ]);
  });

  it('says in the status how often a digest was tried, when it is tried next, and how a doubt was settled', async () => {
    const bot = await start();
    const status = async () => wordsOf(await bot.say('/digest status'));
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await postDueDigests(bot.dependencies);
    expect(await status()).toContain('not posted yet, tried again at Wed 10 Jun 2026 08:31, 1 event: answered 503');
    bot.advance(MINUTE);
    await settleDeliveries(bot.dependencies);
    expect(await status()).toContain('tried again at Wed 10 Jun 2026 08:36, 1 event, 2 attempts: answered 503');
    bot.advance(5 * MINUTE);
    bot.failures.set(CHANNEL.id, new DoubtError('no answer'));
    await settleDeliveries(bot.dependencies);
    expect(await status()).toContain(
      'in doubt, the platform is asked at Wed 10 Jun 2026 08:51, 1 event, 3 attempts: no answer',
    );
    bot.advance(15 * MINUTE);
    bot.failures.clear();
    await settleDeliveries(bot.dependencies);
    expect(await status()).toMatch(
      /posted, 1 event, 4 attempts, there was a doubt: it had not arrived and was sent again$/m,
    );
  });

  it('says when it is scheduled what keeps it from coming', async () => {
    const bot = await start();
    const adapter = bot.dependencies.adapters[0] ?? expect.fail('no adapter');
    adapter.obstacle = async () => 'the bot is not in the channel; /invite it';
    const card = await bot.say('/digest schedule 08:30');
    expect(card.tone).toBe('warning');
    expect(wordsOf(card)).toContain('It cannot come yet: the bot is not in the channel; /invite it');
    adapter.obstacle = () => Promise.reject(new WorldError('no answer'));
    expect((await bot.say('/digest schedule 08:30')).tone).toBe('good');
  });

  it('pauses once when its button is pressed twice', async () => {
    const bot = await start();
    await bot.say('/digest pause');
    const before = await bot.store.history('local', 50);
    expect(await bot.say('/digest pause')).toMatchObject({ title: 'Paused already', public: false });
    expect(await bot.store.history('local', 50)).toEqual(before);
  });

  it('schedules by words and echoes the rule in force', async () => {
    const bot = await start();
    const text = wordsOf(
      await bot.say('/digest schedule 8:15 america/new_york days:weekdays barriers:deadlock,pacing streams:us'),
    );
    expect(text).toContain('Each weekday at 08:15 America/New_York, Geopolitical deadlock and Technology outruns law');
    expect(text).toContain('stream us; next Wed 10 Jun 08:15');
  });

  it('changes one part alone, without a word on when', async () => {
    const bot = await start();
    await bot.say('/digest schedule mondays 9:15 London');
    const text = wordsOf(await bot.say('/digest schedule length:short'));
    expect(text).toContain('Each Monday at 09:15 Europe/London, all barriers, all streams, short; next');
  });

  it.each([
    ['', 'What is to change? Type it like: /digest schedule weekdays'],
    ['25:00', 'is not a time of day'],
    [
      '08:30 Mars',
      '“Mars” is no time of day, day, time zone, barrier or stream. Type it like: /digest schedule weekdays',
    ],
    ['08:30 zone:Mars', 'is not a time zone'],
    ['08:30 confidence:lots', '“lots” is not a confidence'],
    ['08:30 instant:sometimes', 'is neither crisis nor a barrier'],
    ['morning weekly', 'one digest, not morning and weekly'],
    ['08:30 days:someday', 'is not a day'],
    ['08:30 streams:moon', 'No stream is called'],
    ['08:30 barriers:moon', 'No barrier is called'],
  ])('refuses a schedule of %s and says why', async (words, reason) => {
    const bot = await start();
    expect(wordsOf(await bot.say(`/digest schedule ${words}`))).toContain(reason);
  });

  it('leaves out what the subscription does not ask for', async () => {
    const bot = await start();
    await bot.say('/digest schedule 08:30 barriers:militarization');
    expect(wordsOf(await bot.say('/digest preview'))).toContain('Quiet');
  });

  it('pauses until a day, and comes back by itself', async () => {
    const bot = await start();
    await bot.say('/digest now');
    expect(wordsOf(await bot.say('/digest pause until monday'))).toContain('paused until Mon 15 Jun 2026 00:00');
    bot.advance(2 * DAY);
    expect(await bot.store.dueSubscriptions(bot.clock.now())).toEqual([]);
    bot.advance(4 * DAY);
    expect(await bot.store.dueSubscriptions(bot.clock.now())).toHaveLength(1);
  });

  it('resumes at once', async () => {
    const bot = await start();
    await bot.say('/digest pause');
    expect(wordsOf(await bot.say('/digest status'))).toContain('paused until /digest resume');
    expect(wordsOf(await bot.say('/digest resume'))).toContain('next Thu 11 Jun 08:30');
    expect((await bot.say('/digest resume')).title).toBe('Not paused');
  });

  it('says how to set one up where a channel has none', async () => {
    const bot = await start();
    const text = wordsOf(await bot.say('/digest status', { channel: { ...CHANNEL, id: 'elsewhere' } }));
    expect(text).toContain('An admin sets one up with /digest schedule');
  });

  it.each(['now', 'schedule 08:30', 'pause', 'resume'])('refuses %s to a member', async (verb) => {
    const bot = await start();
    expect(wordsOf(await bot.say(`/digest ${verb}`, { isAdmin: false }))).toContain('is for admins');
    expect(bot.posts).toEqual([]);
  });
});
