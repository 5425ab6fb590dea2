import { constants, copyFileSync, existsSync, linkSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../src/errors.ts';
import type { Instant } from '../../src/model.ts';
import { putAsideName } from './backup-files.ts';
import { type Copy, copyDatabase, synchronise } from './copy.ts';
import { openingFailure } from './failures.ts';
import { lock } from './lock.ts';

/** What a restore did. */
interface Restored extends Copy {
  /** Where the former database is now; absent where there was none. */
  readonly putAside?: string;
}

/**
 * Puts a copy of the backup `from` in the place of the database `file` and keeps the one that was there beside it. Throws
 * UserError when `from` is no whole database of this program or an older one, or when the bot runs; then nothing is changed.
 */
export async function restore(file: string, from: string, at: Instant): Promise<Restored> {
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  if (existsSync(from) && realpathSync(from) === path) {
    throw new UserError(`${from} is the database itself. Name the backup to restore.`);
  }
  const unlock = lockFile(path);
  try {
    const partial = `${path}.partial`;
    const copy = await copyDatabase(from, partial);
    const putAside = existsSync(path) ? putAsideName(path, at) : undefined;
    try {
      if (putAside !== undefined) keep(path, putAside);
      // A log that is left beside the restored file would be read into it.
      for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
      renameSync(partial, path);
      synchronise(path, { folder: true });
    } catch (thrown) {
      rmSync(partial, { force: true });
      throw openingFailure(path, thrown);
    }
    return { ...copy, ...(putAside !== undefined && { putAside }) };
  } finally {
    unlock();
  }
}

function lockFile(path: string): () => void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return lock(path);
  } catch (thrown) {
    throw openingFailure(path, thrown);
  }
}

/** Gives a database a second name, with its log, which holds what it has not taken in yet; `path` is there at every moment. */
function keep(path: string, putAside: string): void {
  for (const end of ['', '-wal']) {
    if (!existsSync(path + end)) continue;
    try {
      linkSync(path + end, putAside + end);
    } catch {
      // Not every file system has second names; a copy does the same, and fails where a name is taken or nothing can be written.
      copyFileSync(path + end, putAside + end, constants.COPYFILE_EXCL);
    }
  }
}
