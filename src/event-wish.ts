/** Which events a channel asks for. Pure. */
import type { Event, ReadItem, Stream, Subscription, Tagging } from './model.ts';

export type EventWish = Pick<Subscription, 'barriers' | 'streams' | 'minimumConfidence'>;

/** True for an event that the wish asks for; one without a barrier has no confidence, so a minimum leaves it out. */
export function isWanted({ taggings, items }: Event, wish: EventWish): boolean {
  const streams = items.map(({ feed }) => feed.stream);
  return fits(taggings, streams, wish);
}

/** As `isWanted`, for an item by itself. */
export function isItemWanted({ feed, tagged }: ReadItem, wish: EventWish): boolean {
  return fits(tagged?.taggings ?? [], [feed.stream], wish);
}

function fits(
  taggings: readonly Tagging[],
  from: readonly Stream[],
  { barriers, streams, minimumConfidence = 0 }: EventWish,
): boolean {
  const sure = taggings.filter(({ confidence }) => confidence >= minimumConfidence);
  const isSure = minimumConfidence === 0 || sure.length > 0;
  const barrierWanted = barriers.length === 0 || sure.some(({ barrier }) => barriers.includes(barrier));
  const streamWanted = streams.length === 0 || from.some((stream) => streams.includes(stream));
  return isSure && barrierWanted && streamWanted;
}
