/** Events that are posted as soon as they are known: once a channel, so many an hour; the rest is left to the digest. */
import { readPast } from './digest.ts';
import { isRegular } from './due.ts';
import { toEvents } from './event.ts';
import { isWanted } from './event-wish.ts';
import { keptItems } from './filter.ts';
import { instantCard } from './instant-card.ts';
import type { Delivery, Event, Instant, InstantWish, Subscription, Window } from './model.ts';
import type { Store } from './ports.ts';
import { readFilters } from './posted.ts';
import { instantCompositionOf } from './posted-digest.ts';
import { type DeliveryDependencies, sendClaimed } from './send.ts';
import { EVENTS_AN_HOUR } from './subscription.ts';
import { DAY, HOUR, later, plus } from './time.ts';
import { byWeight } from './weight.ts';
import { forEachOf } from './workers.ts';

const CHANNELS_AT_ONCE = 8;

/** So many newest deliveries hold all that were posted at once within the hour, whatever else was posted. */
const DELIVERIES_READ = EVENTS_AN_HOUR * 4;

/** Posts to every channel what it wants at once and has not had; one channel's failure does not hold up another. */
export async function postInstantEvents(dependencies: DeliveryDependencies): Promise<Delivery[]> {
  const { store, clock, log, signal } = dependencies;
  const now = clock.now();
  const subscriptions = await store.instantSubscriptions(now);
  const events = eventsOnce(store);
  const deliveries: Delivery[] = [];
  const post = async (subscription: Subscription) => {
    try {
      const delivery = await postNews(dependencies, subscription, now, events);
      if (delivery) deliveries.push(delivery);
    } catch (thrown) {
      log.error({ err: thrown, subscription: subscription.id }, 'events to be told at once could not be posted');
    }
  };
  await forEachOf(subscriptions, CHANNELS_AT_ONCE, post, () => signal?.aborted === true);
  return deliveries;
}

type EventsOf = (workspaceId: string, window: Window) => Promise<readonly Event[]>;

async function postNews(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
  now: Instant,
  eventsOf: EventsOf,
): Promise<Delivery | undefined> {
  const { store } = dependencies;
  const { id, channel, instant } = subscription;
  if (instant === undefined) return undefined;
  const window = { from: later(plus(now, -reach(subscription)), instant.since), to: now };
  const wanted = (await eventsOf(channel.workspaceId, window)).filter((event) =>
    isInstant(event, subscription, instant),
  );
  if (wanted.length === 0) return undefined;
  const had = await store.deliveredEvents(
    id,
    wanted.map((event) => event.id),
  );
  const left = EVENTS_AN_HOUR - (await postedWithinHour(store, id, now));
  const events = wanted.filter((event) => !had.has(event.id)).slice(0, Math.max(0, left));
  if (events.length === 0) return undefined;
  const eventIds = events.map((event) => event.id);
  const card = instantCard(events, subscription.timeZone, instant);
  const delivery = await store.claimInstant({
    subscriptionId: id,
    window: { from: now, to: now },
    eventIds,
    card,
    composition: instantCompositionOf(events, subscription, instant, card),
    at: now,
  });
  return delivery && sendClaimed(dependencies, { subscription, delivery, card }, { retries: false });
}

/** Beside a digest an event is news for an hour, then the digest has it; alone it waits a day for its turn. */
function reach(subscription: Subscription): number {
  return isRegular(subscription) ? HOUR : DAY;
}

/** True for an event that the channel wants at once. Streams and confidence hold here too, the barriers of the digest do not. */
function isInstant(
  event: Event,
  { streams, minimumConfidence = 0 }: Pick<Subscription, 'streams' | 'minimumConfidence'>,
  { crisis, barriers }: InstantWish,
): boolean {
  const isCrisis = crisis && event.items.some(({ tagged }) => tagged?.crisis);
  const isOnBarrier = barriers.length > 0 && isWanted(event, { barriers, streams, minimumConfidence });
  return isOnBarrier || (isCrisis && isWanted(event, { barriers: [], streams, minimumConfidence }));
}

/** Tries that failed count too, so that a channel that takes nothing is not asked at every beat. */
async function postedWithinHour(store: Store, subscriptionId: string, now: Instant): Promise<number> {
  const since = plus(now, -HOUR);
  return (await store.deliveries(subscriptionId, DELIVERIES_READ))
    .filter(({ occasion, claimedAt }) => occasion === 'instant' && claimedAt > since)
    .reduce((sum, { events }) => sum + events, 0);
}

/** Reads the events of a workspace and window once for all channels of a beat, the weightiest first. */
function eventsOnce(store: Store): EventsOf {
  const known = new Map<string, Promise<readonly Event[]>>();
  return (workspaceId, window) => {
    const key = `${workspaceId} ${window.from}`;
    const events = known.get(key) ?? readEvents(store, workspaceId, window);
    known.set(key, events);
    return events;
  };
}

async function readEvents(store: Store, workspaceId: string, window: Window): Promise<readonly Event[]> {
  const fresh = await store.newItems(workspaceId, window);
  const eventIds = [...new Set(fresh.flatMap(({ eventId }) => eventId ?? []))];
  if (eventIds.length === 0) return [];
  const items = keptItems(await readFilters(store, workspaceId), await store.itemsOfEvents(workspaceId, eventIds));
  return toEvents(items).sort(byWeight(await readPast(store, workspaceId, window.from)));
}
