import { describe, expect, it } from 'vitest';
import { HeldError, WorldError } from '../../src/errors.ts';
import { pollDue, pollFeeds } from '../../src/poll.ts';
import type { FeedReader, Reading } from '../../src/ports.ts';
import { registrableDomain } from '../../src/registrable-domain.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/time.ts';
import { createTestBot, feedDraft, WORKSPACE } from '../test-bot.ts';

type Answer = (host: string) => Promise<Reading>;

/** A bot that reads a feed of each host; `asked` are the hosts in the order in which they were asked. */
async function open(hosts: readonly string[], answer: Answer) {
  const drafts = hosts.map((host) => feedDraft(host.replaceAll('.', '-'), { url: `https://${host}/feed` }));
  const { store, clock, log, advance } = await createTestBot(drafts, new Map());
  const asked: string[] = [];
  const reader: FeedReader = {
    read: ({ url }) => {
      const { host } = new URL(url);
      asked.push(host);
      return answer(host);
    },
    lane: (url) => registrableDomain(new URL(url).hostname),
    close: async () => {},
  };
  const dependencies = { store, reader, clock, log, signal: new AbortController().signal };
  return {
    ...{ store, clock, advance, asked },
    pollDue: () => pollDue(dependencies),
    pollAll: async () => pollFeeds(dependencies, await store.activeFeeds(clock.now())),
    pollFor: async (longestLane: number) =>
      pollFeeds(dependencies, await store.activeFeeds(clock.now()), undefined, longestLane),
    feed: async (host: string) =>
      (await store.listFeeds(WORKSPACE.id)).find(({ url }) => url === `https://${host}/feed`) ?? expect.fail(host),
  };
}

const nothing = async (): Promise<Reading> => ({ outcome: 'unchanged' });
const EU = ['a.europa.eu', 'b.europa.eu', 'c.europa.eu', 'd.europa.eu', 'e.europa.eu'];

describe('feeds of one owner', () => {
  it('are asked one after the other, while those of others go on', async () => {
    const underWay = new Map<string, number>();
    const most = new Map<string, number>();
    const { pollDue: poll, asked } = await open([...EU, 'www.nist.gov', 'un.org'], async (host) => {
      const owner = registrableDomain(host);
      const now = (underWay.get(owner) ?? 0) + 1;
      underWay.set(owner, now);
      most.set(owner, Math.max(most.get(owner) ?? 0, now));
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      underWay.set(owner, now - 1);
      return nothing();
    });
    expect(await poll()).toHaveLength(7);
    expect([...most.values()]).toEqual([1, 1, 1]);
    expect(asked.slice(0, 3).map(registrableDomain).sort()).toEqual(['europa.eu', 'nist.gov', 'un.org']);
  });

  it('are all left alone for as long as one server of theirs asks, also after a restart', async () => {
    const until = '2026-06-10T09:30:00.000Z';
    const bot = await open([...EU, 'un.org'], async (host) => {
      if (host === 'b.europa.eu') throw new WorldError('answered 503', { status: 503, notBefore: until });
      return nothing();
    });
    const checks = await bot.pollDue();
    expect(bot.asked.sort()).toEqual(['a.europa.eu', 'b.europa.eu', 'un.org']);
    expect(checks.filter(({ kind }) => kind === 'held')).toHaveLength(3);
    // What was not asked has not failed.
    expect(await bot.feed('c.europa.eu')).toMatchObject({ errorCount: 0, heldUntil: until });
    expect((await bot.feed('c.europa.eu')).nextCheckAt >= until).toBe(true);
    // Each poll starts from the store alone, as after a restart.
    bot.advance(2 * HOUR);
    bot.asked.length = 0;
    await bot.pollDue();
    expect(bot.asked.sort()).toEqual(['un.org']);
    expect(await bot.feed('a.europa.eu')).toMatchObject({ errorCount: 0, heldUntil: until });
    bot.advance(HOUR + 15 * MINUTE);
    bot.asked.length = 0;
    await bot.pollDue();
    expect(bot.asked).toEqual(expect.arrayContaining(EU));
  });

  it('are left alone for an hour after 429 without a word on how long', async () => {
    const bot = await open(EU, async () => {
      throw new WorldError('answered 429 (too many requests)', { status: 429 });
    });
    await bot.pollDue();
    expect(bot.asked).toEqual(['a.europa.eu']);
    expect(await bot.feed('a.europa.eu')).toMatchObject({ errorCount: 1, heldUntil: plus(bot.clock.now(), HOUR) });
  });

  it('are left alone after three refusals in a row, since a big site says 403 where it means 429', async () => {
    const bot = await open(EU, async () => {
      throw new WorldError('answered 403 (access refused)', { status: 403 });
    });
    await bot.pollDue();
    expect(bot.asked).toEqual(['a.europa.eu', 'b.europa.eu', 'c.europa.eu']);
    expect((await bot.feed('d.europa.eu')).errorCount).toBe(0);
  });

  it('do not suffer from one that alone is refused, which says in words that it is asked less', async () => {
    const bot = await open(EU, async (host) => {
      if (host === 'b.europa.eu') throw new WorldError('answered 403 (access refused)', { status: 403 });
      return nothing();
    });
    await bot.pollAll();
    bot.advance(DAY);
    bot.asked.length = 0;
    await bot.pollAll();
    expect(bot.asked).toEqual(EU);
    expect(await bot.feed('b.europa.eu')).toMatchObject({
      lastError: 'answered 403 (access refused) again, which is taken for a limit: it is asked less and less often',
      nextCheckAt: plus(bot.clock.now(), 2 * HOUR),
    });
  });

  it('do not hold up the others where their server is slow: what is left stays due', async () => {
    const bot = await open([...EU, 'un.org'], nothing);
    await bot.pollFor(0);
    expect(bot.asked.sort()).toEqual(['a.europa.eu', 'un.org']);
    expect(await bot.feed('b.europa.eu')).not.toHaveProperty('checkedAt');
    await bot.pollDue();
    expect(bot.asked.sort()).toEqual([...EU, 'un.org']);
  });

  it('wait where the reader was told to hold them, without a failure', async () => {
    const until = '2026-06-10T07:00:00.000Z';
    const bot = await open(['un.org'], async () => {
      throw new HeldError('its robots.txt asks for 420 s between requests', until);
    });
    expect(await bot.pollDue()).toMatchObject([{ kind: 'held' }]);
    expect(await bot.feed('un.org')).toMatchObject({ errorCount: 0, heldUntil: until });
  });
});

describe('a feed that several workspaces list', () => {
  it('is asked once for all of them', async () => {
    const bot = await open(['un.org'], nothing);
    const other = { id: 'T1', adapter: 'slack', name: 'Other', timeZone: 'UTC' };
    await bot.store.saveWorkspace(other, () => [feedDraft('mine', { url: 'https://un.org/feed' })], bot.clock.now());
    await bot.pollDue();
    await bot.pollDue();
    expect(bot.asked).toEqual(['un.org']);
    expect(await bot.store.listFeeds('T1')).toMatchObject([{ checkedAt: bot.clock.now() }]);
  });
});
