import Database from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';
import { backupsOf } from './backup-files.ts';

const KEPT = 'Nothing in it was changed.';

/** What to tell a person whose database file cannot be opened, by the start of SQLite's or the system's error code. */
const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [/^SQLITE_BUSY/, `is locked by another program. ${KEPT} Close that program and start again.`],
  [/^SQLITE_FULL|^ENOSPC/, `cannot be written: the disk is full. Free some space and start again.`],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH|IOERR)|^E(ACCES|PERM|ROFS|NOTDIR|ISDIR|EXIST|NAMETOOLONG)/,
    `cannot be opened for reading and writing. ${KEPT} Check that the path is a file and not a folder, and that its owner may write the file and its folder, or name another file.`,
  ],
];

const DAMAGE = /^SQLITE_(NOTADB|CORRUPT)/;

/** True when SQLite found that what it reads is no whole database. */
export function isDamage(thrown: unknown): boolean {
  return DAMAGE.test(codeOf(thrown));
}

/** The code of SQLite or of the system; empty where there is none. */
function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** How a database that is damaged or gone comes back. */
export function restoreAdvice(file: string): string {
  const [newest] = backupsOf(file);
  return newest === undefined
    ? 'There is no backup beside it: move it aside and put a backup in its place, or name another file.'
    : `The newest backup is ${newest}: “npm run restore -- ${newest}” puts it in its place and keeps this file beside it.`;
}

/**
 * Turns a failure to open `file`, a database or what `kind` calls it, into a UserError that names it and says what to do; any
 * other failure is returned as it is.
 */
export function openingFailure(file: string, thrown: unknown, kind = 'database'): unknown {
  if (!(thrown instanceof Error) || thrown instanceof UserError) return thrown;
  const code = codeOf(thrown);
  const advice = DAMAGE.test(code)
    ? `is damaged or is not a database. ${KEPT} ${restoreAdvice(file)}`
    : ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  if (advice === undefined) return thrown;
  return new UserError(`The ${kind} ${file} ${advice} (${thrown.message})`, { cause: thrown });
}

/** True when SQLite refused because another connection holds a lock. */
export function isBusy(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
}
