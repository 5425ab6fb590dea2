import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { UserError } from '../../src/errors.ts';
import { isBusy } from './failures.ts';

/**
 * Keeps a second Barrierwatch away from a database until the returned function is called or this process ends, however it ends.
 * The lock is on a file of its own, so that other programs can still read the database; `<file>.pid` names the holder.
 * Throws UserError when another process holds it.
 */
export function lock(file: string): () => void {
  const note = `${file}.pid`;
  const holder = new Database(`${file}.lock`, { timeout: 0 });
  try {
    // Never committed: the operating system drops the lock with the process, even on kill -9.
    holder.exec('BEGIN EXCLUSIVE');
    writeFileSync(note, `${process.pid}\n`);
  } catch (thrown) {
    holder.close();
    if (!isBusy(thrown)) throw thrown;
    throw new UserError(
      `The database ${file} is in use by another Barrierwatch (process ${readProcess(note)}). Stop that one first, or name another file.`,
      { cause: thrown },
    );
  }
  return () => {
    // The note goes first: once the lock is free it may already be another process's.
    rmSync(note, { force: true });
    holder.close();
  };
}

function readProcess(note: string): string {
  try {
    const text = readFileSync(note, 'utf8').trim();
    return text === '' ? 'unknown' : text;
  } catch {
    // The holder may be between taking the lock and writing the note; the refusal itself stands without a number.
    return 'unknown';
  }
}
