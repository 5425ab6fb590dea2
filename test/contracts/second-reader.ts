import { describe, expect, it } from 'vitest';
import { WorldError } from '../../src/errors.ts';
import { BARRIER_IDS, DIRECTIONS } from '../../src/model.ts';
import type { SecondReader } from '../../src/second-reader.ts';

/** What the contract needs of one kind of second reader. */
export interface SecondReaderCase {
  /** Opens it; the caller closes it. */
  readonly open: () => SecondReader;
  /** Makes the service behind it answer, say nothing, be down, or answer with what cannot be used. */
  readonly service: (does: 'answer' | 'hang' | 'fail' | 'babble') => void;
}

const TEXT = { title: 'Council postpones the AI rules', summary: 'Ministers agreed to postpone the rules by a year.' };

/** What every second reader does, whatever model it asks. */
export function secondReaderContract(name: string, { open, service }: SecondReaderCase): void {
  describe(`${name} as a second reader`, () => {
    const reading = async (signal = new AbortController().signal) => {
      const reader = open();
      try {
        return await reader.read(TEXT, signal);
      } finally {
        await reader.close();
      }
    };

    it('has a model and a version, the same each time', async () => {
      const [one, other] = [open(), open()];
      expect(one.model).not.toBe('');
      expect([one.model, one.version]).toEqual([other.model, other.version]);
      await Promise.all([one.close(), other.close()]);
    });

    it('says of each barrier nothing, or a direction with quotes', async () => {
      service('answer');
      const { relevant, crisis, barriers } = await reading();
      expect([typeof relevant, typeof crisis]).toEqual(['boolean', 'boolean']);
      for (const [id, said] of Object.entries(barriers)) {
        expect(BARRIER_IDS).toContain(id);
        expect(DIRECTIONS).toContain(said.direction);
        expect(said.quotes.every((quote) => typeof quote === 'string')).toBe(true);
      }
    });

    it('tells a failure of the service by its status or obstacle', async () => {
      service('fail');
      const thrown = await reading().catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(WorldError);
      expect((thrown as WorldError).status ?? (thrown as WorldError).obstacle).toBeDefined();
    });

    it('tells an answer that cannot be used by having neither', async () => {
      service('babble');
      const thrown = await reading().catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(WorldError);
      expect(thrown).toMatchObject({ status: undefined, obstacle: undefined });
    });

    it('ends with the reason of a stop', async () => {
      service('hang');
      const stopping = new AbortController();
      const asked = reading(stopping.signal);
      stopping.abort(new Error('stopping'));
      await expect(asked).rejects.toThrow('stopping');
      await expect(reading(stopping.signal)).rejects.toThrow('stopping');
    });
  });
}
