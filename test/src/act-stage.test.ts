import { describe, expect, it } from 'vitest';
import { stageAgreement, stagesOf } from '../../src/act-stage.ts';

const agreement = (one: string, other: string) => stageAgreement(stagesOf(one), stagesOf(other));

describe('the stage of an act', () => {
  it.each([
    ['Commission proposes to delay high-risk rules', ['proposed', 'delayed']],
    ['Newsom signs SB 53 into law', ['signed']],
    ['Newsom vetoes SB 1047', ['vetoed']],
    ['AI Act rules enter into force', ['applied']],
    ['UK to host Security Council meeting', ['ahead']],
    ['Regulator: probe to continue', ['after']],
    ['Parliament approves AI Act', ['adopted']],
    ['AI Action Plan', []],
  ])('of “%s” is %j', (title, stages) => {
    expect([...stagesOf(title)].sort()).toEqual([...stages].sort());
  });

  it('agrees where both name one, and where one names none', () => {
    expect(agreement('Newsom signs SB 53', 'SB 53 signed')).toBe(1);
    expect(agreement('Newsom signs SB 53', 'SB 53')).toBe(1);
  });

  it('speaks against one event where it differs, and most where one is still to come', () => {
    const other = agreement('Newsom signs SB 53', 'Newsom vetoes SB 53');
    const toCome = agreement('Council to vote on AI', 'Council on AI');
    expect(other).toBeLessThan(1);
    expect(toCome).toBeLessThan(other);
  });
});
