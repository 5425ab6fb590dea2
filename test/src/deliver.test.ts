import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { DoubtError, WorldError } from '../../src/errors.ts';
import type { Adapter } from '../../src/ports.ts';
import { DAY, HOUR } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, type Sources, wordsOf } from '../test-bot.ts';
import { OLD, ORDER, withItems } from './delivering.ts';

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
