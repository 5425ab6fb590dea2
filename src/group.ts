/** Puts items about one happening into one event. Pure, and bounded: only items that share a rare word are compared. */
import type { Instant, Item, LocalDate } from './model.ts';
import type { GroupingItem } from './ports.ts';
import { DAY } from './time.ts';

/** Items further apart than this are different happenings, however alike they read. */
export const GROUPING_DAYS = 7;

/** Above this likeness two items tell of one event; chosen on labelled events, see docs/decisions/0005. */
const SAME_EVENT = 0.22;

/** A word in more items than this says little and starts no comparison. */
const COMMON = 40;

/** Only this much of a summary is compared: what an item is about stands at its start. */
const SUMMARY_LENGTH = 400;

/** The day an item counts under: its own date, or the moment it was first seen. */
export function occurredAt(item: Item): Instant | LocalDate {
  return item.publishedAt ?? item.fetchedAt;
}

interface Sketch {
  readonly id: string;
  readonly url: string | undefined;
  readonly time: number;
  readonly words: ReadonlyMap<string, number>;
  eventId: string;
}

/** Events under way: knows the grouped items around and learns each item it groups. */
export interface Grouping {
  /** The event of each item, in order: one that is there, or a new one under the item's own id. */
  assign(items: readonly GroupingItem[]): ReadonlyMap<string, string>;
}

/** Starts from items that have their event already. */
export function createGrouping(grouped: readonly GroupingItem[]): Grouping {
  const holders = new Map<string, Sketch[]>();
  let total = 0;
  const learn = (sketch: Sketch) => {
    total += 1;
    for (const word of sketch.words.keys()) {
      const known = holders.get(word);
      if (known) known.push(sketch);
      else holders.set(word, [sketch]);
    }
  };
  const rarity = (word: string) => Math.log(1 + (total + 50) / ((holders.get(word)?.length ?? 0) + 1));
  for (const item of grouped) learn(sketchOf(item));
  return {
    assign(items) {
      const assigned = new Map<string, string>();
      for (const item of items) {
        const sketch = sketchOf(item);
        sketch.eventId = bestMatch(sketch, candidates(sketch, holders), rarity)?.eventId ?? item.id;
        assigned.set(item.id, sketch.eventId);
        learn(sketch);
      }
      return assigned;
    },
  };
}

function sketchOf({ id, title, summary, url, occurredAt: at, eventId }: GroupingItem): Sketch {
  const words = new Map<string, number>();
  for (const word of contentWords(summary.slice(0, SUMMARY_LENGTH))) words.set(word, 1);
  for (const word of contentWords(title)) words.set(word, 2);
  return { id, url, time: Date.parse(at), words, eventId: eventId ?? id };
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

/** Items that share at least one uncommon word and lie near in time. */
function candidates(one: Sketch, holders: ReadonlyMap<string, readonly Sketch[]>): Set<Sketch> {
  const found = new Set<Sketch>();
  for (const word of one.words.keys()) {
    const sketches = holders.get(word) ?? [];
    if (sketches.length > COMMON) continue;
    for (const other of sketches) {
      if (other.id !== one.id && Math.abs(other.time - one.time) <= GROUPING_DAYS * DAY) found.add(other);
    }
  }
  return found;
}

function bestMatch(one: Sketch, others: Set<Sketch>, rarity: (word: string) => number): Sketch | undefined {
  let best: Sketch | undefined;
  let bestLikeness = SAME_EVENT;
  for (const other of others) {
    const found = likeness(one, other, rarity);
    if (found > bestLikeness) {
      best = other;
      bestLikeness = found;
    }
  }
  return best;
}

/** Cosine of the two word sets, rare words counting more; the same link is the same event. */
function likeness(one: Sketch, other: Sketch, rarity: (word: string) => number): number {
  if (one.url !== undefined && one.url === other.url) return 1;
  let shared = 0;
  for (const [word, weight] of one.words) {
    const otherWeight = other.words.get(word);
    if (otherWeight !== undefined) shared += weight * otherWeight * rarity(word) ** 2;
  }
  return shared === 0 ? 0 : shared / (lengthOf(one.words, rarity) * lengthOf(other.words, rarity));
}

function lengthOf(words: ReadonlyMap<string, number>, rarity: (word: string) => number): number {
  let sum = 0;
  for (const [word, weight] of words) sum += (weight * rarity(word)) ** 2;
  return Math.sqrt(sum);
}
