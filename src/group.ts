/** Puts items about one happening into one event. Pure, and bounded: only items that share a rare word are compared. */
import type { Instant, Item } from './model.ts';
import type { GroupingItem } from './ports.ts';
import { DAY } from './time.ts';

/** Items further apart than this are different happenings, however alike they read. */
export const GROUPING_DAYS = 7;

/** Above this likeness two items tell of one event; chosen on labelled events, see docs/decisions/0005. */
const SAME_EVENT = 0.22;

/** A word in more items than this says little and starts no comparison. */
const COMMON = 40;

/** The day an item counts under: its own date, or the moment it was first seen. */
export function occurredAt(item: Item): Instant {
  return item.publishedAt ?? item.fetchedAt;
}

interface Sketch {
  readonly source: GroupingItem;
  readonly time: number;
  readonly words: ReadonlyMap<string, number>;
  eventId: string | undefined;
}

/** Finds the event of each new item among the grouped ones and each other: item id → event id (an item's own id starts an event). */
export function assignEvents(
  fresh: readonly GroupingItem[],
  grouped: readonly GroupingItem[],
): ReadonlyMap<string, string> {
  const sketches = [...grouped, ...fresh].map(sketch);
  const holders = indexByWord(sketches);
  const assigned = new Map<string, string>();
  for (const one of sketches) {
    if (one.eventId !== undefined) continue;
    one.eventId =
      bestMatch(one, candidates(one, sketches, holders), holders, sketches.length)?.eventId ?? one.source.item.id;
    assigned.set(one.source.item.id, one.eventId);
  }
  return assigned;
}

function sketch(source: GroupingItem): Sketch {
  const words = new Map<string, number>();
  for (const word of contentWords(source.item.summary)) words.set(word, 1);
  for (const word of contentWords(source.item.title)) words.set(word, 2);
  return { source, time: Date.parse(occurredAt(source.item)), words, eventId: source.eventId };
}

const STOP = new Set(
  'a an and are as at be been but by for from has have he her his how in into is it its more new not of on or our over says said she so than that the their them then they this to under up was we were what when which who why will with would after about against also could first may must one two while about all can out'.split(
    ' ',
  ),
);

/** Words that carry meaning, lower-cased, with plural and possessive endings cut. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu) ?? [];
  return words.filter((word) => word.length > 1 && !STOP.has(word)).map(stem);
}

function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 5 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

function indexByWord(sketches: readonly Sketch[]): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  sketches.forEach((one, index) => {
    for (const word of one.words.keys()) {
      const known = holders.get(word);
      if (known) known.push(index);
      else holders.set(word, [index]);
    }
  });
  return holders;
}

/** Earlier-placed sketches that share at least one uncommon word and lie near in time. */
function candidates(one: Sketch, sketches: readonly Sketch[], holders: ReadonlyMap<string, number[]>): Set<Sketch> {
  const found = new Set<Sketch>();
  for (const word of one.words.keys()) {
    const indexes = holders.get(word) ?? [];
    if (indexes.length > COMMON) continue;
    for (const index of indexes) {
      const other = sketches[index];
      if (!other || other === one || other.eventId === undefined) continue;
      if (Math.abs(other.time - one.time) <= GROUPING_DAYS * DAY) found.add(other);
    }
  }
  return found;
}

function bestMatch(
  one: Sketch,
  others: Set<Sketch>,
  holders: ReadonlyMap<string, number[]>,
  total: number,
): Sketch | undefined {
  let best: Sketch | undefined;
  let bestLikeness = SAME_EVENT;
  for (const other of others) {
    const found = likeness(one, other, holders, total);
    if (found > bestLikeness) {
      best = other;
      bestLikeness = found;
    }
  }
  return best;
}

/** Cosine of the two word sets, rare words counting more; the same link is the same event. */
function likeness(one: Sketch, other: Sketch, holders: ReadonlyMap<string, number[]>, total: number): number {
  if (one.source.item.url !== undefined && one.source.item.url === other.source.item.url) return 1;
  const rarity = (word: string) => Math.log(1 + (total + 50) / ((holders.get(word)?.length ?? 0) + 1));
  const length = (words: ReadonlyMap<string, number>) =>
    Math.sqrt([...words].reduce((sum, [word, weight]) => sum + (weight * rarity(word)) ** 2, 0));
  let shared = 0;
  for (const [word, weight] of one.words) {
    const otherWeight = other.words.get(word);
    if (otherWeight !== undefined) shared += weight * otherWeight * rarity(word) ** 2;
  }
  return shared / (length(one.words) * length(other.words) || 1);
}
