import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Press, readPress, writePress } from '../../src/press.ts';

describe('a press', () => {
  it('is read as it was written, whatever its line', () => {
    const press: fc.Arbitrary<Press> = fc.record({
      action: fc.constantFrom('run', 'share', 'form'),
      line: fc.string({ unit: 'binary', minLength: 1 }),
    });
    fc.assert(
      fc.property(press, (wanted) => {
        expect(readPress(writePress(wanted))).toEqual(wanted);
      }),
    );
  });

  it('can be told by a person what it does', () => {
    expect(writePress({ action: 'share', line: '/barrier show pacing-gap' })).toBe('share /barrier show pacing-gap');
  });

  it.each(['', 'run', 'run ', 'delete /feeds list', 'Run /feeds list', ' run /feeds list', '/feeds list'])(
    'is not read from “%s”',
    (text) => {
      expect(readPress(text)).toBeUndefined();
    },
  );

  it('is read from nothing but what was written, and from any text without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const press = readPress(text);
        if (press) expect(writePress(press)).toBe(text);
        else expect(text).not.toMatch(/^(run|share|form) ./s);
      }),
    );
  });
});
