/** What 10,000 digests cost that are due in the same minute: composed, claimed, posted to a platform that answers at once, settled. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { postDueDigests } from '../../src/deliver.ts';
import type { BarrierId, Instant, Stream, Subscription, Workspace } from '../../src/model.ts';
import type { Adapter, Store } from '../../src/ports.ts';
import { newSubscription } from '../../src/subscription.ts';
import { DAY, HOUR, plus } from '../../src/time.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { keptLog } from '../test-bot.ts';
import { fillStore } from './fill.ts';
import { figure, ms, processorSeconds, s, seconds } from './measure.ts';

const ITEMS = 4_000;
const WORKSPACES = 50;
const CHANNELS = 200;
/** The made-up items come in batches of some days, so that a window of one day may hold none. */
const DAYS_COVERED = 30;

/** What channels ask for: most want everything. */
const WISHES: readonly { readonly barriers: readonly BarrierId[]; readonly streams: readonly Stream[] }[] = [
  { barriers: [], streams: [] },
  { barriers: [], streams: [] },
  { barriers: ['geopolitical-deadlock'], streams: [] },
  { barriers: ['pacing-gap', 'ungoverned-militarization'], streams: ['us'] },
];

/** Subscriptions of many workspaces with the same feeds, each covered until some days before `now` and due then. */
async function fillSubscriptions(store: Store, now: Instant): Promise<void> {
  const feeds = await store.listFeeds('local');
  for (let number = 0; number < WORKSPACES; number++) {
    const workspace: Workspace = {
      id: `w${number}`,
      adapter: 'local',
      name: `W${number}`,
      timeZone: 'Europe/Brussels',
    };
    await store.saveWorkspace(workspace, () => feeds, now);
    for (let channel = 0; channel < CHANNELS; channel++) {
      const made = newSubscription({
        channel: { adapter: 'local', workspaceId: workspace.id, id: `c${channel}` },
        localTime: '08:30',
        timeZone: workspace.timeZone,
        createdBy: 'bench',
        now: plus(now, -2 * DAY),
        firstDigestAt: now,
      });
      const wish = WISHES[channel % WISHES.length];
      const subscription: Subscription = { ...made, ...wish, coveredUntil: plus(now, -DAYS_COVERED * DAY) };
      await store.saveSubscription(subscription, 'bench', 'bench', plus(now, -DAY));
    }
  }
}

export async function benchSubscriptions(folder: string): Promise<void> {
  const store = await openStore(join(folder, 'subscriptions.db'));
  await fillStore(store, ITEMS);
  const now = plus(new Date().toISOString(), HOUR);
  await fillSubscriptions(store, now);
  const log = keptLog();
  let posts = 0;
  const adapter: Adapter = {
    name: 'local',
    start: async () => 'on',
    stop: async () => {},
    post: async () => `m${posts++}`,
    resume: async () => ({ messageRef: 'm', found: 0, messages: 1 }),
    revise: async () => true,
    tell: async () => {},
    obstacle: async () => undefined,
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = processorSeconds();
  const time = await seconds(() =>
    postDueDigests({ store, clock: { now: () => now }, adapters: [adapter], admins: [], log }),
  );
  const processor = processorSeconds() - before;
  delay.disable();
  const events = (await store.deliveries('w0:c0', 1))[0]?.events ?? 0;
  if (log.lines.length > 0) throw new Error(log.lines[0]);
  figure(`${posts} digests of ${events} events due in one minute`, `${s(time)}, ${s(processor)} of processor time`);
  figure('event loop held meanwhile', `p99 ${ms(delay.percentile(99) / 1e6)}  most ${ms(delay.max / 1e6)}`);
  await store.close();
}
