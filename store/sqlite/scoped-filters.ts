import type { Database } from 'better-sqlite3';
import type { Filter, ScopedFilter } from '../../src/model.ts';
import type { FeedStore } from '../../src/ports.ts';
import { fromJson } from './rows.ts';

type SetFilter = (
  workspaceId: string,
  scope: ScopedFilter['scope'],
  filter: Filter | undefined,
) => { readonly subject: string; readonly before: ScopedState; readonly after: ScopedState } | undefined;

/** The filter of a scope as the audit trail keeps it. */
interface ScopedState {
  readonly scope: ScopedFilter['scope'];
  readonly filter?: Filter;
}

/** Returns a function that sets, or without a filter takes away, the filter of a list or a stream; undefined when that changes nothing. */
export function setScopedFilter(database: Database): SetFilter {
  const read = database
    .prepare<[string, string], string>('SELECT filter FROM list_filters WHERE workspace_id = ? AND scope = ?')
    .pluck();
  const write = database.prepare<[string, string, string]>(
    `INSERT INTO list_filters (workspace_id, scope, filter) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET filter = excluded.filter`,
  );
  const remove = database.prepare<[string, string]>('DELETE FROM list_filters WHERE workspace_id = ? AND scope = ?');
  return (workspaceId, scope, filter) => {
    const before = read.get(workspaceId, scope);
    const after = filter && JSON.stringify({ include: filter.include, exclude: filter.exclude });
    if (before === after) return undefined;
    if (after === undefined) remove.run(workspaceId, scope);
    else write.run(workspaceId, scope, after);
    return {
      subject: scope === 'all' ? 'all feeds' : `stream ${scope}`,
      before: { scope, ...(before !== undefined && { filter: fromJson<Filter>(before) }) },
      after: { scope, ...(filter && { filter }) },
    };
  };
}

/** The filters of whole lists and their streams. */
export function scopedFilters(database: Database): Pick<FeedStore, 'filters'> {
  const all = database.prepare<[string], { scope: ScopedFilter['scope']; filter: string }>(
    'SELECT scope, filter FROM list_filters WHERE workspace_id = ? ORDER BY scope',
  );
  return {
    async filters(workspaceId) {
      return all.all(workspaceId).map(({ scope, filter }) => ({ scope, filter: fromJson<Filter>(filter) }));
    },
  };
}
