import type { Store } from '../../src/ports.ts';
import { changes } from './changes.ts';
import { checks } from './checks.ts';
import { connect } from './connection.ts';
import { deliveries } from './deliveries.ts';
import { feedList } from './feed-list.ts';
import { feeds } from './feeds.ts';
import { grouping } from './grouping.ts';
import { items } from './items.ts';
import { notices } from './notices.ts';
import { past } from './past.ts';
import { people } from './people.ts';
import { presses } from './presses.ts';
import { pushes } from './pushes.ts';
import { revisions } from './revisions.ts';
import { scopedFilters } from './scoped-filters.ts';
import { search } from './search.ts';
import { subscriptions } from './subscriptions.ts';
import { suspensions } from './suspensions.ts';
import { tagging } from './tagging.ts';
import { workspaces } from './workspaces.ts';

/**
 * Opens the store in one SQLite file, creating the file and its folder where they are missing; `:memory:` keeps nothing.
 * Throws UserError when the file is damaged, not ours, newer than this program, not writable, or in use by another Barrierwatch.
 */
export async function openStore(file: string): Promise<Store> {
  const { database, close } = connect(file);
  return {
    ...workspaces(database),
    ...feeds(database),
    ...feedList(database),
    ...checks(database),
    ...scopedFilters(database),
    ...notices(database),
    ...changes(database),
    ...tagging(database),
    ...grouping(database),
    ...items(database),
    ...search(database),
    ...subscriptions(database),
    ...suspensions(database),
    ...deliveries(database),
    ...revisions(database),
    ...past(database),
    ...people(database),
    ...presses(database),
    ...pushes(database),
    async close() {
      close();
    },
  };
}
