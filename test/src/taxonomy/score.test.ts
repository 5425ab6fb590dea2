import { describe, expect, it } from 'vitest';
import type { BarrierId, Direction, TaggedItem } from '../../../src/model.ts';
import { type Judged, type Label, score } from '../../../src/taxonomy/score.ts';

function tagged(barriers: Partial<Record<BarrierId, Direction>>, primary?: BarrierId, confidence = 0.8): TaggedItem {
  const evidence = { field: 'title' as const, start: 0, end: 1, quote: 'x' };
  return {
    relevant: true,
    relevance: [],
    taggings: Object.entries(barriers).map(([barrier, direction]) => ({
      barrier: barrier as BarrierId,
      direction,
      confidence,
      evidence: [evidence],
      section: 'AO',
      method: 'rules@1',
      reasons: [{ rule: 'a rule', weight: 1, evidence }],
    })),
    ...(primary === undefined ? {} : { primary }),
    crisis: false,
    method: 'rules@1',
  };
}

const nothing: TaggedItem = { relevant: false, relevance: [], taggings: [], crisis: false, method: 'rules@1' };
const label = (barriers: Label['barriers'], more: Partial<Label> = {}): Label => ({
  relevant: true,
  crisis: false,
  barriers,
  ...more,
});
const one = (id: string, wanted: Label, got: TaggedItem): Judged => ({
  id,
  title: id,
  summary: '',
  label: wanted,
  tagged: got,
});

describe('scoring', () => {
  const judged = [
    one(
      'right',
      label({ 'pacing-gap': 'deepens' }, { primary: 'pacing-gap' }),
      tagged({ 'pacing-gap': 'deepens' }, 'pacing-gap', 0.95),
    ),
    one('turned', label({ 'pacing-gap': 'eases' }), tagged({ 'pacing-gap': 'deepens' }, 'pacing-gap')),
    one('extra', label({}), tagged({ 'pacing-gap': 'deepens' }, 'pacing-gap', 0.65)),
    one('missed', label({ 'pacing-gap': 'deepens' }, { primary: 'pacing-gap', crisis: true }), nothing),
    one('off topic', { relevant: false, crisis: false, barriers: {} }, nothing),
  ];
  const scored = score(judged);

  it('counts barriers as sets', () => {
    expect(scored.barriers['pacing-gap']).toMatchObject({
      hits: 2,
      extra: 1,
      missed: 1,
      precision: 2 / 3,
      recall: 2 / 3,
    });
    expect(scored.macroF1).toBeCloseTo(2 / 3 / 6);
    expect(scored.microF1).toBeCloseTo(2 / 3);
  });

  it('asks for the direction only where the barrier matched', () => {
    expect(scored.direction).toEqual({ right: 1, of: 2, share: 0.5 });
  });

  it('counts relevance, primary and crisis', () => {
    expect(scored.relevance).toMatchObject({ hits: 3, extra: 0, missed: 1 });
    expect(scored.irrelevant).toEqual({ right: 1, of: 1, share: 1 });
    expect(scored.primary).toEqual({ right: 1, of: 2, share: 0.5 });
    expect(scored.crisis).toMatchObject({ hits: 0, missed: 1, recall: 0 });
  });

  it('sorts taggings into bins of confidence', () => {
    const filled = scored.calibration.filter(({ of }) => of > 0).map(({ from, right, of }) => [from, right, of]);
    expect(filled).toEqual([
      [0.6, 0, 1],
      [0.8, 1, 1],
      [0.9, 1, 1],
    ]);
  });

  it('lists the worst misses first, with why', () => {
    expect(scored.misses.map(({ id }) => id)).toEqual(['missed', 'extra', 'turned']);
    expect(scored.misses[1]?.faults).toEqual(['pacing-gap should not be there: a rule (“x”)']);
  });

  it('of nothing is all zero', () => {
    expect(score([])).toMatchObject({ items: 0, macroF1: 0, microF1: 0, misses: [] });
  });
});
