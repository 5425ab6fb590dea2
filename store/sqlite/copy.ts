import { chmodSync, closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';
import { isDamage, openingFailure } from './failures.ts';
import { checkVersion } from './migrations.ts';

/** So many pages are copied at a time (8 MB), between which the thread does other work. */
const PAGES = 2_000;

/** A copy is made smaller where more of it than this share is empty pages. */
const MOST_EMPTY = 0.25;

/** What a copy holds. */
export interface Copy {
  readonly bytes: number;
  readonly items: number;
  /** The version of its tables. */
  readonly version: number;
}

/**
 * Copies a database as it stands at this moment, whole and checked, into the new file `target`, also while the bot writes to it.
 * The copy is one file that is on the disk when this resolves. Throws UserError when `source` is no whole database of ours, or
 * `target` cannot be written; then there is no `target`.
 */
export async function copyDatabase(source: string, target: string): Promise<Copy> {
  try {
    rmSync(target, { force: true });
    await copyPages(source, target);
    const copy = finish(source, target);
    chmodSync(target, statSync(source).mode);
    synchronise(target);
    return { ...copy, bytes: statSync(target).size };
  } catch (thrown) {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(target + end, { force: true });
    throw isDamage(thrown) ? openingFailure(source, thrown) : openingFailure(target, thrown, 'copy');
  }
}

async function copyPages(source: string, target: string): Promise<void> {
  const database = openSource(source);
  try {
    // One reading from the first page to the last: otherwise each write of the bot would make the copy begin anew.
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    await database.backup(target, { progress: () => PAGES });
  } finally {
    database.close();
  }
}

function openSource(source: string): Database.Database {
  try {
    const database = new Database(source, { fileMustExist: true, timeout: 5_000 });
    try {
      database.pragma('query_only = ON');
      checkVersion(database, source);
      if (database.pragma('user_version', { simple: true }) === 0) {
        throw new UserError(`${source} is empty: there is nothing of Barrierwatch in it. Name another file.`);
      }
      return database;
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  } catch (thrown) {
    throw openingFailure(source, thrown);
  }
}

/** Makes the copy one file of its own, gives back its empty pages, and reads it through. */
function finish(source: string, target: string): Omit<Copy, 'bytes'> {
  const database = new Database(target, { fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
    const pages = numberOf(database, 'page_count');
    const empty = numberOf(database, 'freelist_count');
    const check = database.pragma('integrity_check(1)', { simple: true });
    if (check !== 'ok') throw Object.assign(new Error(`${source}: ${String(check)}`), { code: 'SQLITE_CORRUPT' });
    if (empty > pages * MOST_EMPTY) database.exec('VACUUM');
    const items = database.prepare<[], number>('SELECT count(*) FROM items').pluck().get() ?? 0;
    return { items, version: numberOf(database, 'user_version') };
  } finally {
    database.close();
  }
}

function numberOf(database: Database.Database, pragma: string): number {
  return Number(database.pragma(pragma, { simple: true }));
}

/** Waits until a file, and with `folder` the names in its folder, are on the disk. */
export function synchronise(path: string, { folder = false } = {}): void {
  // Windows can flush neither a folder nor a file that is open for reading only.
  if (folder && process.platform === 'win32') return;
  const descriptor = folder ? openSync(dirname(path), 'r') : openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
