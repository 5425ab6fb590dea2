/** Composes what one channel gets for one window. Pure: events in, digest out. */

import { primaryTagging, toEvents } from './event.ts';
import { type EventWish, isWanted } from './event-wish.ts';
import { feedStates } from './feed-state.ts';
import { keptItems, listFilters } from './filter.ts';
import type { BarrierId, Direction, Event, Instant, ListedFeed, ReadItem, Subscription, Window } from './model.ts';
import { BARRIER_IDS, DIRECTIONS } from './model.ts';
import type { Store } from './ports.ts';
import { DAY, HOUR, plus } from './time.ts';
import { datesForDigest, type UpcomingDate } from './upcoming.ts';
import { byWeight, NO_PAST, PAST_PERIOD, type Past, weight } from './weight.ts';

/** A channel's first digest looks back over a weekend, so that nobody starts with an empty page. */
const FIRST_WINDOW = 3 * DAY;

/** After a longer gap a digest still covers no more than this: what is older is for a search, not for a morning. */
export const LONGEST_WINDOW = 31 * DAY;

/** What a digest holds. */
export interface Digest {
  readonly window: Window;
  /** Absent for a digest that follows the one before it without a gap. */
  readonly catchUp?: CatchUp;
  /** One section a barrier that moved, in the essays' order; an event stands under its primary barrier only. */
  readonly sections: readonly { readonly barrier: BarrierId; readonly events: readonly Event[] }[];
  /** Relevant events without a barrier. */
  readonly alsoRelevant: readonly Event[];
  readonly directions: Readonly<Record<Direction, number>>;
  readonly items: number;
  readonly feeds: number;
  /** Feeds on the list whose last check failed. */
  readonly failing: readonly FailingFeed[];
  /** What each event weighs, by id. */
  readonly weights: ReadonlyMap<string, number>;
  /** What is coming up, the earliest first. */
  readonly dates: readonly UpcomingDate[];
  /** What the events were weighed against. */
  readonly past: Past;
}

/** A digest in place of several that could not come. */
export interface CatchUp {
  /** True where the gap is longer than a digest covers. */
  readonly isCut: boolean;
}

/** A feed that could not be read, as a digest names it. */
export type FailingFeed = Pick<ListedFeed, 'id' | 'title' | 'lastError'>;

/** The events of a digest in reading order. */
export function eventsOf(digest: Digest): Event[] {
  return [...digest.sections.flatMap((section) => section.events), ...digest.alsoRelevant];
}

/** From the end of the last digest to now, within the limits above; an end ahead of now, from a clock that went back, counts as none. */
export function windowFor({ coveredUntil }: Pick<Subscription, 'coveredUntil'>, now: Instant): Window {
  const from = coveredUntil !== undefined && coveredUntil <= now ? coveredUntil : plus(now, -FIRST_WINDOW);
  const earliest = plus(now, -LONGEST_WINDOW);
  return { from: from < earliest ? earliest : from, to: now };
}

/** Reads the store and composes the digest a subscription would get for the window; events it already got are left out. */
export async function readDigest(store: Store, subscription: Subscription, window: Window): Promise<Digest> {
  const { id } = subscription;
  const { workspaceId } = subscription.channel;
  const feeds = await store.listFeeds(workspaceId);
  const filters = listFilters(feeds, await store.filters(workspaceId));
  const fresh = keptItems(filters, await store.newItems(workspaceId, window));
  const eventIds = eventIdsOf(fresh);
  const delivered = await store.deliveredEvents(id, eventIds);
  const undelivered = eventIds.filter((event) => !delivered.has(event));
  const items = keptItems(filters, await store.itemsOfEvents(workspaceId, undelivered));
  const alone = fresh.filter(({ item, eventId }) => eventId === undefined && !delivered.has(item.id));
  const past = await readPast(store, workspaceId, window.from);
  const dates = await datesForDigest(store, workspaceId, filters, {
    now: window.to,
    timeZone: subscription.timeZone,
    wish: subscription,
  });
  return compose(subscription, window, [...items, ...alone], feeds, { past, dates });
}

/** The events of items, each once; an item without one is an event by itself. */
export function eventIdsOf(items: readonly ReadItem[]): string[] {
  return [...new Set(items.map(({ item, eventId = item.id }) => eventId))];
}

/** What the four weeks before an instant held, to weigh events against. */
export async function readPast(store: Store, workspaceId: string, until: Instant): Promise<Past> {
  return { until, kinds: await store.pastKinds(workspaceId, { from: plus(until, -PAST_PERIOD), to: until }) };
}

/** What a digest is composed with beside its items. */
interface Surroundings {
  /** Nothing is known of the weeks before where absent. */
  readonly past?: Past;
  /** None where absent. */
  readonly dates?: readonly UpcomingDate[];
}

/** Puts events under their barriers, heaviest first, keeping only what the subscription asks for. */
export function compose(
  wish: EventWish,
  window: Window,
  items: readonly ReadItem[],
  feeds: readonly ListedFeed[],
  { past = NO_PAST, dates = [] }: Surroundings = {},
): Digest {
  const events = toEvents(items)
    .filter((event) => isWanted(event, wish))
    .sort(byWeight(past));
  const sections = BARRIER_IDS.map((barrier) => ({
    barrier,
    events: events.filter((event) => primaryTagging(event)?.barrier === barrier),
  })).filter((section) => section.events.length > 0);
  const { active, failing } = feedStates(feeds);
  const directions = { deepens: 0, eases: 0, mixed: 0 };
  for (const event of events) {
    const direction = primaryTagging(event)?.direction;
    if (direction) directions[direction] += 1;
  }
  return {
    window,
    sections,
    alsoRelevant: wish.barriers.length > 0 ? [] : events.filter((event) => event.taggings.length === 0),
    directions,
    items: events.reduce((sum, event) => sum + event.items.length, 0),
    feeds: active.length,
    failing,
    weights: new Map(events.map((event) => [event.id, weight(event, past)])),
    dates,
    past,
  };
}

/** `▲ 7 deepen · ▼ 4 ease · ◆ 1 mixed`, without the zeros. */
export function directionCounts(counts: Readonly<Record<Direction, number>>): string {
  const words = { deepens: '▲ %n deepen', eases: '▼ %n ease', mixed: '◆ %n mixed' } as const;
  return DIRECTIONS.filter((direction) => counts[direction] > 0)
    .map((direction) => words[direction].replace('%n', String(counts[direction])))
    .join(' · ');
}

/** True when the window is about a day or longer, so that "today" would be wrong. */
export function spansDays({ from, to }: Window): boolean {
  return Date.parse(to) - Date.parse(from) > 30 * HOUR;
}
