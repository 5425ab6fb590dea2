import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { prepared } from './prepared.ts';

/** What a store knows of people who changed something. */
export function peopleContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('people', () => {
    it('are called what they were called last', async () => {
      await given.store.savePerson('ours', 'slack:U1', 'ana');
      await given.store.savePerson('ours', 'slack:U2', 'ben');
      await given.store.savePerson('ours', 'slack:U1', 'Ana B.');
      expect(await given.store.namesOf('ours', ['slack:U1', 'slack:U2', 'slack:U3'])).toEqual(
        new Map([
          ['slack:U1', 'Ana B.'],
          ['slack:U2', 'ben'],
        ]),
      );
    });

    it('are of one workspace', async () => {
      await given.store.savePerson('ours', 'slack:U1', 'ana');
      expect(await given.store.namesOf('theirs', ['slack:U1'])).toEqual(new Map());
    });
  });
}
