import { describe, expect, it } from 'vitest';
import { postDigest, postDueDigests } from '../../src/deliver.ts';
import { WorldError } from '../../src/errors.ts';
import type { Adapter } from '../../src/ports.ts';
import { DAY, HOUR } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, type Sources, wordsOf } from '../test-bot.ts';

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

  it('is claimed before it is sent, so a failed post is kept as failed and not sent again', async () => {
    const bot = await withItems([ORDER]);
    let calls = 0;
    const broken: Adapter = {
      ...(bot.dependencies.adapters[0] ?? expect.fail('no adapter')),
      post: async () => {
        calls += 1;
        throw new WorldError('the channel is archived');
      },
    };
    await postDueDigests({ ...bot.dependencies, adapters: [broken] });
    bot.advance(HOUR);
    await postDueDigests(bot.dependencies);
    expect([calls, bot.posts.length]).toEqual([1, 0]);
    const [delivery] = await bot.store.deliveries(bot.subscription.id, 5);
    expect(delivery).toMatchObject({ state: 'failed', error: 'the channel is archived' });
  });

  it('covers the time of a failed post again in the next one', async () => {
    const bot = await withItems([ORDER]);
    const broken: Adapter = {
      ...(bot.dependencies.adapters[0] ?? expect.fail('no adapter')),
      post: () => Promise.reject(new WorldError('the channel is archived')),
    };
    await postDueDigests({ ...bot.dependencies, adapters: [broken] });
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'))).toContain(ORDER.title);
  });

  it('is in doubt, and not sent again, when it was posted but could not be noted as sent', async () => {
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

  it('covers no more than seven days after a long silence', async () => {
    const bot = await withItems([ORDER]);
    await postDueDigests(bot.dependencies);
    bot.advance(21 * DAY);
    const delivery = await postDigest(
      bot.dependencies,
      (await bot.store.subscriptions('local'))[0] ?? bot.subscription,
      bot.clock.now(),
    );
    expect(delivery?.window).toEqual({ from: '2026-06-24T06:30:00.000Z', to: '2026-07-01T06:30:00.000Z' });
  });
});
