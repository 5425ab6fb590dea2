/** What the next digest leaves out of all that was seen in its window, counted by cause with a few titles. */
import type { Block } from './card.ts';
import { toEvents } from './event.ts';
import type { EventWish } from './event-wish.ts';
import { keptItems, type ListFilters, listFilters } from './filter.ts';
import type { Event, ListedFeed, ReadItem, Subscription, Window } from './model.ts';
import { plural } from './plural.ts';
import type { Store } from './ports.ts';
import {
  feedPausedSentence,
  filteredSentence,
  heldSentence,
  notWantedSentence,
  unsureSentence,
} from './why/left-out.ts';

/** In the order they are asked: the first that holds is counted. */
const CAUSES = {
  'not tagged': 'not tagged yet',
  'off topic': 'off topic',
  held: 'held, or called old',
  filtered: 'filtered',
  'feed paused': 'from a paused feed',
  told: 'of an event that was told before',
  'not wanted': 'of other barriers or streams than asked for',
  unsure: 'not tagged as surely as asked for',
  old: 'too old to be news',
} as const;
type Cause = keyof typeof CAUSES;

const TITLES_SHOWN = 2;
const LONGEST_TITLE = 70;

/** More items in a week than the catalogue's sources bring; after a longer gap only the newest are counted. */
const ITEMS_READ = 5_000;

/** How many items one cause leaves out. */
export interface LeftOut {
  readonly cause: Cause;
  readonly items: number;
  /** Of a few of them, the newest first. */
  readonly titles: readonly string[];
}

/** What decides whether an item is left out. */
export interface LeftOutFacts {
  readonly wish: EventWish;
  readonly feeds: readonly ListedFeed[];
  readonly filters: ListFilters;
  /** Events by id, as the digest reads them. */
  readonly events: ReadonlyMap<string, Event>;
  /** Ids of events that a digest of the channel held before. */
  readonly told: ReadonlySet<string>;
  /** Ids of items that the digest looks at. */
  readonly fresh: ReadonlySet<string>;
}

/** Counts what is left out, the commonest cause first. Pure. */
export function leftOut(seen: readonly ReadItem[], facts: LeftOutFacts): LeftOut[] {
  const groups = new Map<Cause, ReadItem[]>();
  for (const read of seen) {
    const cause = causeOf(read, facts);
    if (cause) groups.set(cause, [...(groups.get(cause) ?? []), read]);
  }
  return [...groups]
    .map(([cause, items]) => ({
      cause,
      items: items.length,
      titles: items.slice(0, TITLES_SHOWN).map(({ item }) => item.title),
    }))
    .sort((one, other) => other.items - one.items || one.cause.localeCompare(other.cause));
}

/** The first cause that holds; undefined for an item that is in the digest. */
function causeOf(read: ReadItem, { wish, feeds, filters, events, told, fresh }: LeftOutFacts): Cause | undefined {
  const { item, tagged, eventId = item.id } = read;
  if (tagged === undefined) return 'not tagged';
  if (!tagged.relevant) return 'off topic';
  if (heldSentence(read)) return 'held';
  if (filteredSentence(filters, read)) return 'filtered';
  const feed = feeds.find(({ id }) => id === read.feed.id);
  if (feedPausedSentence(feed, read, 'UTC')) return 'feed paused';
  if (told.has(eventId)) return 'told';
  const event = events.get(eventId);
  if (event && notWantedSentence(event, wish)) return 'not wanted';
  if (event && unsureSentence(event, wish)) return 'unsure';
  // An older item may be in the digest with a newer one of its event.
  return fresh.has(item.id) || event?.items.some((each) => fresh.has(each.item.id)) ? undefined : 'old';
}

/** Reads what the digest of a window leaves out; cut where more was seen than is counted. */
export async function readLeftOut(
  store: Store,
  subscription: Subscription,
  window: Window,
): Promise<{ readonly found: readonly LeftOut[]; readonly isCut: boolean }> {
  const { id, channel } = subscription;
  const { workspaceId } = channel;
  const seen = await store.seenItems(workspaceId, window, ITEMS_READ);
  const feeds = await store.listFeeds(workspaceId);
  const eventIds = [...new Set(seen.flatMap(({ eventId }) => eventId ?? []))];
  const filters = listFilters(feeds, await store.filters(workspaceId));
  const events = toEvents(keptItems(filters, await store.itemsOfEvents(workspaceId, eventIds)));
  const fresh = keptItems(filters, await store.newItems(workspaceId, window));
  const found = leftOut(seen, {
    wish: subscription,
    feeds,
    filters,
    events: new Map(events.map((event) => [event.id, event])),
    told: await store.deliveredEvents(id, eventIds),
    fresh: new Set(fresh.map(({ item }) => item.id)),
  });
  return { found, isCut: seen.length === ITEMS_READ };
}

/** One line a cause; none where nothing is left out. Titles are the items' own words. */
export function leftOutBlocks(found: readonly LeftOut[], isCut = false): Block[] {
  if (found.length === 0) return [];
  const runs = found.flatMap(({ cause, items, titles }, index) => {
    const named = titles.map(
      (title) => `“${title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title}”`,
    );
    const more = items - titles.length;
    const end = `${more > 0 ? ` and ${more} more` : ''}${index < found.length - 1 ? '\n' : ''}`;
    return [
      { text: `${items} ${CAUSES[cause]}: ` },
      { text: named.join(', '), style: 'quiet' as const, marks: [] },
      ...(end ? [{ text: end }] : []),
    ];
  });
  const total = found.reduce((sum, { items }) => sum + items, 0);
  return [
    {
      kind: 'heading',
      text: 'Left out',
      note: `${plural(total, 'item')}${isCut ? ` of the newest ${ITEMS_READ.toLocaleString('en')}` : ''}`,
    },
    { kind: 'text', runs: [...runs, { text: '\nWhy one of them: /barrier why and its link.', style: 'quiet' }] },
  ];
}
