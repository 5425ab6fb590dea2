import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/time.ts';
import { feedDraft, itemDraft, WORKSPACE, wordsOf } from '../test-bot.ts';
import { type Answer, NOW, openService } from './open-service.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const brings: Answer = async () => ({ outcome: 'changed', items: [ORDER] });

/** A source that answers nothing until the bot stops. */
const hangs: Answer = (_url, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('the service', () => {
  it('polls, answers and posts', async () => {
    const { service, say, posts } = await openService([feedDraft('us')], brings);
    expect(await service.pollDue()).toHaveLength(1);
    expect(wordsOf(await say('/barrier deadlock'))).toContain(ORDER.title);
    await service.postDue();
    expect(wordsOf(posts[0] ?? expect.fail('nothing posted'))).toContain(ORDER.title);
    expect(await service.complete(WORKSPACE.id, '/dig')).toEqual(['/digest ']);
    await service.stop();
  });

  it('shows dates in the zone of the channel, where it has one of its own', async () => {
    const { say } = await openService([feedDraft('us')], brings);
    expect((await say('/barrier help')).timeZone).toBe('Europe/Brussels');
    await say('/digest schedule 08:30 Asia/Tokyo');
    expect((await say('/barrier help')).timeZone).toBe('Asia/Tokyo');
  });

  it('polls everything when asked to, due or not', async () => {
    const { service } = await openService([feedDraft('us'), feedDraft('un')], brings);
    await service.pollAll();
    expect(await service.pollDue()).toEqual([]);
    expect(await service.pollAll()).toHaveLength(2);
  });

  it('answers while sources hang', async () => {
    const { service, say } = await openService([feedDraft('us')], hangs);
    const polling = service.pollDue();
    expect((await say('/feeds health')).title).toBe('Feed health: 0 of 1 read');
    await service.stop();
    expect(await polling).toEqual([]);
  });

  it('posts what is due as soon as an adapter is on, but nothing before the first polling is over', async () => {
    const { service, posts, advance } = await openService([feedDraft('us')], brings);
    await service.recover();
    await service.adapterStarted();
    await service.pollDue();
    expect(posts).toEqual([]);
    service.start();
    await service.adapterStarted();
    expect(posts).toHaveLength(1);
    advance(DAY);
    await service.adapterStarted();
    expect(posts).toHaveLength(2);
    await service.stop();
  });

  it('settles at its start what a former run left open, and says which digests are in doubt', async () => {
    const { service, store, claimDigest } = await openService([feedDraft('us')], brings);
    await store.recordCheck('us', { kind: 'changed', items: [ORDER] }, NOW, NOW);
    const window = { from: '2026-06-09T06:30:00.000Z', to: NOW };
    await claimDigest(window);
    expect((await service.recover()).map(({ state }) => state)).toEqual(['doubtful']);
    expect(await store.untaggedItems(5)).toEqual([]);
    expect(await store.ungroupedItems(5)).toEqual([]);
  });

  it('keeps a failed post in the ledger and goes on', async () => {
    const { service, store, subscription, breakChannel, log } = await openService([feedDraft('us')], brings);
    await service.pollDue();
    breakChannel();
    await service.postDue();
    expect(await store.deliveries(subscription.id, 5)).toMatchObject([
      { state: 'failed', error: 'the channel is archived' },
    ]);
    expect(log.lines).toEqual([]);
  });

  it('posts a digest once, however often and at once it is asked for what is due', async () => {
    const { service, posts, advance } = await openService([feedDraft('us')], brings);
    await service.pollDue();
    await Promise.all([service.postDue(), service.postDue(), service.postDue()]);
    advance(HOUR);
    await service.postDue();
    expect(posts).toHaveLength(1);
  });

  it('stops in order, once: adapters, reader, store', async () => {
    const { service, happened } = await openService([feedDraft('us')], brings);
    service.start();
    expect(service.isStopping()).toBe(false);
    await Promise.all([service.stop(), service.stop()]);
    await service.stop();
    expect(service.isStopping()).toBe(true);
    expect(happened).toEqual(['adapter stopped', 'reader closed', 'store closed']);
  });

  it('waits at its stop for a digest that is being posted', async () => {
    const { service, store, subscription, happened, posts } = await openService([feedDraft('us')], brings);
    await service.pollDue();
    const posting = service.postDue();
    const ended: { state?: string } = {};
    // It has been handed to the channel, and is not settled yet.
    while (posts.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopping = service.stop();
    await posting;
    // Asked before the store is closed, so the settled claim can be read.
    if (!happened.includes('store closed')) {
      const [delivery] = await store.deliveries(subscription.id, 1);
      ended.state = delivery?.state ?? 'none';
    }
    await stopping;
    expect(ended.state).toBe('sent');
  });
});
