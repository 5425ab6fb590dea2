import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBarrier } from '../../src/commands/options.ts';
import { type Wish, wantedLabel, writeBarriers } from '../../src/correction-label.ts';
import type { Label } from '../../src/judgement.ts';
import { BARRIER_IDS, DIRECTIONS } from '../../src/model.ts';

const OFF: Label = { relevant: false, barriers: new Map(), crisis: false };
const DEADLOCK: Label = {
  relevant: true,
  barriers: new Map([['geopolitical-deadlock', 'deepens']]),
  primary: 'geopolitical-deadlock',
  crisis: false,
};

const wanted = (current: Label, wish: Wish) => wantedLabel(current, wish, readBarrier);

describe('what a person says is right', () => {
  it.each([
    'pacing-gap deepens, institutions eases',
    '▲ pacing; ▼ 2.2',
    '"pacing gap: deepens, weakened institutions easing"',
    'pacing DEEPEN\ninstitutions ease',
  ])('is read from “%s”', (barriers) => {
    expect(wanted(DEADLOCK, { barriers })).toEqual({
      relevant: true,
      barriers: new Map([
        ['pacing-gap', 'deepens'],
        ['weakened-institutions', 'eases'],
      ]),
      primary: 'pacing-gap',
      crisis: false,
    });
  });

  it('leaves what is not said as it was', () => {
    expect(wanted(DEADLOCK, {})).toEqual(DEADLOCK);
    expect(wanted(DEADLOCK, { crisis: true })).toEqual({ ...DEADLOCK, crisis: true });
    expect(wanted(OFF, {})).toEqual(OFF);
    expect(wanted(DEADLOCK, { barriers: 'deadlock, pacing eases' })).toMatchObject({
      barriers: new Map([
        ['geopolitical-deadlock', 'deepens'],
        ['pacing-gap', 'eases'],
      ]),
      primary: 'geopolitical-deadlock',
    });
  });

  it('tells no barrier from off topic', () => {
    expect(wanted(DEADLOCK, { barriers: 'none' })).toEqual({ relevant: true, barriers: new Map(), crisis: false });
    expect(wanted(DEADLOCK, { barriers: 'off topic' })).toEqual(OFF);
    expect(wanted({ ...DEADLOCK, crisis: true }, { relevant: false })).toEqual(OFF);
    expect(wanted(OFF, { barriers: 'none' }).relevant).toBe(true);
    expect(wanted(OFF, { relevant: true })).toEqual({ relevant: true, barriers: new Map(), crisis: false });
  });

  it('takes the primary barrier that is named, and the first where the old one is gone', () => {
    expect(wanted(DEADLOCK, { barriers: 'deadlock, pacing eases', primary: 'pacing' }).primary).toBe('pacing-gap');
    expect(wanted(DEADLOCK, { barriers: 'pacing eases', primary: 'geopolitical-deadlock' }).primary).toBe('pacing-gap');
  });

  it.each([
    [{ barriers: 'fish deepens' }, 'No barrier is called “fish”'],
    [{ barriers: 'pacing' }, 'Which way?'],
    [{ barriers: 'deepens' }, 'No barrier is called'],
    [{ barriers: 'pacing eases', primary: 'military' }, 'The primary barrier is one of barriers'],
    [{ barriers: 'pacing eases', relevant: false }, 'has no barriers'],
    [{ barriers: 'off topic', relevant: true }, 'cannot be off topic and relevant'],
  ])('says what to write in place of %j', (wish, words) => {
    expect(() => wanted(DEADLOCK, wish)).toThrow(words);
  });

  it('is read as it is written', () => {
    const tags = fc.uniqueArray(fc.tuple(fc.constantFrom(...BARRIER_IDS), fc.constantFrom(...DIRECTIONS)), {
      selector: ([id]) => id,
    });
    fc.assert(
      fc.property(tags, fc.boolean(), (chosen, crisis) => {
        const [first] = chosen;
        const label: Label = {
          relevant: true,
          barriers: new Map(chosen),
          ...(first ? { primary: first[0] } : {}),
          crisis,
        };
        const read = wanted(OFF, { barriers: writeBarriers(label), crisis });
        expect([read.primary, read.crisis, new Map(read.barriers)]).toEqual([label.primary, crisis, label.barriers]);
      }),
    );
    expect(writeBarriers(OFF)).toBe('off topic');
  });
});
