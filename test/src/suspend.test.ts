import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { RouteError } from '../../src/errors.ts';
import { DAY, HOUR } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, WORKSPACE, wordsOf } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const POLICY = { ...CHANNEL, id: 'policy' };

/** A bot with a channel of its own that ana set up, whose digest is due and which takes no posts. */
async function withClosedChannel() {
  const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [ORDER]]]));
  await bot.poll();
  await bot.say('/digest pause');
  await bot.say('/digest schedule 08:30', { channel: POLICY });
  bot.advance(DAY);
  bot.failures.set(POLICY.id, new RouteError('the bot is not in the channel; /invite it'));
  return bot;
}

describe('a channel that takes no posts', () => {
  it('is suspended with the reason, which its status shows', async () => {
    const bot = await withClosedChannel();
    const [delivery] = await postDueDigests(bot.dependencies);
    expect(delivery).toMatchObject({ state: 'failed', error: 'the bot is not in the channel; /invite it' });
    expect((await bot.store.subscriptionOf(POLICY))?.suspended).toEqual({
      at: bot.clock.now(),
      reason: 'the bot is not in the channel; /invite it',
    });
    expect(wordsOf(await bot.say('/digest status', { channel: POLICY }))).toContain(
      'held back since Thu 11 Jun 2026 08:30: the bot is not in the channel; /invite it',
    );
    expect(bot.log.lines.join()).toContain('held back');
  });

  it('is not tried again, neither soon nor at its regular times', async () => {
    const bot = await withClosedChannel();
    for (let hour = 0; hour < 72; hour++) {
      await postDueDigests(bot.dependencies);
      bot.advance(HOUR);
    }
    expect(bot.attempts).toHaveLength(1);
  });

  it('is told once to the one who set the digest up, with what to do', async () => {
    const bot = await withClosedChannel();
    const dependencies = { ...bot.dependencies, admins: ['local:ana', 'local:zoe'] };
    await postDueDigests(dependencies);
    bot.advance(DAY);
    await postDueDigests(dependencies);
    expect(bot.told.map(({ userId }) => userId)).toEqual(['local:ana']);
    const card = bot.told[0]?.card ?? expect.fail('nobody was told');
    expect(card.public).toBe(false);
    expect(wordsOf(card)).toContain('Channel policy takes no posts: the bot is not in the channel; /invite it');
    expect(wordsOf(card)).toContain('/digest resume');
  });

  it('is told to the first admin of the settings who can be reached, where the one who set it up cannot', async () => {
    const bot = await withClosedChannel();
    for (const gone of ['local:ana', 'local:ben']) bot.unreachable.add(gone);
    const admins = ['slack:U1', 'local:ben', 'local:zoe', 'local:max'];
    await postDueDigests({ ...bot.dependencies, admins });
    expect(bot.told.map(({ userId }) => userId)).toEqual(['local:zoe']);
  });

  it('is told to an admin of the settings where the first run set the digest up', async () => {
    const bot = await withClosedChannel();
    await bot.say('/digest resume');
    bot.advance(DAY);
    bot.failures.set(CHANNEL.id, new RouteError('the channel is archived'));
    await bot.store.suspend(POLICY, { at: bot.clock.now(), reason: 'not in this test' });
    await postDueDigests({ ...bot.dependencies, admins: ['local:zoe'] });
    expect(bot.told.map(({ userId }) => userId)).toEqual(['local:zoe']);
  });

  it('is suspended all the same where nobody can be told', async () => {
    const bot = await withClosedChannel();
    bot.unreachable.add('local:ana');
    await postDueDigests(bot.dependencies);
    expect(bot.told).toEqual([]);
    expect((await bot.store.subscriptionOf(POLICY))?.suspended).toBeDefined();
  });

  it('gets what was missed in its next digest, once a person has mended it', async () => {
    const bot = await withClosedChannel();
    await postDueDigests(bot.dependencies);
    bot.failures.clear();
    await bot.say('/digest resume', { channel: POLICY });
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
  });

  it.each<[string, (bot: Awaited<ReturnType<typeof withClosedChannel>>) => Promise<unknown>]>([
    ['/digest resume', (bot) => bot.say('/digest resume', { channel: POLICY })],
    ['/digest schedule', (bot) => bot.say('/digest schedule 09:00', { channel: POLICY })],
    ['/digest now, which arrived', (bot) => bot.say('/digest now', { channel: POLICY })],
    ['an invitation', (bot) => bot.host.invited(WORKSPACE, POLICY, 'ana')],
    ['a return to the workspace', (bot) => bot.host.returned(WORKSPACE.id)],
  ])('gets digests again after %s', async (_, mend) => {
    const bot = await withClosedChannel();
    await postDueDigests(bot.dependencies);
    bot.failures.clear();
    bot.advance(HOUR);
    await mend(bot);
    expect(await bot.store.subscriptionOf(POLICY)).not.toHaveProperty('suspended');
    const before = bot.posts.length;
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.posts).toHaveLength(before + 1);
  });

  it('is suspended and told again when it closes again after it was mended', async () => {
    const bot = await withClosedChannel();
    await postDueDigests(bot.dependencies);
    await bot.say('/digest resume', { channel: POLICY });
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.told).toHaveLength(2);
  });

  it('stays suspended when /digest now does not arrive, and nobody is told again', async () => {
    const bot = await withClosedChannel();
    await postDueDigests(bot.dependencies);
    bot.advance(HOUR);
    expect(wordsOf(await bot.say('/digest now', { channel: POLICY }))).toContain('the bot is not in the channel');
    expect((await bot.store.subscriptionOf(POLICY))?.suspended).toBeDefined();
    expect(bot.told).toHaveLength(1);
  });

  it('stays suspended when a member asks to resume it', async () => {
    const bot = await withClosedChannel();
    await postDueDigests(bot.dependencies);
    await bot.say('/digest resume', { channel: POLICY, isAdmin: false });
    expect((await bot.store.subscriptionOf(POLICY))?.suspended).toBeDefined();
  });
});
