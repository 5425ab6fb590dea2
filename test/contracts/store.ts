import { describe } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { digestContract } from './store/digests.ts';
import { feedContract } from './store/feeds.ts';
import { itemContract } from './store/items.ts';
import { pushContract } from './store/pushes.ts';
import { readingContract } from './store/readings.ts';
import { searchContract } from './store/search.ts';

/** What every Store does, whatever it stores in; `open` gives an empty one each time. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    feedContract(open);
    itemContract(open);
    readingContract(open);
    searchContract(open);
    digestContract(open);
    pushContract(open);
  });
}
