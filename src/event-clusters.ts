/** Which of a handful of items form one event, from how alike they are. Pure; the order they come in changes nothing. */
import { areNear, SAME_EVENT, type Sketch } from './event-likeness.ts';

/** The items one is like, with how much. */
export type Links<Node> = ReadonlyMap<Node, number>;

interface Node extends Sketch {
  /** Absent until it is put into one. */
  eventId?: string;
}

/**
 * Joins the likeliest first. Two groups become one where their best link and the mean over all their pairs together suffice, so
 * that a round-up that is somewhat like each does not join two events, and only where no two of their items lie too far apart.
 */
export function clusters<Item extends Node>(web: readonly Item[], linksOf: (one: Item) => Links<Item>): Item[][] {
  const inside = new Set(web);
  const links = web.flatMap((one) =>
    [...linksOf(one)].flatMap(([other, strength]) =>
      inside.has(other) && strength >= SAME_EVENT ? { one, other, strength } : [],
    ),
  );
  links.sort((a, b) => b.strength - a.strength || compare(a.one.id, b.one.id) || compare(a.other.id, b.other.id));
  const groupOf = new Map<Item, Item[]>(web.map((one) => [one, [one]]));
  for (const { one, other, strength } of links) {
    const [group, second] = [groupOf.get(one), groupOf.get(other)];
    if (!group || !second || group === second) continue;
    const mean = meanLink(group, second, linksOf);
    if (mean === undefined || (strength + mean) / 2 < SAME_EVENT) continue;
    for (const each of second) groupOf.set(each, group);
    group.push(...second);
  }
  return [...new Set(groupOf.values())];
}

/** Pairs without a link count as 0; undefined where two items lie too far apart to be one event. */
function meanLink<Item extends Node>(
  group: readonly Item[],
  second: readonly Item[],
  linksOf: (one: Item) => Links<Item>,
): number | undefined {
  let sum = 0;
  for (const one of group) {
    for (const other of second) {
      if (!areNear(one, other)) return undefined;
      sum += linksOf(one).get(other) ?? linksOf(other).get(one) ?? 0;
    }
  }
  return sum / (group.length * second.length);
}

/**
 * Gives each group an id of its own: that of the event most of its items were in, else that of its first item which no event
 * outside goes by (`isFree`).
 */
export function nameGroups<Item extends Node>(
  groups: readonly Item[][],
  isFree: (id: string) => boolean,
): Map<Item, string> {
  const taken = new Set<string>();
  const idOf = new Map<Item[], string>();
  for (const group of groups) group.sort((one, other) => one.from - other.from || compare(one.id, other.id));
  const claims = groups.flatMap((group) =>
    [...Map.groupBy(group, ({ eventId }) => eventId)].flatMap(([eventId, held]) =>
      eventId === undefined ? [] : { group, eventId, held: held.length, first: group[0]?.id ?? '' },
    ),
  );
  claims.sort((a, b) => b.held - a.held || compare(a.eventId, b.eventId) || compare(a.first, b.first));
  for (const { group, eventId } of claims) {
    if (idOf.has(group) || taken.has(eventId)) continue;
    idOf.set(group, eventId);
    taken.add(eventId);
  }
  const names = new Map<Item, string>();
  for (const group of groups) {
    const id = idOf.get(group) ?? freeId(group, (name) => !taken.has(name) && isFree(name));
    taken.add(id);
    for (const each of group) names.set(each, id);
  }
  return names;
}

/** The id of an item, else, where other events go by all of these, that of the first with a number. */
function freeId(group: readonly Node[], isFree: (id: string) => boolean): string {
  const own = group.find(({ id }) => isFree(id))?.id;
  if (own !== undefined) return own;
  let number = 2;
  while (!isFree(`${group[0]?.id}-${number}`)) number += 1;
  return `${group[0]?.id}-${number}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
