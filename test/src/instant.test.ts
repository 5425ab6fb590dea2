import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { WorldError } from '../../src/errors.ts';
import { postInstantEvents } from '../../src/instant.ts';
import type { ItemDraft } from '../../src/model.ts';
import { reviseDue } from '../../src/revise.ts';
import { DAY, HOUR, MINUTE } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, type Sources, WORKSPACE, wordsOf } from '../test-bot.ts';

const FEED = 'https://us.example/feed';
/** Six happenings that have nothing to do with each other. */
const EVENTS = [
  'Trump signs executive order to preempt state AI laws',
  'United States and China trade blame over AI chip export controls',
  'US and UK refuse to sign Paris AI summit declaration',
  'House panel votes to bar DeepSeek from government devices',
  'White House rejects international oversight of frontier models',
  'Russia votes against treaty on autonomous weapons at the General Assembly',
].map((title) => itemDraft(title));
const [EVENT = itemDraft('none'), OTHER = itemDraft('none')] = EVENTS;

/** A channel whose only source has been read before, so that what follows is news. */
async function start(schedule: string) {
  const held: ItemDraft[] = [];
  const sources: Sources = new Map([[FEED, []]]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  await postDueDigests(bot.dependencies);
  await bot.say(`/digest schedule ${schedule}`);
  bot.advance(HOUR);
  const bring = async (...items: readonly ItemDraft[]) => {
    held.unshift(...items);
    sources.set(FEED, [...held]);
    await bot.poll();
    bot.advance(MINUTE);
  };
  const posted = async () => (await postInstantEvents(bot.dependencies)).map(({ state, events }) => [state, events]);
  return { ...bot, bring, posted };
}

describe('an event at once', () => {
  it('is posted soon after it was grouped, once, and not again in the digest', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(EVENT);
    expect(await bot.posted()).toEqual([['sent', 1]]);
    expect(await bot.posted()).toEqual([]);
    const [digest, alert] = bot.posts;
    expect(digest?.title).toContain('AI governance digest');
    expect(wordsOf(alert ?? expect.fail('nothing was posted'))).toContain(EVENT.title);
    expect(wordsOf(alert ?? expect.fail('nothing was posted'))).toContain(
      'This channel gets events on Geopolitical deadlock at once. /digest schedule instant off ends that.',
    );
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts[2] ?? expect.fail('no digest'))).not.toContain(EVENT.title);
  });

  it('is edited when its tag is corrected, and says so', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(EVENT);
    await bot.posted();
    await bot.say(`/barrier wrong ${EVENT.url} deadlock eases`);
    await reviseDue(bot.dependencies);
    const { messageRef, card } = bot.revisions[0] ?? expect.fail('no edit');
    expect(messageRef).toBe('m2');
    expect(wordsOf(card)).toContain('Edited: one tag corrected by ana.');
    expect(wordsOf(card)).toContain('"direction":"eases"');
    expect(card.title).toBe(bot.posts[1]?.title);
    await bot.say(`/barrier wrong ${EVENT.url} off topic`);
    await reviseDue(bot.dependencies);
    expect(wordsOf(bot.revisions[1]?.card ?? expect.fail('no second edit'))).toContain(
      'Nothing of what stood here is about AI governance.',
    );
  });

  it('is not told again when another source follows', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(EVENT);
    await bot.posted();
    await bot.bring({ ...EVENT, guid: 'echo', url: 'https://other.example/echo' });
    expect(await bot.posted()).toEqual([]);
  });

  it('comes four an hour at most; the rest is left to the digest, with its other events', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(...EVENTS);
    expect(await bot.posted()).toEqual([['sent', 4]]);
    bot.advance(2 * HOUR);
    expect(await bot.posted()).toEqual([]);
    bot.advance(DAY);
    expect(await postDueDigests(bot.dependencies)).toMatchObject([{ events: 2 }]);
  });

  it('waits for the next hour where the channel has no digest', async () => {
    const bot = await start('crisis instant deadlock');
    await bot.bring(...EVENTS);
    expect(await bot.posted()).toEqual([['sent', 4]]);
    bot.advance(30 * MINUTE);
    expect(await bot.posted()).toEqual([]);
    bot.advance(31 * MINUTE);
    expect(await bot.posted()).toEqual([['sent', 2]]);
    expect(await bot.store.dueSubscriptions('2030-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('that failed is tried with the next beat, so many an hour, and is in the digest where no try got through', async () => {
    const bot = await start('08:30 instant deadlock');
    await bot.bring(EVENT);
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    for (let beat = 0; beat < 20; beat++) {
      await bot.posted();
      bot.advance(MINUTE);
    }
    expect(bot.attempts).toHaveLength(1 + 4);
    bot.failures.clear();
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(wordsOf(bot.posts.at(-1) ?? expect.fail('no digest'))).toContain(EVENT.title);
  });

  it('is none that was there before it was wished for, none of another barrier, and none while paused or suspended', async () => {
    const bot = await start('08:30 instant militarization');
    await bot.bring(EVENT);
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest schedule instant deadlock');
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest pause');
    bot.advance(MINUTE);
    await bot.bring(OTHER);
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest resume');
    await bot.host.removed({ workspaceId: WORKSPACE.id, channelId: CHANNEL.id }, 'it was removed');
    expect(await bot.posted()).toEqual([]);
    await bot.host.returned(WORKSPACE.id);
    expect(await bot.posted()).toEqual([['sent', 1]]);
  });

  it('is a crisis signal on any barrier, or on none, where the channel asks for those', async () => {
    const bot = await start('crisis');
    await bot.bring(
      EVENT,
      itemDraft('Governments call emergency summit on AI after autonomous AI system shuts down power grid'),
    );
    expect(await bot.posted()).toEqual([['sent', 1]]);
    const alert = bot.posts.at(-1) ?? expect.fail('nothing was posted');
    expect(alert.title).toBe('Crisis signal · 1 event');
    expect(wordsOf(alert)).toContain('emergency summit');
  });

  it('keeps to the streams and the confidence of the channel', async () => {
    const bot = await start('08:30 un instant deadlock');
    await bot.bring(EVENT);
    expect(await bot.posted()).toEqual([]);
    await bot.say('/digest schedule us 100% instant deadlock');
    await bot.bring(OTHER);
    expect(await bot.posted()).toEqual([]);
  });

  it('leaves the regular digest where it was, and is no digest for /digest last', async () => {
    const bot = await start('08:30 instant deadlock');
    const before = await bot.store.subscriptionOf(CHANNEL);
    await bot.bring(EVENT);
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
