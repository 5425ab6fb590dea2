import type { Database } from 'better-sqlite3';
import type { Change } from '../../src/model.ts';
import type { FeedStore } from '../../src/ports.ts';

interface ChangeRow {
  number: number;
  workspace_id: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
  undone_by: string | null;
}

/** Writes one line of the audit trail, inside the transaction of the change itself. */
export function recordChanges(database: Database): (change: Omit<Change, 'id' | 'undoneBy'>) => Change {
  const insert = database.prepare<[string, string, string, string, string, string | null, string | null]>(
    'INSERT INTO changes (workspace_id, at, actor, action, subject, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return (change) => {
    const { workspaceId, at, actor, action, subject, before = null, after = null } = change;
    const { lastInsertRowid } = insert.run(workspaceId, at, actor, action, subject, before, after);
    return { ...change, id: String(lastInsertRowid) };
  };
}

/**
 * Returns a function that reads the newest changes of a workspace: the steps of corrections, or all others. There may be many
 * corrections, which would hide the few changes of lists.
 */
export function changeReader(
  database: Database,
  which: 'lists' | 'corrections',
): (workspaceId: string, limit: number) => Change[] {
  const kept = which === 'corrections' ? 'LIKE' : 'NOT LIKE';
  const newest = database.prepare<[string, number], ChangeRow>(
    `SELECT * FROM changes WHERE workspace_id = ? AND action ${kept} '% correction' ORDER BY number DESC LIMIT ?`,
  );
  return (workspaceId, limit) => newest.all(workspaceId, limit).map(toChange);
}

/** The audit trail of each workspace. A change's id is its running number. */
export function changes(database: Database): Pick<FeedStore, 'history' | 'findChange' | 'markUndone'> {
  const newest = changeReader(database, 'lists');
  const one = database.prepare<[number, string], ChangeRow>(
    'SELECT * FROM changes WHERE number = ? AND workspace_id = ?',
  );
  const undo = database.prepare<[string, number, string]>(
    'UPDATE changes SET undone_by = ? WHERE number = ? AND workspace_id = ? AND undone_by IS NULL',
  );
  return {
    async history(workspaceId, limit) {
      return newest(workspaceId, limit);
    },
    async findChange(workspaceId, changeId) {
      const row = one.get(numberOf(changeId), workspaceId);
      return row === undefined ? undefined : toChange(row);
    },
    async markUndone(workspaceId, changeId, by) {
      return undo.run(by, numberOf(changeId), workspaceId).changes === 1;
    },
  };
}

/** The number of a change, or 0, which no change has, where a person typed something else. */
function numberOf(changeId: string): number {
  return /^[1-9]\d{0,14}$/.test(changeId) ? Number(changeId) : 0;
}

function toChange(row: ChangeRow): Change {
  return {
    id: String(row.number),
    workspaceId: row.workspace_id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    ...(row.before !== null && { before: row.before }),
    ...(row.after !== null && { after: row.after }),
    ...(row.undone_by !== null && { undoneBy: row.undone_by }),
  };
}
