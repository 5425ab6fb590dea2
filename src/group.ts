/** Puts items about one happening into one event. Pure, and bounded: only items that share a rare word are compared. */
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

/** Only what uncommon words make at least this alike is compared in full. */
const WORTH_COMPARING = 0.08;

/** An item as a direction in the space of words: each word's weight times its rarity. */
interface Sketch {
  readonly url: string | undefined;
  readonly time: number;
  readonly words: ReadonlyMap<string, number>;
  readonly length: number;
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
  const rarity = (word: string) => Math.log(1 + (total + 50) / ((holders.get(word)?.length ?? 0) + 1));
  const learn = (sketch: Sketch) => {
    total += 1;
    for (const word of sketch.words.keys()) {
      const known = holders.get(word);
      if (known) known.push(sketch);
      else holders.set(word, [sketch]);
    }
  };
  for (const item of grouped) learn(sketchOf(item, rarity));
  return {
    assign(items) {
      const assigned = new Map<string, string>();
      for (const item of items) {
        const sketch = sketchOf(item, rarity);
        sketch.eventId = bestMatch(sketch, candidates(sketch, holders))?.eventId ?? item.id;
        assigned.set(item.id, sketch.eventId);
        learn(sketch);
      }
      return assigned;
    },
  };
}

function sketchOf(item: GroupingItem, rarity: (word: string) => number): Sketch {
  const { id, title, summary, url, occurredAt: at, eventId } = item;
  const words = new Map<string, number>();
  for (const word of contentWords(summary.slice(0, SUMMARY_LENGTH))) words.set(word, 1);
  for (const word of contentWords(title)) words.set(word, 2);
  let squares = 0;
  for (const [word, weight] of words) {
    const value = weight * rarity(word);
    words.set(word, value);
    squares += value ** 2;
  }
  return { url, time: Date.parse(at), words, length: Math.sqrt(squares) || 1, eventId: eventId ?? id };
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

/** Items near in time that uncommon words alone make somewhat alike. */
function candidates(one: Sketch, holders: ReadonlyMap<string, readonly Sketch[]>): Sketch[] {
  const shared = new Map<Sketch, number>();
  for (const [word, value] of one.words) {
    const sketches = holders.get(word) ?? [];
    if (sketches.length > COMMON) continue;
    for (const other of sketches) {
      if (Math.abs(other.time - one.time) > GROUPING_DAYS * DAY) continue;
      shared.set(other, (shared.get(other) ?? 0) + value * (other.words.get(word) ?? 0));
    }
  }
  return [...shared].flatMap(([other, sum]) => (sum >= WORTH_COMPARING * one.length * other.length ? other : []));
}

function bestMatch(one: Sketch, others: readonly Sketch[]): Sketch | undefined {
  let best: Sketch | undefined;
  let bestLikeness = SAME_EVENT;
  for (const other of others) {
    const found = likeness(one, other);
    if (found > bestLikeness) {
      best = other;
      bestLikeness = found;
    }
  }
  return best;
}

/** The cosine of the two; the same link is the same event. */
function likeness(one: Sketch, other: Sketch): number {
  if (one.url !== undefined && one.url === other.url) return 1;
  let product = 0;
  for (const [word, value] of one.words) product += value * (other.words.get(word) ?? 0);
  return product / (one.length * other.length);
}
