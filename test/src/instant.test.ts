import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { WorldError } from '../../src/errors.ts';
import { postInstantEvents } from '../../src/instant.ts';
import { DAY, HOUR, MINUTE } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, type Sources, WORKSPACE, wordsOf } from '../test-bot.ts';

const FEED = 'https://us.example/feed';
const CRISIS = itemDraft('AI voice clone of minister triggers bank run as deepfake fraud kills trust', {
  summary:
    'The AI incident harmed thousands; a chatbot told a teenager to die and the government declared an emergency over the AI system.',
});
const ORDERS = ['California', 'Texas', 'Ohio', 'Utah', 'Maine', 'Iowa'].map((state, index) =>
  itemDraft(`Trump signs executive order to preempt ${state} AI laws in ${state}`, {
    guid: `${index}`,
    summary: `The order directs the attorney general to challenge the AI laws of ${state} in court number ${index}.`,
  }),
);

/** A channel whose only source has been read before, so that what follows is news. */
async function start(schedule: string) {
  const sources: Sources = new Map([[FEED, []]]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  await postDueDigests(bot.dependencies);
  await bot.say(`/digest schedule ${schedule}`);
  bot.advance(HOUR);
  const bring = async (...items: Parameters<typeof itemDraft>[0][] | (typeof CRISIS)[]) => {
    const drafts = items.map((item) => (typeof item === 'string' ? itemDraft(item) : item));
    sources.set(FEED, [...drafts, ...((sources.get(FEED) as typeof drafts) ?? [])]);
    await bot.poll();
    bot.advance(MINUTE);
  };
  const posted = async () => (await postInstantEvents(bot.dependencies)).map(({ state, events }) => [state, events]);
  return { ...bot, bring, posted };
}

describe('an event at once', () => {
  it('is posted soon after it was grouped, once, and not again in the digest', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(ORDERS[0] ?? CRISIS);
    expect(await bot.posted()).toEqual([['sent', 1]]);
    expect(await bot.posted()).toEqual([]);
    const [digest, alert] = bot.posts;
    expect(digest?.title).toContain('AI governance digest');
    expect(wordsOf(alert ?? expect.fail('nothing was posted'))).toContain(ORDERS[0]?.title);
    expect(wordsOf(alert ?? expect.fail('nothing was posted'))).toContain(
      'This channel gets events on Geopolitical deadlock at once. /digest schedule instant off ends that.',
    );
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[2] ?? expect.fail('no digest'))).not.toContain(ORDERS[0]?.title);
  });

  it('is not told again when another source follows', async () => {
    const bot = await start('08:30 instant deadlock');
    const [order = CRISIS] = ORDERS;
    await bot.bring(order);
    await bot.posted();
    await bot.bring({ ...order, guid: 'echo', url: 'https://other.example/echo' });
    expect(await bot.posted()).toEqual([]);
  });

  it('comes four an hour at most; the rest is left to the digest, with its other events', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(...ORDERS);
    const events = await bot.store.newItems('local', { from: '2026-06-10T07:00:00.000Z', to: bot.clock.now() });
    const different = new Set(events.map(({ eventId }) => eventId)).size;
    expect(different).toBeGreaterThan(4);
    expect(await bot.posted()).toEqual([['sent', 4]]);
    bot.advance(2 * HOUR);
    expect(await bot.posted()).toEqual([]);
    bot.advance(DAY);
    expect(await postDueDigests(bot.dependencies)).toMatchObject([{ events: different - 4 }]);
  });

  it('waits for the next hour where the channel has no digest', async () => {
    const bot = await start('crisis instant deadlock');
    await bot.bring(...ORDERS);
    expect(await bot.posted()).toEqual([['sent', 4]]);
    bot.advance(30 * MINUTE);
    expect(await bot.posted()).toEqual([]);
    bot.advance(31 * MINUTE);
    expect((await bot.posted()).map(([state]) => state)).toEqual(['sent']);
    expect(await bot.store.dueSubscriptions('2030-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('that failed is tried with the next beat, so many an hour, and is in the digest where no try got through', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(ORDERS[0] ?? CRISIS);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    for (let beat = 0; beat < 20; beat++) {
      await bot.posted();
      bot.advance(MINUTE);
    }
    expect(bot.attempts).toHaveLength(1 + 4);
    bot.failures.clear();
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts.at(-1) ?? expect.fail('no digest'))).toContain(ORDERS[0]?.title);
  });

  it('is none that was there before it was wished for, none of another barrier, and none while paused or suspended', async () => {
    const bot = await start('08:30 instant militarization');
    await bot.bring(ORDERS[0] ?? CRISIS);
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest schedule instant deadlock');
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest pause');
    await bot.bring(ORDERS[1] ?? CRISIS);
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest resume');
    await bot.host.removed({ workspaceId: WORKSPACE.id, channelId: CHANNEL.id }, 'it was removed');
    expect(await bot.posted()).toEqual([]);
    await bot.host.returned(WORKSPACE.id);
    expect(await bot.posted()).toEqual([['sent', 1]]);
  });

  it('keeps to the streams and the confidence of the channel', async () => {
    const bot = await start('08:30 un instant deadlock');
    await bot.bring(ORDERS[0] ?? CRISIS);
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest schedule us 100% instant deadlock');
    await bot.bring(ORDERS[1] ?? CRISIS);
    expect(await bot.posted()).toEqual([]);
  });

  it('leaves the regular digest where it was, and is no digest for /digest last', async () => {
    const bot = await start('08:30 instant deadlock');
    const before = await bot.store.subscriptionOf(CHANNEL);
    await bot.bring(ORDERS[0] ?? CRISIS);
    await bot.posted();
    const after = await bot.store.subscriptionOf(CHANNEL);
    expect([after?.nextDigestAt, after?.coveredUntil, after?.sentDate]).toEqual([
      before?.nextDigestAt,
      before?.coveredUntil,
      before?.sentDate,
    ]);
    expect(wordsOf(await bot.say('/digest last'))).toContain('Quiet');
    expect(wordsOf(await bot.say('/digest status'))).toContain('posted, 1 event at once');
  });
});
