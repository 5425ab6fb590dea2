import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { AFTER_NEXT, LATER, MORNING, NEXT, prepared } from './prepared.ts';

/** What a store does with what happens once, and with command lines behind buttons. */
export function pressContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('claims of a key', () => {
    it('succeed once, for ever where no end is given', async () => {
      expect(await given.store.claimOnce('ours', 'welcome C1', MORNING)).toBe(true);
      expect(await given.store.claimOnce('ours', 'welcome C1', MORNING)).toBe(false);
      expect(await given.store.claimOnce('ours', 'welcome C1', '2036-03-02T08:00:00.000Z')).toBe(false);
      expect(await given.store.claimOnce('ours', 'welcome C2', MORNING)).toBe(true);
    });

    it('succeed again from the moment the first one ends', async () => {
      expect(await given.store.claimOnce('ours', 'press', MORNING, NEXT)).toBe(true);
      expect(await given.store.claimOnce('ours', 'press', LATER, NEXT)).toBe(false);
      expect(await given.store.claimOnce('ours', 'press', NEXT, AFTER_NEXT)).toBe(true);
      expect(await given.store.claimOnce('ours', 'press', NEXT, AFTER_NEXT)).toBe(false);
    });

    it('are not longer for being tried again', async () => {
      await given.store.claimOnce('ours', 'press', MORNING, NEXT);
      await given.store.claimOnce('ours', 'press', LATER, AFTER_NEXT);
      expect(await given.store.claimOnce('ours', 'press', NEXT)).toBe(true);
    });

    it('are of one workspace', async () => {
      expect(await given.store.claimOnce('ours', 'press', MORNING)).toBe(true);
      expect(await given.store.claimOnce('theirs', 'press', MORNING)).toBe(true);
    });

    it('succeed once when many ask at the same moment', async () => {
      const asked = Array.from({ length: 20 }, () => given.store.claimOnce('ours', 'press', MORNING, NEXT));
      expect((await Promise.all(asked)).filter((first) => first)).toHaveLength(1);
    });
  });

  describe('kept command lines', () => {
    it('are found as they were, whatever stands in them, by an id of twenty letters and digits', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 3_000 }), async (line) => {
          const id = await given.store.keepLine('ours', line);
          expect(id).toMatch(/^[a-z0-9]{20}$/);
          expect(await given.store.findLine('ours', id)).toBe(line);
        }),
        { numRuns: 50 },
      );
    });

    it('have the same id each time, and another line another one', async () => {
      const id = await given.store.keepLine('ours', '/barrier search chips');
      expect(await given.store.keepLine('ours', '/barrier search chips')).toBe(id);
      expect(await given.store.keepLine('ours', '/barrier search Chips')).not.toBe(id);
    });

    it('are of one workspace', async () => {
      const id = await given.store.keepLine('ours', '/barrier search chips');
      expect(await given.store.findLine('theirs', id)).toBeUndefined();
      expect(await given.store.findLine('ours', 'none')).toBeUndefined();
    });
  });
}
