import { describe } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { correctionContract } from './store/corrections.ts';
import { digestContract } from './store/digests.ts';
import { eventContract } from './store/events.ts';
import { feedContract } from './store/feeds.ts';
import { filterContract } from './store/filters.ts';
import { floodContract } from './store/floods.ts';
import { healthContract } from './store/health.ts';
import { identityContract } from './store/identity.ts';
import { itemContract } from './store/items.ts';
import { keepingContract } from './store/keeping.ts';
import { peopleContract } from './store/people.ts';
import { pressContract } from './store/presses.ts';
import { pushContract } from './store/pushes.ts';
import { readingContract } from './store/readings.ts';
import { retagContract } from './store/retagging.ts';
import { revisionContract } from './store/revisions.ts';
import { searchContract } from './store/search.ts';
import { secondLookContract } from './store/second-looks.ts';
import { suspensionContract } from './store/suspensions.ts';
import { workspaceContract } from './store/workspaces.ts';

/** What every Store does, whatever it stores in; `open` gives an empty one each time. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    workspaceContract(open);
    feedContract(open);
    filterContract(open);
    itemContract(open);
    correctionContract(open);
    retagContract(open);
    eventContract(open);
    identityContract(open);
    floodContract(open);
    healthContract(open);
    readingContract(open);
    searchContract(open);
    digestContract(open);
    revisionContract(open);
    suspensionContract(open);
    keepingContract(open);
    peopleContract(open);
    pressContract(open);
    pushContract(open);
    secondLookContract(open);
  });
}
