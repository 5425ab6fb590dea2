import { describe, expect, it } from 'vitest';
import { WorldError } from '../../src/errors.ts';
import type { Feed } from '../../src/model.ts';
import { type Check, finishItems, pollDue, pollFeeds } from '../../src/poll.ts';
import type { FeedReader, Reading } from '../../src/ports.ts';
import { between, DAY, HOUR, MINUTE, plus } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, WORKSPACE } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});

type Answer = (feed: Parameters<FeedReader['read']>[0], signal: AbortSignal) => Promise<Reading>;

/** A bot whose sources answer as the test says; time stands still until it is moved. */
async function open(answer: Answer, ids: readonly string[] = ['us']) {
  const { store, clock, log, advance } = await createTestBot(
    ids.map((id) => feedDraft(id)),
    new Map(),
  );
  const stopping = new AbortController();
  const reader: FeedReader = { read: answer, close: async () => {} };
  const dependencies = { store, reader, clock, log, signal: stopping.signal };
  return {
    store,
    clock,
    log,
    advance,
    stop: () => stopping.abort(new Error('stopping')),
    poll: async (onCheck?: Parameters<typeof pollFeeds>[2]) =>
      pollFeeds(dependencies, await store.activeFeeds(clock.now()), onCheck),
    pollDue: () => pollDue(dependencies),
    feed: async (id = 'us') => (await store.listFeeds(WORKSPACE.id)).find((each) => each.id === id) ?? expect.fail(),
  };
}

const changed = (...items: (typeof ORDER)[]): Reading => ({ outcome: 'changed', items });

function fail(error: Error): Answer {
  return async () => {
    throw error;
  };
}

/** Minutes until the next look, after the check that was just made. */
function wait({ checkedAt = '', nextCheckAt }: Feed): number {
  return between(checkedAt, nextCheckAt) / MINUTE;
}

