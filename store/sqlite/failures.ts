import Database from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';

const KEPT = 'Nothing in it was changed.';

/** What to tell a person whose database file cannot be opened, by the start of SQLite's or the system's error code. */
const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    `is damaged or is not a database. ${KEPT} Move it aside and put a backup in its place, or name another file.`,
  ],
  [/^SQLITE_BUSY/, `is locked by another program. ${KEPT} Close that program and start again.`],
  [/^SQLITE_FULL|^ENOSPC/, `cannot be written: the disk is full. Free some space and start again.`],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH|IOERR)|^E(ACCES|PERM|ROFS|NOTDIR|ISDIR|EXIST|NAMETOOLONG)/,
    `cannot be opened for reading and writing. ${KEPT} Check that the path is a file and not a folder, and that its owner may write the file and its folder, or name another file.`,
  ],
];

/** Turns a failure to open `file` into a UserError that names it and says what to do; any other failure is returned as it is. */
export function openingFailure(file: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof UserError) return thrown;
  const code = 'code' in thrown ? String(thrown.code) : '';
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  if (advice === undefined) return thrown;
  return new UserError(`The database ${file} ${advice} (${thrown.message})`, { cause: thrown });
}

/** True when SQLite refused because another connection holds a lock. */
export function isBusy(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
}
