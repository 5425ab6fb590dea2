import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';

/** `BWCH`, in the header of every database of ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x42574348;

const FOLDER = new URL('./migrations/', import.meta.url);

/** The migrations in order: `0001-start.sql` takes a database from version 0 to 1, and so on. They are only ever added to. */
const MIGRATIONS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort();

/** Throws UserError when the database belongs to a newer Barrierwatch or to another program; changes nothing. */
export function checkVersion(database: Database, file: string): void {
  const version = numberOf(database, 'user_version');
  const tables = database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (numberOf(database, 'application_id') !== APPLICATION_ID && (tables !== 0 || version !== 0)) {
    throw new UserError(`${file} is the database of another program. Nothing in it was changed. Name another file.`);
  }
  if (version > MIGRATIONS.length) {
    throw new UserError(
      `The database ${file} was written by a newer Barrierwatch (version ${version} of its tables; this one knows ${MIGRATIONS.length}). ` +
        'Nothing in it was changed. Update Barrierwatch, or name another file.',
    );
  }
}

/**
 * Brings a database that `checkVersion` has passed to the newest version, each step in a transaction of its own. References
 * are checked at the end of each step and enforced from then on: a step that makes a table anew breaks them in between
 * (SQLite, ALTER TABLE §7).
 */
export function migrate(database: Database): void {
  const version = numberOf(database, 'user_version');
  database.pragma('foreign_keys = OFF');
  for (const [index, name] of MIGRATIONS.entries()) {
    if (index < version) continue;
    const step = database.transaction(() => {
      database.exec(readFileSync(new URL(name, FOLDER), 'utf8'));
      const broken = database.pragma('foreign_key_check');
      if (Array.isArray(broken) && broken.length > 0)
        throw new Error(`${name} leaves ${broken.length} broken references`);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${index + 1}`);
    });
    step.immediate();
  }
  database.pragma('foreign_keys = ON');
}

function numberOf(database: Database, pragma: string): number {
  return Number(database.pragma(pragma, { simple: true }));
}
