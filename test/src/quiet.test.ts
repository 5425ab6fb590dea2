import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { WorldError } from '../../src/errors.ts';
import { DAY, HOUR } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, type Sources, wordsOf } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const URL = 'https://us.example/feed';

async function start(schedule: string) {
  const sources: Sources = new Map([[URL, [ORDER]]]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  await bot.say(`/digest schedule ${schedule}`);
  await bot.say('/digest now');
  return { ...bot, sources };
}

/** Lets days pass and says on which of them something was posted. */
async function daysWithPosts(bot: Awaited<ReturnType<typeof start>>, days: number): Promise<number[]> {
  const found: number[] = [];
  for (let day = 1; day <= days; day++) {
    bot.advance(DAY);
    const before = bot.posts.length;
    await postDueDigests(bot.dependencies);
    if (bot.posts.length > before) found.push(day);
  }
  return found;
}

describe('on quiet days', () => {
  it('a channel gets one line where nobody chose', async () => {
    expect(await daysWithPosts(await start('08:30'), 3)).toEqual([1, 2, 3]);
  });

  it('a channel that wants nothing gets a line a week', async () => {
    const bot = await start('08:30 quiet:nothing');
    expect(await daysWithPosts(bot, 15)).toEqual([7, 14]);
    expect(wordsOf(bot.posts[1] ?? expect.fail('no line'))).toContain('Quiet: nothing moved since');
    expect(await bot.store.deliveries(bot.subscription.id, 10)).toHaveLength(3);
  });

  it('a channel that wants nothing still gets what moved, on the day', async () => {
    const bot = await start('08:30 quiet:nothing');
    expect(await daysWithPosts(bot, 2)).toEqual([]);
    bot.advance(HOUR);
    const publishedAt = '2026-06-12T07:00:00.000Z';
    bot.sources.set(URL, [itemDraft('Commission delays high-risk rules of the AI Act', { publishedAt }), ORDER]);
    await bot.poll();
    expect(await daysWithPosts(bot, 2)).toEqual([1]);
    expect(wordsOf(bot.posts[1] ?? expect.fail('no digest'))).toContain('Commission delays high-risk rules');
  });

  it('a channel that wants nothing is told when no source can be read, since that is no quiet', async () => {
    const bot = await start('08:30 quiet:nothing');
    bot.sources.set(URL, new WorldError('answered 503'));
    await bot.poll();
    expect(await daysWithPosts(bot, 1)).toEqual([1]);
    expect(wordsOf(bot.posts[1] ?? expect.fail('no line'))).toContain('Nothing is known since');
  });

  it('a person who asks for it gets the line at once', async () => {
    const bot = await start('08:30 quiet:nothing');
    bot.advance(DAY);
    await bot.say('/digest now');
    expect(wordsOf(bot.posts[1] ?? expect.fail('no line'))).toContain('Quiet: nothing moved');
  });

  it('one that was passed over is none that a pause has made anybody miss', async () => {
    const bot = await start('08:30 quiet:nothing');
    expect(await daysWithPosts(bot, 1)).toEqual([]);
    bot.advance(HOUR);
    await bot.say('/digest pause');
    bot.advance(HOUR);
    const words = wordsOf(await bot.say('/digest resume'));
    expect(words).not.toContain('within a minute');
    expect(words).toContain('next Fri 12 Jun 08:30');
  });

  it('the rule in force says so, and can be taken back', async () => {
    const bot = await start('08:30 quiet:nothing');
    expect(wordsOf(await bot.say('/digest status'))).toContain('nothing on quiet days but a line a week');
    expect(wordsOf(await bot.say('/digest schedule quiet:line'))).not.toContain('quiet days');
  });

  it('the rule in force does not speak of them where no regular digest comes', async () => {
    const bot = await start('08:30 quiet:nothing');
    expect(wordsOf(await bot.say('/digest schedule crisis'))).not.toContain('quiet days');
    expect(wordsOf(await bot.say('/digest schedule morning'))).toContain('nothing on quiet days');
  });
});
