import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';
import { backupsOf } from './backup-files.ts';
import { openingFailure, restoreAdvice } from './failures.ts';
import { lock } from './lock.ts';
import { checkVersion, migrate } from './migrations.ts';

/** An open database that no other Barrierwatch can open. */
export interface Connection {
  readonly database: Database.Database;
  close(): void;
}

/**
 * Opens a database file, creating it and its folder where they are missing, and brings it to the newest version.
 * `:memory:` is a database that ends with the process. Throws UserError when the file cannot be used.
 */
export function connect(file: string): Connection {
  try {
    return file === ':memory:' ? open(file, () => undefined) : openFile(file);
  } catch (thrown) {
    throw openingFailure(file, thrown);
  }
}

function openFile(file: string): Connection {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  // Two names of one file must meet at one lock.
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  // A new file would hide that the old one was emptied.
  if (existsSync(path) && statSync(path).size === 0 && backupsOf(path).length > 0) {
    throw new UserError(`The database ${file} is empty, but there are backups of it. ${restoreAdvice(path)}`);
  }
  const unlock = lock(path);
  try {
    return open(path, unlock);
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}

function open(path: string, unlock: () => void): Connection {
  const database = new Database(path, { timeout: 5_000 });
  try {
    checkVersion(database, path);
    // Damage is found before anything is written on top of it; reading a file through takes about 2 ms a megabyte.
    checkPages(database);
    // Even switching to WAL writes to the file, so nothing is set before the version is known to be ours.
    database.pragma('journal_mode = WAL');
    // With WAL a power cut can lose the last moments but never damages the file, and a commit waits for no disk.
    database.pragma('synchronous = NORMAL');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32768');
    // Copying the log back waits for the disk: every 16 MB is seldom enough, and still soon done.
    database.pragma('wal_autocheckpoint = 4000');
    // Without a limit the log keeps the size of its largest burst for ever.
    database.pragma('journal_size_limit = 16777216');
    migrate(database);
    // A file that can only be read is noticed now and not at the first check.
    database.transaction(() => undefined).immediate();
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return {
    database,
    close() {
      if (!database.open) return;
      database.close();
      unlock();
    },
  };
}

/** Throws an error with SQLite's code for damage when a page is not as it should be. */
export function checkPages(database: Database.Database): void {
  const check = database.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw Object.assign(new Error(String(check)), { code: 'SQLITE_CORRUPT' });
}
