import { type FeedHints, WEEKDAYS, type Weekday } from '../../src/model.ts';
import type { FeedNode } from '../engines/engine.ts';
import { readRelated } from './links.ts';

const MINUTES: ReadonlyMap<string, number> = new Map([
  ['hourly', 60],
  ['daily', 1_440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);

/** What a feed says of when to ask it (RSS 2.0, RSS 1.0 module "syndication") and who tells of news (WebSub). */
export function readHints(feed: FeedNode): FeedHints {
  const texts = (name: string) =>
    feed.elements.filter((element) => element.name === name).map(({ text }) => text.trim());
  const ttl = positive(texts('ttl')[0]) ?? period(texts('sy:updateperiod')[0], texts('sy:updatefrequency')[0]);
  const skipHours = unique(texts('hour').flatMap(hourOf));
  const skipDays = unique(texts('day').flatMap(dayOf));
  const hub = readRelated(feed, 'hub');
  const self = readRelated(feed, 'self');
  return {
    ...(ttl === undefined ? {} : { ttl }),
    ...(skipHours.length === 0 ? {} : { skipHours }),
    ...(skipDays.length === 0 ? {} : { skipDays }),
    ...(hub === undefined ? {} : { hub }),
    ...(self === undefined ? {} : { self }),
  };
}

function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

function period(name: string | undefined, frequency: string | undefined): number | undefined {
  const minutes = MINUTES.get(name?.toLowerCase() ?? '');
  return minutes === undefined ? undefined : Math.round(minutes / (positive(frequency) ?? 1)) || undefined;
}

/** RSS 0.91 counted the hours from 1 to 24, RSS 2.0 counts them from 0. */
function hourOf(text: string): number[] {
  return /^\d{1,2}$/.test(text) && Number(text) <= 24 ? [Number(text) % 24] : [];
}

function dayOf(text: string): Weekday[] {
  const day = text.slice(0, 3).toLowerCase();
  return WEEKDAYS.filter((weekday) => weekday === day);
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
