import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachOf } from '../../src/workers.ts';

describe('work on a list', () => {
  it('is done once for each entry, with no more at a time than allowed, in the order they start', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer()), fc.integer({ min: 1, max: 5 }), async (entries, atOnce) => {
        const started: number[] = [];
        let running = 0;
        let most = 0;
        await forEachOf(entries, atOnce, async (entry) => {
          started.push(entry);
          running += 1;
          most = Math.max(most, running);
          await setImmediate();
          running -= 1;
        });
        expect(started).toEqual(entries);
        expect(most).toBe(Math.min(atOnce, entries.length));
      }),
      { numRuns: 50 },
    );
  });

  it('takes on nothing new once it is over, and ends what it began', async () => {
    const ended: number[] = [];
    await forEachOf(
      [1, 2, 3, 4, 5],
      2,
      async (entry) => {
        await setImmediate();
        ended.push(entry);
      },
      () => ended.length > 0,
    );
    expect(ended).toEqual([1, 2]);
  });

  it('fails with what one piece of work throws', async () => {
    await expect(forEachOf([1], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
