/** Fills tables that no written rows are for, from what their schema says, so that migrations still to come meet data in them. */
import type { Database } from 'better-sqlite3';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
  readonly hidden: number;
}

interface Reference {
  readonly from: string;
  readonly table: string;
  readonly to: string | null;
}

/** The tables of a database without those of SQLite and of full-text indexes, by name. */
export function tablesOf(database: Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all();
}

/** The tables that hold nothing. */
export function emptyTables(database: Database): string[] {
  return tablesOf(database).filter((table) => database.prepare(`SELECT 1 FROM "${table}"`).get() === undefined);
}

/** Puts one row into each empty table whose schema tells what it takes; a table with rules of its own may stay empty. */
export function guessRows(database: Database): void {
  // A table may point at one that is filled only later.
  for (let left = emptyTables(database), before = -1; left.length !== before; left = emptyTables(database)) {
    before = left.length;
    for (const table of left) guessRow(database, table);
  }
}

function guessRow(database: Database, table: string): void {
  const columns = database
    .prepare<[string], Column>('SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)')
    .all(table)
    .filter(({ hidden }) => hidden === 0);
  const references = database
    .prepare<[string], Reference>('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)')
    .all(table);
  const sql = String(database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table));
  const values = columns.map((column) => guessValue(database, column, references, sql));
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  try {
    database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${values.map(() => '?').join(', ')})`).run(values);
  } catch {
    // A rule that a guess does not meet; rows.ts is the place for a row that does.
  }
}

function guessValue(
  database: Database,
  { name, type }: Column,
  references: readonly Reference[],
  sql: string,
): unknown {
  const reference = references.find(({ from }) => from === name);
  if (reference) {
    const column = reference.to ?? 'rowid';
    return database.prepare(`SELECT "${column}" FROM "${reference.table}" LIMIT 1`).pluck().get() ?? null;
  }
  const allowed = new RegExp(`\\b${name}\\b\\s+(?:=|IN\\s*\\()\\s*(?:'([^']*)'|(\\d+))`, 'i').exec(sql);
  if (allowed) return allowed[1] ?? Number(allowed[2]);
  if (type === 'TEXT') return /(?:_at|_until|_from|_to|^at)$/.test(name) ? '2026-03-02T08:00:00.000Z' : '[]';
  return type === 'BLOB' ? Buffer.from('bytes') : 1;
}
