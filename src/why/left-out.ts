/** Why an item is not posted, whatever its date: one small function a cause, each a sentence or undefined. Pure. */
import type { EventWish } from '../event-wish.ts';
import { type ListFilters, whyLeftOut } from '../filter.ts';
import type { Event, ListedFeed, ReadItem } from '../model.ts';
import { barrierOf } from '../taxonomy/barriers.ts';
import { showTime } from '../time.ts';

/** Held back with others that looked new at once, or called old by an admin. */
export function heldSentence({ flood, feed }: Pick<ReadItem, 'flood' | 'feed'>): string | undefined {
  if (flood === 'undecided')
    return `It is held: most of what ${feed.title} showed with it looked new at once. /feeds health says what can be done.`;
  if (flood === 'dismissed') return 'It was not posted: it came in a flood of entries that an admin called old.';
  return undefined;
}

/** A filter of its feed, its stream or the whole list. */
export function filteredSentence(filters: ListFilters, read: Pick<ReadItem, 'item' | 'feed'>): string | undefined {
  const reason = whyLeftOut(filters, read);
  return reason && `It is left out by ${reason}.`;
}

/** Its feed was paused before it came; absent where the feed is no longer on the list. */
export function feedPausedSentence(
  feed: Pick<ListedFeed, 'title' | 'pausedAt'> | undefined,
  { item }: Pick<ReadItem, 'item'>,
  timeZone: string,
): string | undefined {
  if (feed?.pausedAt === undefined || item.fetchedAt <= feed.pausedAt) return undefined;
  return `It is left out: “${feed.title}” is paused on this list since ${showTime(feed.pausedAt, timeZone)}. /feeds resume takes it up again.`;
}

/** No tagging that the channel could want is as sure as it asks for. */
export function unsureSentence(
  { taggings }: Pick<Event, 'taggings'>,
  { barriers, minimumConfidence = 0 }: EventWish,
): string | undefined {
  if (minimumConfidence === 0) return undefined;
  const wanted = taggings.filter(({ barrier }) => barriers.length === 0 || barriers.includes(barrier));
  const surest = Math.max(0, ...wanted.map(({ confidence }) => confidence));
  if (surest >= minimumConfidence) return undefined;
  const limit = `this channel asks for confidence from ${percent(minimumConfidence)}`;
  if (wanted.length === 0) return `It is left out: ${limit}, and it has no barrier. /digest schedule changes that.`;
  return `It is left out: ${limit}, and it has ${percent(surest)}. /digest schedule changes that.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The channel asks for other barriers, or other streams. */
export function notWantedSentence(
  event: Event,
  { barriers, streams }: Pick<EventWish, 'barriers' | 'streams'>,
): string | undefined {
  if (barriers.length > 0 && !event.taggings.some(({ barrier }) => barriers.includes(barrier))) {
    const names = barriers.map((barrier) => barrierOf(barrier).name).join(', ');
    return `It is left out: this channel asks only for ${names}. /digest schedule changes that.`;
  }
  if (streams.length > 0 && !event.items.some(({ feed }) => streams.includes(feed.stream))) {
    return `It is left out: this channel asks only for the streams ${streams.join(', ')}. /digest schedule changes that.`;
  }
  return undefined;
}

/** Too old for any digest to come. */
export function oldSentence({ backlog, publishedAt }: ReadItem['item']): string {
  if (backlog && publishedAt === undefined)
    return 'It was not posted: it came with the first reading of its feed and has no date, so it may be old news.';
  if (backlog) return 'It was not posted: it is older than the first digest reaches back.';
  return 'It was not posted: it is older than the digest’s window.';
}
