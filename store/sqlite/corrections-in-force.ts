import type { Database } from 'better-sqlite3';
import { onNewText } from '../../src/judgement.ts';
import type { BarrierId, Direction, Instant, Judgement } from '../../src/model.ts';
import { fromJson } from './rows.ts';

interface KeptRow {
  number: number;
  workspace_id: string;
  item_number: number;
  words: string | null;
  judged: string;
  occurred_at: string;
}

/** What brings a correction into force and takes it out again, inside the transaction of the decision. */
interface InForce {
  /** Takes the place of the one that is in force, where there is one. */
  enter(number: number, current: number | undefined, by: string, at: Instant): void;
  /** Gives way to the one that it replaced, else to the rules. */
  leave(number: number, former: number | null, by: string, at: Instant): void;
}

export function inForce(database: Database): InForce {
  const one = database.prepare<[number], KeptRow>(
    `SELECT k.number, k.workspace_id, k.item_number, k.words, k.judged, i.occurred_at
     FROM corrections AS k JOIN items AS i ON i.number = k.item_number WHERE k.number = ?`,
  );
  const replace = database.prepare<[number]>(
    "UPDATE corrections SET state = 'replaced', in_force_at = NULL WHERE number = ?",
  );
  const undo = database.prepare<[string, Instant, number]>(
    "UPDATE corrections SET state = 'undone', in_force_at = NULL, decided_by = ?, decided_at = ? WHERE number = ?",
  );
  // An item that the rules put into no event stands in one of its own.
  const confirm = database.prepare<[Instant, number]>(
    `UPDATE corrections SET state = 'confirmed', in_force_at = ?,
       event_id = iif(relevant, (SELECT ifnull(i.event_id, i.id) FROM items AS i WHERE i.number = item_number), NULL)
     WHERE number = ?`,
  );
  const decide = database.prepare<[string, Instant, number | null, number]>(
    'UPDATE corrections SET decided_by = ?, decided_at = ?, replaces = ? WHERE number = ?',
  );
  const clear = database.prepare<[number, string]>(
    'DELETE FROM corrected_taggings WHERE item_number = ? AND workspace_id = ?',
  );
  const add = database.prepare<[string, BarrierId, string, number, Direction]>(
    `INSERT INTO corrected_taggings (workspace_id, barrier, occurred_at, item_number, direction) VALUES (?, ?, ?, ?, ?)`,
  );
  const putInForce = (number: number, at: Instant) => {
    confirm.run(at, number);
    const row = one.get(number);
    if (row === undefined) throw new Error(`There is no correction ${number} to put in force`);
    const { workspace_id, item_number, occurred_at, judged } = row;
    clear.run(item_number, workspace_id);
    for (const { barrier, direction } of fromJson<Judgement>(judged).taggings) {
      add.run(workspace_id, barrier, occurred_at, item_number, direction);
    }
  };
  return {
    enter(number, current, by, at) {
      if (current !== undefined) replace.run(current);
      decide.run(by, at, current ?? null, number);
      putInForce(number, at);
    },
    leave(number, former, by, at) {
      undo.run(by, at, number);
      const row = one.get(number);
      if (former !== null) putInForce(former, at);
      else if (row !== undefined) clear.run(row.item_number, row.workspace_id);
    },
  };
}

/**
 * Returns a function that keeps an item's corrections true to its newest text and date, inside the transaction that changes
 * them: what people said stays, and its proof is found anew.
 */
export function correctionsOnEdit(
  database: Database,
): (item: { readonly number: number; readonly title: string; readonly summary: string }, occurredAt: string) => void {
  const kept = database.prepare<[number], Pick<KeptRow, 'number' | 'words' | 'judged'>>(
    'SELECT number, words, judged FROM corrections WHERE item_number = ?',
  );
  const rewrite = database.prepare<[string, number]>('UPDATE corrections SET judged = ? WHERE number = ?');
  const date = database.prepare<[string, number]>(
    'UPDATE corrected_taggings SET occurred_at = ? WHERE item_number = ?',
  );
  return (item, occurredAt) => {
    const rows = kept.all(item.number);
    for (const { number, words, judged } of rows) {
      const anew = JSON.stringify(onNewText(fromJson<Judgement>(judged), item, words ?? undefined));
      if (anew !== judged) rewrite.run(anew, number);
    }
    if (rows.length > 0) date.run(occurredAt, item.number);
  };
}
