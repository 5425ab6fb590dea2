import type { Store } from '../../src/ports.ts';
import { changes } from './changes.ts';
import { checks } from './checks.ts';
import { type Connection, connect } from './connection.ts';
import { corrections } from './corrections.ts';
import { dailyBackup } from './daily-backup.ts';
import { deliveries } from './deliveries.ts';
import { eventDecisions } from './event-decisions.ts';
import { feedList } from './feed-list.ts';
import { feeds } from './feeds.ts';
import { forgetting } from './forgotten.ts';
import { grouping } from './grouping.ts';
import { guarded } from './guarded.ts';
import { items } from './items.ts';
import { notices } from './notices.ts';
import { openDeliveries } from './open-deliveries.ts';
import { past } from './past.ts';
import { people } from './people.ts';
import { presses } from './presses.ts';
import { pushes } from './pushes.ts';
import { retagging } from './retagging.ts';
import { revisions } from './revisions.ts';
import { scopedFilters } from './scoped-filters.ts';
import { search } from './search.ts';
import { secondLooks } from './second-looks.ts';
import { secondReaderFacts } from './second-reader-facts.ts';
import { subscriptions } from './subscriptions.ts';
import { suspensions } from './suspensions.ts';
import { tagging } from './tagging.ts';
import { workspaces } from './workspaces.ts';

/**
 * Opens the store in one SQLite file, creating the file and its folder where they are missing; `:memory:` keeps nothing.
 * Throws UserError when the file is damaged, not ours, newer than this program, not writable, or in use by another Barrierwatch.
 */
export async function openStore(file: string): Promise<Store> {
  return storeOn(connect(file), file);
}

/** The store on an open database; once SQLite cannot work, its calls throw StoreError. */
export function storeOn({ database, close }: Connection, file: string): Store {
  return guarded(database, file, {
    ...workspaces(database),
    ...feeds(database),
    ...feedList(database),
    ...checks(database),
    ...scopedFilters(database),
    ...notices(database),
    ...changes(database),
    ...tagging(database),
    ...corrections(database),
    ...retagging(database),
    ...grouping(database),
    ...items(database),
    ...eventDecisions(database),
    ...search(database),
    ...subscriptions(database),
    ...suspensions(database),
    ...deliveries(database),
    ...openDeliveries(database),
    ...revisions(database),
    ...past(database),
    ...people(database),
    ...presses(database),
    ...pushes(database),
    ...secondLooks(database),
    ...secondReaderFacts(database),
    ...forgetting(database),
    ...dailyBackup(database),
    async close() {
      close();
    },
  });
}
