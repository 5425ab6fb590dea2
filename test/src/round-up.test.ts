import { describe, expect, it } from 'vitest';
import { isRoundUp } from '../../src/round-up.ts';

describe('a round-up', () => {
  it.each([
    'Week in AI (Jun 14–21, 2026): chips and treaties',
    'Import AI 463: Self-improving robots; a 10k Chinese GPU cluster; and an elegiac essay',
    'The EU AI Act Newsletter #81: Pause the clock',
    'The summit, and four other things to read',
    'Weekly policy roundup',
  ])('is “%s”', (title) => {
    expect(isRoundUp(title)).toBe(true);
  });

  it.each([
    'Council adopts the Digital Omnibus on AI',
    'EDPB adopts opinion; Commission answers',
    'Weeks after veto, Newsom signs SB 53',
    'UN panel meets this Wednesday',
  ])('is not “%s”', (title) => {
    expect(isRoundUp(title)).toBe(false);
  });
});
