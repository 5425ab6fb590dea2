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
import { scheduleContract } from './store/schedules.ts';
import { searchContract } from './store/search.ts';
import { secondLookContract } from './store/second-looks.ts';
import { suspensionContract } from './store/suspensions.ts';
import { workspaceContract } from './store/workspaces.ts';

/** A part of the contract prepares stores for its own tests alone, so each stands in a block of its own. */
const PARTS = [
  workspaceContract,
  feedContract,
  filterContract,
  itemContract,
  correctionContract,
  retagContract,
  eventContract,
  identityContract,
  floodContract,
  healthContract,
  readingContract,
  searchContract,
  digestContract,
  scheduleContract,
  revisionContract,
  suspensionContract,
  keepingContract,
  peopleContract,
  pressContract,
  pushContract,
  secondLookContract,
];

/** What every Store does, whatever it stores in; `open` gives an empty one each time. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    for (const part of PARTS) describe(part.name.replace('Contract', ''), () => part(open));
  });
}
