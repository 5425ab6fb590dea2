import { describe, expect, it } from 'vitest';
import { documentNumbers } from '../../src/document-numbers.ts';

describe('document numbers', () => {
  it.each([
    ['Newsom signs SB 53', ['sb53']],
    ['SB53 and S.B. that never was', ['sb53']],
    ['Executive Order 14179 of January', ['eo14179']],
    ['OMB M-25-21', ['m2521']],
    ['A/RES/79/325 was adopted', ['a/res/79/325']],
    ['Regulation (EU) 2024/1689', ['2024/1689']],
    ['In 2026, 40 members met', []],
    ['', []],
  ])('of “%s” are %j', (text, numbers) => {
    expect([...documentNumbers(text)]).toEqual(numbers);
  });
});
