/** Sends many digests to many channels through the ledger, in the time that a clock of its own lets pass. */
import type { Channel, Delivery } from '../../src/model.ts';
import { CHANNELS_AT_ONCE, type DeliveryDependencies, sendClaimed } from '../../src/send.ts';
import { settleDeliveries } from '../../src/settle.ts';
import { newSubscription } from '../../src/subscription.ts';
import { DAY, HOUR, plus } from '../../src/time.ts';
import { forEachOf } from '../../src/workers.ts';
import { cardOf } from './cards.ts';

export interface Posting {
  readonly dependencies: DeliveryDependencies;
  readonly channels: readonly Channel[];
  readonly digests: number;
  /** Lets time pass for the bot and for the platform, which by then has done all that it was asked for. */
  readonly advance: (milliseconds: number) => Promise<void>;
}

/** Resolves with every delivery of every channel, once none is open. */
export async function sendAll({ dependencies, channels, digests, advance }: Posting): Promise<Delivery[]> {
  const { store, clock } = dependencies;
  for (const channel of channels) {
    const wish = { channel, localTime: '08:30', timeZone: 'UTC', createdBy: 'tests', now: clock.now() };
    await store.saveSubscription(newSubscription(wish), 'schedule', 'tests', clock.now());
  }
  const sent = new Map(channels.map((channel) => [channel, 0]));
  const next = async (channel: Channel) => {
    const subscription = await store.subscriptionOf(channel);
    const digest = sent.get(channel) ?? 0;
    if (subscription === undefined || digest === digests || (await store.openDelivery(subscription.id))) return;
    sent.set(channel, digest + 1);
    const now = clock.now();
    const window = { from: plus(now, -HOUR), to: now };
    const card = cardOf(channels.indexOf(channel), digest);
    const claim = {
      subscriptionId: subscription.id,
      window,
      eventIds: [],
      card,
      nextDigestAt: plus(now, DAY),
      at: now,
    };
    const delivery = await store.claimDigest(claim);
    if (delivery === undefined) throw new Error('a window was claimed twice');
    await sendClaimed(dependencies, { subscription, delivery, card }, { retries: true });
  };
  const isOver = async () => {
    const open = await store.openDeliveries(plus(clock.now(), DAY));
    return open.length === 0 && [...sent.values()].every((count) => count === digests);
  };
  while (!(await isOver())) {
    await settleDeliveries(dependencies);
    await forEachOf(channels, CHANNELS_AT_ONCE, next);
    await advance(HOUR);
  }
  const all = channels.map(async (channel) => {
    const subscription = await store.subscriptionOf(channel);
    return subscription ? store.deliveries(subscription.id, digests + 1) : [];
  });
  return (await Promise.all(all)).flat();
}

export interface Outcome {
  readonly deliveries: number;
  readonly sent: number;
  /** How many were in doubt, by how that was settled. */
  readonly settled: Readonly<Record<string, number>>;
}

export function outcomeOf(deliveries: readonly Delivery[]): Outcome {
  const settled: Record<string, number> = {};
  for (const { settledBy } of deliveries) if (settledBy) settled[settledBy] = (settled[settledBy] ?? 0) + 1;
  return { deliveries: deliveries.length, sent: deliveries.filter(({ state }) => state === 'sent').length, settled };
}
