import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { UserError, WorldError } from '../../src/errors.ts';
import type { Window } from '../../src/model.ts';
import { type Run, runOnce, runUntilStopped } from '../../src/run.ts';
import { feedDraft, itemDraft, WORKSPACE, wordsOf } from '../test-bot.ts';
import { type Answer, openService } from './open-service.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const brings: Answer = async () => ({ outcome: 'changed', items: [ORDER] });
const fails: Answer = async () => {
  throw new WorldError('host not found');
};

async function open(answer: Answer, { window, feeds = ['us'] }: { window?: Window; feeds?: readonly string[] } = {}) {
  const opened = await openService(
    feeds.map((id) => feedDraft(id)),
    answer,
  );
  const told: string[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const run: Run = {
    service: opened.service,
    store: opened.store,
    clock: opened.clock,
    console: {
      async notice(text) {
        told.push(text);
      },
      progress: (titleOf) => (check, done, total) =>
        told.push(`${done}/${total} ${titleOf(check.feed.id)}: ${check.kind}`),
      async start() {
        told.push('prompt');
        return 'on';
      },
    },
    workspaceId: WORKSPACE.id,
    subscription: opened.subscription,
    ended,
    ...(window ? { window } : {}),
  };
  return { ...opened, run, told, end };
}

describe('one run', () => {
  it('polls, posts and ends with 0', async () => {
    const { run, told, posts } = await open(brings);
    expect(await runOnce(run)).toBe(0);
    expect(told).toEqual(['Polling 1 source …', '1/1 Feed us: changed']);
    expect(wordsOf(posts[0] ?? expect.fail('nothing posted'))).toContain(ORDER.title);
  });

  it('covers the window it is given', async () => {
    const window = { from: '2026-06-09T16:00:00.000Z', to: '2026-06-10T08:00:00.000Z' };
    const { run, store, subscription } = await open(brings, { window });
    await runOnce(run);
    expect(await store.deliveries(subscription.id, 5)).toMatchObject([{ window }]);
  });

  it('says that a digest was posted before, where its window was', async () => {
    const { run, told, posts } = await open(brings);
    await runOnce(run);
    expect(await runOnce(run)).toBe(0);
    expect(told.at(-1)).toBe('This digest was posted before; /digest last shows it again.');
    expect(posts).toHaveLength(1);
  });

  it('ends with 2, says what to check and leaves the time to the next run when no source could be read', async () => {
    const { run, told, posts } = await open(fails, { feeds: ['us', 'un'] });
    expect(await runOnce(run)).toBe(2);
    expect(told.at(-1)).toBe('No source could be read (2 failures above). Check the network, then run it again.');
    expect(posts).toEqual([]);
  });

  it('ends with 2 and says why when there was nothing to read', async () => {
    const { run, told } = await open(fails, { feeds: [] });
    expect(await runOnce(run)).toBe(2);
    expect(told.at(-1)).toContain('the list is empty, paused, or every server asked for quiet');
  });

  it('fails with the reason when the digest could not be printed', async () => {
    const { run, breakChannel } = await open(brings);
    breakChannel();
    await expect(runOnce(run)).rejects.toThrow(
      new UserError('The digest could not be printed: the channel is archived'),
    );
  });

  it('tells of a digest that a former run may not have shown', async () => {
    const { run, told, claimDigest } = await open(brings);
    const window = { from: '2026-06-08T06:30:00.000Z', to: '2026-06-09T06:30:00.000Z' };
    await claimDigest(window);
    await runOnce(run);
    expect(told[0]).toBe(
      'The digest of Wed 10 Jun 2026 08:30 may not have been shown: the program stopped while posting it. /digest last shows it.',
    );
  });

  it('posts nothing of what a stop cut short', async () => {
    const { run, service, posts } = await open((_url, signal) => {
      void service.stop();
      return Promise.reject(signal.reason);
    });
    await runOnce(run);
    expect(posts).toEqual([]);
  });
});

describe('a run until it is stopped', () => {
  it('posts what is due, says when the next digest comes, and opens the prompt', async () => {
    const { run, told, posts, end, service } = await open(brings);
    const running = runUntilStopped(run);
    while (!told.includes('prompt')) await setImmediate();
    expect(posts).toHaveLength(1);
    expect(told.at(-2)).toBe(
      'Next digest: Thu 11 Jun 2026 08:30 Europe/Brussels. Type /barrier help for what to type, exit to leave.',
    );
    end();
    await running;
    await service.stop();
  });

  it('goes on when no source can be read', async () => {
    const { run, told, posts, end, service } = await open(fails);
    const running = runUntilStopped(run);
    while (!told.includes('prompt')) await setImmediate();
    expect(told[1]).toBe('1/1 Feed us: failed');
    expect(told.at(-2)).toContain('The first digest comes as soon as a source can be read.');
    expect(posts).toEqual([]);
    end();
    await running;
    await service.stop();
  });

  it('ends at once when it is asked to while sources hang, and posts nothing', async () => {
    const { run, end, service, posts, told } = await open(
      (_url, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const running = runUntilStopped(run);
    end();
    await running;
    await service.stop();
    await setImmediate();
    expect([posts, told]).toEqual([[], ['Polling 1 source …']]);
  });
});
