import { describe, expect, it } from 'vitest';
import type { BarrierId, Direction, TaggedItem } from '../../src/model.ts';
import { secondOpinion, wantsSecondLook } from '../../src/second-opinion.ts';
import type { SecondReading } from '../../src/second-reader.ts';
import { nearlyRelevant, offTopic, relevant, ruled } from '../second-reader/tagged.ts';

const TEXT = {
  title: 'Council postpones the AI rules',
  summary: 'Ministers agreed to postpone the rules by a year. The new office gets no staff at all.',
};
const LATE = ruled(TEXT, 'pacing-gap', 'deepens', 'postpones the AI rules');

type Said = readonly [BarrierId, Direction, ...string[]];
const reading = (said: readonly Said[], extra: Partial<SecondReading> = {}): SecondReading => ({
  relevant: true,
  barriers: Object.fromEntries(said.map(([barrier, direction, ...quotes]) => [barrier, { direction, quotes }])),
  crisis: false,
  ...extra,
});
const opinion = (builtIn: TaggedItem, said: SecondReading) => secondOpinion(TEXT, builtIn, said, 'm-1');

describe('a second opinion', () => {
  it('confirms: the tagging stays as the rules made it, to the last reason', () => {
    const found = opinion(relevant([LATE]), reading([['pacing-gap', 'deepens', 'postpone the rules']]));
    expect(found).toEqual({
      verdicts: [{ barrier: 'pacing-gap', kind: 'confirmed', from: 'deepens', to: 'deepens' }],
    });
  });

  it('adds, with its own proof and its name, and leaves the rest to the rules', () => {
    const said = reading([
      ['pacing-gap', 'deepens', 'postpone the rules'],
      ['weakened-institutions', 'deepens', 'gets no staff at all'],
    ]);
    const { tagged, verdicts } = opinion(relevant([LATE]), said) ?? {};
    expect(verdicts).toContainEqual({ barrier: 'weakened-institutions', kind: 'added', to: 'deepens' });
    expect(tagged).toMatchObject({ relevant: true, primary: 'pacing-gap', method: 'model:m-1' });
    expect(tagged?.taggings).toEqual([
      {
        barrier: 'weakened-institutions',
        direction: 'deepens',
        confidence: 0.6,
        evidence: [{ field: 'summary', start: 65, end: 85, quote: 'gets no staff at all' }],
        section: 'CH 2.2',
        method: 'model:m-1',
        reasons: [],
      },
      LATE,
    ]);
  });

  it('turns, on its own proof, and keeps what the rules weighed', () => {
    const { tagged } =
      opinion(relevant([LATE]), reading([['pacing-gap', 'eases', 'Ministers agreed to postpone']])) ?? {};
    expect(tagged?.taggings).toMatchObject([
      {
        direction: 'eases',
        method: 'model:m-1',
        reasons: LATE.reasons,
        evidence: [{ quote: 'Ministers agreed to postpone' }],
      },
    ]);
  });

  it('drops what it does not see, and calls an item off topic', () => {
    const dropped = opinion(relevant([LATE]), reading([]));
    expect(dropped?.verdicts).toEqual([{ barrier: 'pacing-gap', kind: 'dropped', from: 'deepens' }]);
    expect(dropped?.tagged).toMatchObject({ relevant: true, taggings: [] });
    expect(dropped?.tagged).not.toHaveProperty('primary');
    expect(opinion(relevant([LATE], true), reading([], { relevant: false }))?.tagged).toMatchObject({
      relevant: false,
      taggings: [],
      crisis: false,
    });
  });

  it('takes nothing for proof that is not in the item or is only a name, and then the rules stand', () => {
    const said = reading([
      ['pacing-gap', 'eases', 'rules are kept'],
      ['weakened-institutions', 'deepens', 'gets no staff at all'],
      ['knowledge-collapse', 'eases', 'Council'],
    ]);
    const { tagged, verdicts } = opinion(relevant([LATE]), said) ?? {};
    expect(tagged?.taggings.map(({ barrier, direction }) => [barrier, direction])).toEqual([
      ['weakened-institutions', 'deepens'],
      ['pacing-gap', 'deepens'],
    ]);
    expect(verdicts?.filter(({ kind }) => kind === 'unproven').map(({ barrier }) => barrier)).toEqual([
      'knowledge-collapse',
      'pacing-gap',
    ]);
  });

  it('is none where nothing that it quotes is proof', () => {
    expect(opinion(relevant([LATE]), reading([['pacing-gap', 'eases', 'rules are kept']]))).toBeUndefined();
  });

  it('brings an item in that the rules left out only with proof', () => {
    const nearly = nearlyRelevant(TEXT);
    expect(opinion(nearly, reading([]))).toEqual({ verdicts: [] });
    const { tagged } = opinion(nearly, reading([['pacing-gap', 'deepens', 'postpones the AI rules']])) ?? {};
    expect(tagged).toMatchObject({ relevant: true, primary: 'pacing-gap', relevance: nearly.relevance });
  });

  it('may take a crisis flag away and never raise it, since it quotes nothing for it', () => {
    const same = reading([['pacing-gap', 'deepens', 'postpones the AI rules']]);
    expect(opinion(relevant([LATE], true), same)?.tagged?.crisis).toBe(false);
    expect(opinion(relevant([LATE]), { ...same, crisis: true })).not.toHaveProperty('tagged');
  });

  it('names what an item is most about only among what is tagged', () => {
    const office = ['weakened-institutions', 'deepens', 'gets no staff at all'] as const;
    const late = ['pacing-gap', 'deepens', 'postpones the AI rules'] as const;
    const primary = (said: readonly Said[], wish: BarrierId) =>
      opinion(relevant([LATE]), reading(said, { primary: wish }))?.tagged?.primary;
    expect(primary([office, late], 'weakened-institutions')).toBe('weakened-institutions');
    expect(primary([office, late], 'knowledge-collapse')).toBe('pacing-gap');
    expect(primary([office], 'knowledge-collapse')).toBe('weakened-institutions');
  });
});

describe('a second look', () => {
  it('is for what the rules hold relevant, or nearly so', () => {
    expect([relevant(), relevant([LATE]), nearlyRelevant(TEXT)].map(wantsSecondLook)).toEqual([true, true, true]);
    expect(wantsSecondLook(offTopic(TEXT))).toBe(false);
  });

  it('is never at what a person has tagged', () => {
    expect(wantsSecondLook(relevant([{ ...LATE, method: 'person:ana' }]))).toBe(false);
    expect(wantsSecondLook({ ...relevant(), method: 'person:ana' })).toBe(false);
  });
});
