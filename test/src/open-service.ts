/** The running bot for tests: the real service over a real store in memory; sources, time and channel are set by hand. */
import type { Card } from '../../src/card.ts';
import { WorldError } from '../../src/errors.ts';
import type { FeedDraft, Instant, Window } from '../../src/model.ts';
import type { Adapter, FeedListFiles, FeedReader, Reading, Store } from '../../src/ports.ts';
import { createService } from '../../src/service.ts';
import { setUp } from '../../src/setup.ts';
import { plus } from '../../src/time.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CARD, CHANNEL, keptLog, localUser, WORKSPACE } from '../test-bot.ts';

export const NOW: Instant = '2026-06-10T06:30:00.000Z';

/** Answers a reading by the address of the source. */
export type Answer = (url: string, signal: AbortSignal) => Promise<Reading>;

export async function openService(feeds: readonly FeedDraft[], answer: Answer, on?: Store) {
  let now = NOW;
  const clock = { now: () => now };
  const store = on ?? (await openStore(':memory:'));
  const log = keptLog();
  const happened: string[] = [];
  const posts: Card[] = [];
  const channelState = { isBroken: false };
  const adapter: Adapter = {
    name: 'local',
    start: async () => 'on',
    async stop() {
      happened.push('adapter stopped');
    },
    async post(_channel, card) {
      if (channelState.isBroken) throw new WorldError('the channel is archived');
      return `m${posts.push(card)}`;
    },
    resume: async (_channel, card) => ({ messageRef: `m${posts.push(card)}`, found: 0, messages: 1 }),
    tell: async () => {},
    revise: async () => true,
    obstacle: async () => undefined,
  };
  const reader: FeedReader = {
    read: ({ url }, signal) => answer(url, signal),
    async close() {
      happened.push('reader closed');
    },
  };
  const lists: FeedListFiles = {
    parse: () => ({ feeds: [], filters: [], faults: [] }),
    write: () => '',
    fetch: async () => '',
  };
  const watched = {
    ...store,
    async close() {
      happened.push('store closed');
      await store.close();
    },
  };
  const service = createService({
    store: watched,
    reader,
    lists,
    clock,
    log,
    adapters: [adapter],
    admins: [],
    firstFeeds: () => feeds,
  });
  const setup = { workspace: WORKSPACE, channel: CHANNEL, feeds: () => feeds, localTime: '08:30', now };
  const { subscription } = await setUp(store, setup);
  return {
    service,
    store,
    clock,
    log,
    posts,
    happened,
    subscription,
    /** A digest that a former run claimed and did not finish. */
    claimDigest: (window: Window) =>
      store.claimDigest({
        subscriptionId: subscription.id,
        window,
        eventIds: [],
        card: CARD,
        nextDigestAt: NOW,
        at: NOW,
      }),
    breakChannel: () => {
      channelState.isBroken = true;
    },
    advance: (milliseconds: number) => {
      now = plus(now, milliseconds);
    },
    say: (text: string) =>
      service.bot.handle({
        workspace: WORKSPACE,
        channel: CHANNEL,
        user: localUser(),
        text,
      }),
  };
}
