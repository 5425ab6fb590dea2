/**
 * Puts items about one happening into one event. Pure, and bounded: an item is compared with what shares its rare words. The events
 * follow from the items around and not from the order in which they came.
 */
import { clusters, type Links, nameGroups } from './event-clusters.ts';
import {
  areNear,
  likeness,
  type Rarity,
  rarityOf,
  SAME_EVENT,
  type Sketch,
  sketchOf,
  type Weighed,
  weigh,
} from './event-likeness.ts';
import type { GroupingItem } from './ports.ts';

/** So many holders of an item's words are looked at, those of its rarest words first; what everybody says starts no comparison. */
const LOOKED_AT = 400;

/** So many items, those that share the most rare words, are compared in full. */
const COMPARED = 30;

/** A likeness that joins nothing by itself and still speaks for a group as a whole. */
const FAINT = SAME_EVENT / 2;

/** More items than this are not weighed against one another at once. */
const LARGEST_WEB = 40;

interface Known extends Sketch {
  /** Absent until it is put into one. */
  eventId?: string;
}

/** Events under way among the items around. */
export interface Grouping {
  /** Makes items known, with the event of those that have one; all that are around should be known before any is assigned. */
  learn(items: readonly GroupingItem[]): void;
  /**
   * Puts items that have no event yet into one, and returns every item whose event changed with it, by id. A new event goes by the
   * id of its first item that is free; one that grows or splits stays with most of its items.
   */
  assign(ids: readonly string[]): ReadonlyMap<string, string>;
}

/** Knows no item yet. */
export function createGrouping(): Grouping {
  const known = new Map<string, Known>();
  const holders = new Map<string, Known[]>();
  const byLink = new Map<string, Known[]>();
  const members = new Map<string, Set<Known>>();
  // What was measured holds until more items are known, because that changes how rare words are.
  let rarities = new Map<string, number>();
  let weighed = new Map<Known, Weighed>();
  let links = new Map<Known, Links<Known>>();
  const rarity: Rarity = (word) => kept(rarities, word, () => rarityOf(holders.get(word)?.length ?? 0, known.size));
  const weighedOf = (one: Known) => kept(weighed, one, () => weigh(one, rarity));
  const linksOf = (one: Known) => kept(links, one, () => findLinks(one));

  function findLinks(one: Known): Links<Known> {
    const shared = candidates(weighedOf(one), one, holders, rarity);
    const likeliest = [...shared].sort((a, b) => b[1] - a[1] || (a[0].id < b[0].id ? -1 : 1)).slice(0, COMPARED);
    const compared = new Set(likeliest.map(([other]) => other));
    for (const other of byLink.get(one.url ?? '')?.slice(0, COMPARED) ?? []) if (other !== one) compared.add(other);
    const found = new Map<Known, number>();
    for (const other of compared) {
      const strength = likeness(weighedOf(one), weighedOf(other));
      if (strength >= FAINT) found.set(other, strength);
    }
    return found;
  }

  /** All that hangs together with an item by links strong enough to join. */
  function webOf(start: Known): Known[] {
    const web = new Set([start]);
    for (const one of web) {
      if (web.size >= LARGEST_WEB) break;
      for (const [other, strength] of linksOf(one)) if (strength >= SAME_EVENT) web.add(other);
    }
    return [...web].slice(0, LARGEST_WEB);
  }

  function put(one: Known, eventId: string): void {
    if (one.eventId !== undefined) members.get(one.eventId)?.delete(one);
    one.eventId = eventId;
    kept(members, eventId, () => new Set()).add(one);
  }

  return {
    learn(items) {
      rarities = new Map();
      weighed = new Map();
      links = new Map();
      for (const item of items) {
        if (known.has(item.id)) continue;
        const one: Known = sketchOf(item);
        known.set(one.id, one);
        if (item.eventId !== undefined) put(one, item.eventId);
        for (const word of one.words.keys()) kept(holders, word, () => []).push(one);
        if (one.url !== undefined) kept(byLink, one.url, () => []).push(one);
      }
    },
    assign(ids) {
      const changed = new Map<string, string>();
      for (const id of ids) {
        const start = known.get(id);
        if (start === undefined) throw new Error(`Item ${id} is to be put into an event and was not learnt`);
        if (start.eventId !== undefined) continue;
        const web = new Set(webOf(start));
        const isFree = (eventId: string) => [...(members.get(eventId) ?? [])].every((each) => web.has(each));
        for (const [one, eventId] of nameGroups(clusters([...web], linksOf), isFree)) {
          if (one.eventId === eventId) continue;
          put(one, eventId);
          changed.set(one.id, eventId);
        }
      }
      return changed;
    },
  };
}

function kept<Key, Value>(values: Map<Key, Value>, key: Key, find: () => Value): Value {
  const known = values.get(key);
  if (known !== undefined) return known;
  const value = find();
  values.set(key, value);
  return value;
}

/** The items near in time that share rare words with one, and how much these alone make of a likeness. */
function candidates(
  { values }: Weighed,
  one: Known,
  holders: ReadonlyMap<string, readonly Known[]>,
  rarity: Rarity,
): Map<Known, number> {
  const shared = new Map<Known, number>();
  const words = [...values].map(([word, value]) => ({ word, value, who: holders.get(word) ?? [] }));
  words.sort((a, b) => a.who.length - b.who.length || (a.word < b.word ? -1 : 1));
  let left = LOOKED_AT;
  for (const { word, value, who } of words) {
    left -= who.length;
    if (left < 0) break;
    const rare = value * rarity(word);
    for (const other of who) {
      if (other === one || !areNear(one, other)) continue;
      shared.set(other, (shared.get(other) ?? 0) + rare * (other.words.get(word) ?? 0));
    }
  }
  return shared;
}
