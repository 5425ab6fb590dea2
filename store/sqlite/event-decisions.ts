import type { Database } from 'better-sqlite3';
import type { EventEdit, EventStore } from '../../src/event-ports.ts';
import type { Instant } from '../../src/model.ts';
import { recordChanges } from './changes.ts';
import { EVENT, LISTED, OWN_EVENT } from './reading.ts';

interface Placed {
  number: number;
  /** Where it stands by itself, and by what was split. */
  event_id: string;
  /** Where it is shown. */
  shown_id: string;
}

interface Merge {
  event_id: string;
  into_id: string;
}

/** What a workspace's admins say of events. */
export function eventDecisions(database: Database): EventStore {
  const record = recordChanges(database);
  const apply = applying(database);
  const edit = database.transaction((workspaceId: string, wish: EventEdit, actor: string, at: Instant) => {
    if (!apply(workspaceId, wish)) return undefined;
    const subject = 'intoItemId' in wish ? `${wish.itemId} ${wish.intoItemId}` : wish.itemId;
    return record({ workspaceId, at, actor, action: wish.action, subject });
  });
  return {
    async editEvents(workspaceId, wish, actor, at) {
      return edit.immediate(workspaceId, wish, actor, at);
    },
  };
}

/** Returns a function that makes an edit; false when it changed nothing. */
function applying(database: Database): (workspaceId: string, edit: EventEdit) => boolean {
  const find = database.prepare<[{ workspaceId: string; itemId: string }], Placed>(
    `SELECT i.number, ifnull(s.event_id, ${OWN_EVENT}) AS event_id, ${EVENT} AS shown_id
     FROM items AS i ${LISTED}
       LEFT JOIN event_splits AS s ON s.workspace_id = l.workspace_id AND s.item_number = i.number
     WHERE i.id = @itemId AND ${OWN_EVENT} IS NOT NULL`,
  );
  const split = database.prepare<[string, number, string]>(
    'INSERT OR IGNORE INTO event_splits (workspace_id, item_number, event_id) VALUES (?, ?, ?)',
  );
  const unsplit = database.prepare<[string, number]>(
    'DELETE FROM event_splits WHERE workspace_id = ? AND item_number = ?',
  );
  const merges = merging(database);
  return (workspaceId, edit) => {
    const item = find.get({ workspaceId, itemId: edit.itemId });
    if (item === undefined) return false;
    if ('intoItemId' in edit) {
      const into = find.get({ workspaceId, itemId: edit.intoItemId });
      if (into === undefined) return false;
      return edit.action === 'merge'
        ? merges.join(workspaceId, item.shown_id, into.shown_id)
        : merges.part(workspaceId, item.event_id, into.event_id);
    }
    // No id of an item holds a hyphen, so that no event of the store ever goes by such a name.
    const alone = `alone-${edit.itemId}`;
    if (edit.action === 'split') {
      const isFresh = split.run(workspaceId, item.number, alone).changes > 0;
      return merges.leave(workspaceId, alone) || isFresh;
    }
    return unsplit.run(workspaceId, item.number).changes > 0;
  };
}

/** Merges are a forest: each event leads into at most one other. */
function merging(database: Database) {
  const all = database.prepare<[string], Merge>(
    'SELECT event_id, into_id FROM event_merges WHERE workspace_id = ? ORDER BY event_id',
  );
  const insert = database.prepare<[string, string, string, string]>(
    'INSERT INTO event_merges (workspace_id, event_id, into_id, shown_id) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare<[string, string]>('DELETE FROM event_merges WHERE workspace_id = ? AND event_id = ?');
  const show = database.prepare<[string, string, string]>(
    'UPDATE event_merges SET shown_id = ? WHERE workspace_id = ? AND event_id = ?',
  );
  const edgesOf = (workspaceId: string) =>
    new Map(all.all(workspaceId).map(({ event_id, into_id }) => [event_id, into_id]));
  const follow = (workspaceId: string) => {
    const edges = edgesOf(workspaceId);
    for (const event of edges.keys()) show.run(pathFrom(event, edges).at(-1) ?? event, workspaceId, event);
  };
  return {
    join(workspaceId: string, event: string, into: string): boolean {
      if (event === into) return false;
      insert.run(workspaceId, event, into, into);
      follow(workspaceId);
      return true;
    },
    /** Takes back the merge of an event into another. */
    leave(workspaceId: string, event: string): boolean {
      if (remove.run(workspaceId, event).changes === 0) return false;
      follow(workspaceId);
      return true;
    },
    /** Takes back the one merge without which the two would not be one event. */
    part(workspaceId: string, event: string, other: string): boolean {
      const edges = edgesOf(workspaceId);
      const [path, otherPath] = [pathFrom(event, edges), pathFrom(other, edges)];
      const cut = before(path, otherPath) ?? before(otherPath, path);
      return cut !== undefined && this.leave(workspaceId, cut);
    },
  };
}

/** An event and all it leads into, in order. */
function pathFrom(event: string, edges: ReadonlyMap<string, string>): string[] {
  const path = [event];
  for (let next = edges.get(event); next !== undefined; next = edges.get(next)) path.push(next);
  return path;
}

/** The last event of a path before it meets the other path; undefined where it starts there or never meets it. */
function before(path: readonly string[], other: readonly string[]): string | undefined {
  return path[path.findIndex((event) => other.includes(event)) - 1];
}
