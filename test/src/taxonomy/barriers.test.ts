import { describe, expect, it } from 'vitest';
import { BARRIER_IDS } from '../../../src/model.ts';
import { BARRIERS, barrierOf, ESSAYS, matchBarriers } from '../../../src/taxonomy/barriers.ts';

const idsOf = (words: string): string[] => matchBarriers(words).map(({ id }) => id);

describe('the barriers as data', () => {
  it('are the six of the essays in their order, each with mechanisms and an essay that defines it', () => {
    expect(BARRIERS.map(({ id }) => id)).toEqual(BARRIER_IDS);
    for (const barrier of BARRIERS) {
      expect(barrier.mechanisms.length).toBeGreaterThan(3);
      expect(Object.keys(ESSAYS)).toContain(barrier.section.split(' ')[0]);
      expect(barrierOf(barrier.id)).toBe(barrier);
    }
  });
});

describe('names people type', () => {
  it.each([
    ['deadlock', 'geopolitical-deadlock'],
    ['2.1', 'geopolitical-deadlock'],
    ['CH 2.1', 'geopolitical-deadlock'],
    ['ch2.3', 'public-private-asymmetry'],
    ['public private', 'public-private-asymmetry'],
    ['Public–private', 'public-private-asymmetry'],
    ['military', 'ungoverned-militarization'],
    ['militarisation', 'ungoverned-militarization'],
    ['pacing', 'pacing-gap'],
    ['weak inst', 'weakened-institutions'],
    ['knowledge-collapse', 'knowledge-collapse'],
    ['the deepfakes barrier', 'knowledge-collapse'],
  ])('finds %j first as %s', (words, id) => {
    expect(idsOf(words)[0]).toBe(id);
  });

  it.each([
    ['asymetry', 'public-private-asymmetry'],
    ['deadlokc', 'geopolitical-deadlock'],
    ['institutiosn', 'weakened-institutions'],
    ['militry', 'ungoverned-militarization'],
  ])('forgives one wrong letter: %j', (words, id) => {
    expect(idsOf(words)[0]).toBe(id);
  });

  it('gives every barrier of a section that several share', () => {
    expect(idsOf('AO').sort()).toEqual(['knowledge-collapse', 'pacing-gap', 'ungoverned-militarization']);
  });

  it.each(['', '   ', '!?', 'the', 'zebra', 'deadlock zebra', '2.9'])('finds nothing for %j', (words) => {
    expect(idsOf(words)).toEqual([]);
  });
});
