import { describe, expect, it } from 'vitest';
import { clusters, nameGroups } from '../../src/event-clusters.ts';
import { type Sketch, sketchOf } from '../../src/event-likeness.ts';

type Node = Sketch & { eventId?: string };

function node(id: string, eventId?: string, day = 10): Node {
  const sketch = sketchOf({ id, title: '', summary: '', occurredAt: `2026-06-${String(day).padStart(2, '0')}` });
  return { ...sketch, ...(eventId === undefined ? {} : { eventId }) };
}

/** Groups by links given as `a-b: 0.5`. */
function grouped(nodes: readonly Node[], links: Readonly<Record<string, number>>): string[] {
  const linksOf = (one: Node) =>
    new Map(
      Object.entries(links).flatMap(([pair, strength]) => {
        const ids = pair.split('-');
        const other = nodes.find(({ id }) => ids.includes(one.id) && ids.includes(id) && id !== one.id);
        return other ? [[other, strength] as const] : [];
      }),
    );
  return clusters(nodes, linksOf).map((group) =>
    group
      .map(({ id }) => id)
      .sort()
      .join(''),
  );
}

describe('items that hang together', () => {
  const [a, b, c, d] = [node('a'), node('b'), node('c'), node('d')];

  it('are one event where all are alike', () => {
    expect(grouped([a, b, c], { 'a-b': 0.5, 'b-c': 0.5, 'a-c': 0.5 })).toEqual(['abc']);
  });

  it('are two where only one item is faintly like both', () => {
    expect(grouped([a, b, c, d], { 'a-b': 0.9, 'c-d': 0.9, 'b-c': 0.2 }).sort()).toEqual(['ab', 'cd']);
  });

  it('are never one where two lie too far apart', () => {
    expect(
      grouped([node('a', undefined, 1), node('b'), node('c', undefined, 20)], { 'a-b': 0.9, 'b-c': 0.8 }).sort(),
    ).toEqual(['ab', 'c']);
  });
});

describe('the name of an event', () => {
  const names = (groups: Node[][], taken: readonly string[] = []) =>
    [...nameGroups(groups, (id) => !taken.includes(id))].map(([{ id }, event]) => `${id}:${event}`).sort();

  it('is that of the event most of its items were in', () => {
    expect(names([[node('a', 'x'), node('b', 'y'), node('c', 'y')]])).toEqual(['a:y', 'b:y', 'c:y']);
  });

  it('stays with the larger part of an event that comes apart', () => {
    expect(names([[node('a', 'a')], [node('b', 'a'), node('c', 'a')]])).toEqual(['a:a-2', 'b:a', 'c:a']);
  });

  it('is new where none of its items had one, after the earliest that is free', () => {
    expect(names([[node('a', undefined, 12), node('b', undefined, 11)]])).toEqual(['a:b', 'b:b']);
    expect(names([[node('a', undefined, 12), node('b', undefined, 11)]], ['b'])).toEqual(['a:a', 'b:a']);
    expect(names([[node('a')]], ['a', 'a-2'])).toEqual(['a:a-3']);
  });
});
