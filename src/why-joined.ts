/** Says in one line what joined an item to its event. */
import { likeness, rarityOf, sharedNumbers, sharedWords, sketchOf, type Weighed, weigh } from './event-likeness.ts';
import { occurredAt } from './item-date.ts';
import type { Event, ReadItem } from './model.ts';

const WORDS = 5;

/**
 * `Joined with “…” (feed) because both say “…”, likeness 0.43`: by the item of the event it is likest to. How rare words are is
 * counted over `around`. Undefined for an item that stands alone.
 */
export function whyJoined(found: ReadItem, event: Event, around: readonly ReadItem[]): string | undefined {
  const others = event.items.filter((each) => each.item.id !== found.item.id);
  const own = sketchFor(found);
  const holders = new Map<string, number>();
  const sketches = [own, ...[...others, ...around].map(sketchFor)];
  for (const { words } of sketches) for (const word of words.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  const weighed = (item: ReadItem): Weighed =>
    weigh(sketchFor(item), (word) => rarityOf(holders.get(word) ?? 0, sketches.length));
  const one = weighed(found);
  const [likest] = others
    .map((item) => ({ item, other: weighed(item) }))
    .map(({ item, other }) => ({ item, other, alike: likeness(one, other) }))
    .sort((a, b) => b.alike - a.alike || (a.item.item.id < b.item.item.id ? -1 : 1));
  if (likest === undefined) return undefined;
  const { item, feed } = likest.item;
  return `Joined with “${item.title}” (${feed.title}) because ${reason(one, likest.other, likest.alike)}.`;
}

function reason(one: Weighed, other: Weighed, alike: number): string {
  if (one.sketch.url !== undefined && one.sketch.url === other.sketch.url) return 'both have the same link';
  const numbers = sharedNumbers(one, other);
  const words = sharedWords(one, other).slice(0, WORDS);
  const parts = [
    ...(numbers.length > 0 ? [`name the document ${numbers.join(', ')}`] : []),
    ...(words.length > 0 ? [`say ${words.map((word) => `“${word}”`).join(', ')}`] : []),
  ];
  // Such a pair stands together through a third item, or because an admin merged two events.
  if (parts.length === 0) return 'a third item, or an admin, joined them';
  return `both ${parts.join(' and ')} (likeness ${alike.toFixed(2)})`;
}

function sketchFor({ item }: ReadItem) {
  const { id, title, summary, url } = item;
  return sketchOf({ id, title, summary, occurredAt: occurredAt(item), ...(url !== undefined && { url }) });
}