describe('polling', () => {
  it('stores, tags and groups what is new, and counts it once', async () => {
    const { store, poll } = await open(async () => changed(ORDER));
    expect((await poll()).map(({ kind, newItems }) => [kind, newItems])).toEqual([['changed', 1]]);
    expect((await poll()).map(({ newItems }) => newItems)).toEqual([0]);
    const [read] = await store.recentItems(WORKSPACE.id, { limit: 5 });
    expect(read?.tagged?.primary).toBe('geopolitical-deadlock');
    expect(read?.eventId).toBe(read?.item.id);
  });

  it('sends the validators of the last answer with the next', async () => {
    const seen: unknown[] = [];
    const { poll } = await open(async ({ etag, lastModified }) => {
      seen.push({ etag, lastModified });
      return { ...changed(ORDER), etag: '"v1"', lastModified: 'Tue, 09 Jun 2026 15:00:00 GMT' };
    });
    await poll();
    await poll();
    expect(seen).toEqual([{}, { etag: '"v1"', lastModified: 'Tue, 09 Jun 2026 15:00:00 GMT' }]);
  });

  it('lets one failing source stop no other, and says in words what failed', async () => {
    const { poll, log, feed } = await open(
      async ({ url }) => {
        if (url.includes('un.')) throw new WorldError('answered 503 (service unavailable)');
        return changed(ORDER);
      },
      ['us', 'un', 'eu'],
    );
    const checks = await poll();
    expect(checks.map((check) => [check.feed.id, check.kind, check.error]).sort()).toEqual([
      ['eu', 'changed', undefined],
      ['un', 'failed', 'answered 503 (service unavailable)'],
      ['us', 'changed', undefined],
    ]);
    expect(await feed('un')).toMatchObject({ errorCount: 1, lastError: 'answered 503 (service unavailable)' });
    expect(log.lines).toEqual([]);
  });

  it('takes a fault of ours for a failed check, and logs it with its cause', async () => {
    const { poll, log, feed } = await open(fail(new TypeError('undefined is not a function')));
    expect((await poll()).map(({ kind }) => kind)).toEqual(['failed']);
    expect(log.lines.join()).toContain('undefined is not a function');
    expect((await feed()).errorCount).toBe(1);
  });

  it('waits longer with each failure in a row, a day at most, and an hour again after a success', async () => {
    let answer = fail(new WorldError('host not found'));
    const { poll, feed, advance } = await open((asked, signal) => answer(asked, signal));
    const waits: number[] = [];
    for (let failures = 0; failures < 14; failures++) {
      await poll();
      waits.push(wait(await feed()));
      advance(DAY);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440]);
    answer = async () => changed(ORDER);
    await poll();
    const healed = await feed();
    expect(healed).toMatchObject({ errorCount: 0 });
    expect(healed.lastError).toBeUndefined();
    expect(wait(healed)).toBeGreaterThanOrEqual(60);
    expect(wait(healed)).toBeLessThan(67);
  });

  it('keeps the quiet that a server asks for, also when everything is polled', async () => {
    let asked = 0;
    const {
      poll,
      pollDue: due,
      feed,
      advance,
      clock,
    } = await open(async () => {
      asked += 1;
      throw new WorldError('answered 429', { notBefore: plus(clock.now(), 3 * HOUR) });
    });
    await poll();
    expect((await feed()).heldUntil).toBe(plus(clock.now(), 3 * HOUR));
    advance(2 * HOUR);
    expect([await poll(), await due(), asked]).toEqual([[], [], 1]);
    advance(HOUR);
    await due();
    expect(asked).toBe(2);
  });

  it('asks only what is due, and nothing that is paused', async () => {
    const { pollDue: due, advance, store, clock } = await open(async () => changed(ORDER), ['us', 'un']);
    await store.editFeedList(WORKSPACE.id, { action: 'pause', feedId: 'un' }, 'local:ana', clock.now());
    const ids = async () => (await due()).map((check) => check.feed.id);
    expect(await ids()).toEqual(['us']);
    expect(await ids()).toEqual([]);
    advance(2 * HOUR);
    expect(await ids()).toEqual(['us']);
  });

  it('tells of each check as it ends, counting up', async () => {
    const told: [string, number, number][] = [];
    const { poll } = await open(async () => changed(), ['a', 'b', 'c']);
    const onCheck = (check: Check, done: number, total: number) => told.push([check.kind, done, total]);
    await poll(onCheck);
    expect(told).toEqual([
      ['changed', 1, 3],
      ['changed', 2, 3],
      ['changed', 3, 3],
    ]);
  });

  it('reads at most sixteen sources at once, and all of them in the end', async () => {
    let atOnce = 0;
    let most = 0;
    const ids = Array.from({ length: 40 }, (_, index) => `feed${index}`);
    const { poll } = await open(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return changed();
    }, ids);
    expect(await poll()).toHaveLength(40);
    expect(most).toBe(16);
  });

  it('records nothing of what a stop cuts short, so that it stays due', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `feed${index}`);
    let asked = 0;
    const bot = await open((_, signal) => {
      asked += 1;
      if (asked === 5) bot.stop();
      return new Promise((_resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }, ids);
    expect(await bot.poll()).toEqual([]);
    expect(asked).toBeLessThanOrEqual(16);
    for (const feed of await bot.store.listFeeds(WORKSPACE.id)) {
      expect(feed).toMatchObject({ errorCount: 0 });
      expect(feed.checkedAt).toBeUndefined();
    }
    expect(await bot.store.countItems(WORKSPACE.id)).toEqual({ items: 0, relevant: 0 });
    expect(bot.log.lines).toEqual([]);
  });

  it('finishes what a crash left untagged or ungrouped', async () => {
    const { store, clock } = await open(async () => changed());
    await store.recordCheck('us', { kind: 'changed', items: [ORDER] }, clock.now(), clock.now());
    expect(await store.untaggedItems(5)).toHaveLength(1);
    await finishItems({ store, clock });
    expect([await store.untaggedItems(5), await store.ungroupedItems(5)]).toEqual([[], []]);
    const [read] = await store.recentItems(WORKSPACE.id, { limit: 5 });
    expect(read?.eventId).toBeDefined();
  });

  it('puts an echo in another feed into the same event', async () => {
    const echo = { ...ORDER, guid: 'echo', url: 'https://other.example/echo', publishedAt: '2026-06-09T18:00:00.000Z' };
    const { store, poll } = await open(async ({ url }) => changed(url.includes('us.') ? ORDER : echo), ['us', 'un']);
    await poll();
    const items = await store.recentItems(WORKSPACE.id, { limit: 5 });
    expect(items).toHaveLength(2);
    expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(1);
  });
});
