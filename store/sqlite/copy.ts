import { chmodSync, closeSync, existsSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';
import { isDamage, openingFailure } from './failures.ts';
import { checkVersion } from './migrations.ts';
import { databaseBytes, freeBytes, refuseWithoutSpace } from './space.ts';

/** So many pages are copied at a time (8 MB), between which the thread does other work. */
const PAGES = 2_000;

/** What a copy holds. */
export interface Copy {
  readonly bytes: number;
  readonly items: number;
}

/**
 * Copies a database as it stands at this moment, whole and checked, into the new file `target`, also while the bot writes to it.
 * The copy is one file that is on the disk when this resolves. Throws UserError when `source` is no whole database of ours, or
 * `target` cannot be written; then there is no `target`.
 */
export async function copyDatabase(source: string, target: string): Promise<Copy> {
  try {
    rmSync(target, { force: true });
    if (existsSync(source)) refuseWithoutSpace(target, databaseBytes(source), freeBytes(target));
    await copyPages(source, target);
    const copy = finish(target);
    chmodSync(target, statSync(source).mode);
    synchronise(target);
    return { ...copy, bytes: statSync(target).size };
  } catch (thrown) {
    discard(target);
    throw isDamage(thrown) ? openingFailure(source, thrown) : openingFailure(target, thrown, 'copy');
  }
}

function discard(target: string): void {
  try {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(target + end, { force: true });
  } catch {
    // What kept the copy from being written may keep it from being removed; the former is what is told, and the next copy tries again.
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

/** Makes the copy one file of its own, without the pages that are empty, and reads it through before and after. */
function finish(target: string): Omit<Copy, 'bytes'> {
  const database = new Database(target, { fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
    checkWhole(database);
    // A copy that is cut off is thrown away, so no journal has to take the space of a second one.
    database.pragma('journal_mode = OFF');
    database.exec('VACUUM');
    checkWhole(database);
    const items = database.prepare<[], number>('SELECT count(*) FROM items').pluck().get() ?? 0;
    return { items };
  } finally {
    database.close();
  }
}

function checkWhole(database: Database.Database): void {
  const check = database.pragma('integrity_check(1)', { simple: true });
  if (check !== 'ok') throw Object.assign(new Error(String(check)), { code: 'SQLITE_CORRUPT' });
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
