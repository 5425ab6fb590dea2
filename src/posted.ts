/** What may be posted of what is stored: the items that the workspace's filters keep and that no flood holds. */
import { keptItems, type ListFilters, listFilters } from './filter.ts';
import type { BarrierId, ReadItem } from './model.ts';
import type { Store } from './ports.ts';

/** With filters so many times more items are read, since most may fall away. */
const READ_AHEAD = 5;

/** All filters of a workspace's list. */
export async function readFilters(store: Store, workspaceId: string): Promise<ListFilters> {
  return listFilters(await store.listFeeds(workspaceId), await store.filters(workspaceId));
}

/** The newest items on a barrier that may be posted, by date. */
export async function recentPosted(
  store: Store,
  workspaceId: string,
  filters: ListFilters,
  { barrier, limit }: { readonly barrier: BarrierId; readonly limit: number },
): Promise<ReadItem[]> {
  const found = await store.recentItems(workspaceId, { barrier, limit: limit * READ_AHEAD });
  const unheld = found.filter(({ flood = 'released' }) => flood === 'released');
  return keptItems(filters, unheld).slice(0, limit);
}
