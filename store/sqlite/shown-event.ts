/** SQL for the event an item stands in for a workspace; null where it is in none. The arguments are SQL expressions. */
export function shownEvent(workspace: string, number: string, event: string): string {
  const placed = `ifnull((SELECT s.event_id FROM event_splits AS s
    WHERE ${event} IS NOT NULL AND s.workspace_id = ${workspace} AND s.item_number = ${number}), ${event})`;
  return `ifnull((SELECT g.shown_id FROM event_merges AS g WHERE g.workspace_id = ${workspace} AND g.event_id = ${placed}), ${placed})`;
}

/** SQL for the numbers of the items that may stand in the events of `@events` for `@workspaceId`: all that do, and some that do not. */
export const ITEMS_OF_EVENTS = `
  WITH wanted (id) AS MATERIALIZED (
    SELECT value FROM json_each(@events)
    UNION SELECT g.event_id FROM event_merges AS g
      WHERE g.workspace_id = @workspaceId AND g.shown_id IN (SELECT value FROM json_each(@events)))
  SELECT number FROM items WHERE event_id IN (SELECT id FROM wanted)
  UNION SELECT item_number FROM event_splits WHERE workspace_id = @workspaceId AND event_id IN (SELECT id FROM wanted)
  UNION SELECT k.item_number FROM wanted CROSS JOIN corrections AS k INDEXED BY corrections_by_event
    ON k.workspace_id = @workspaceId AND k.event_id = wanted.id AND k.state = 'confirmed'`;
