import { existsSync, realpathSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../src/errors.ts';
import { isOurs } from './backup-files.ts';
import { type Copy, copyDatabase, synchronise } from './copy.ts';
import { openingFailure } from './failures.ts';

/** A backup that is on the disk, whole and checked. */
export interface Backup extends Copy {
  readonly file: string;
}

/**
 * Copies the database `file` to `target`, also while the bot runs; a backup that stood there is replaced in one step. Throws
 * UserError when that cannot be done; then what stood there stays.
 */
export async function backUp(file: string, target: string): Promise<Backup> {
  refuseTarget(file, target);
  const partial = `${target}.partial`;
  const copy = await copyDatabase(file, partial);
  try {
    renameSync(partial, target);
    synchronise(target, { folder: true });
  } catch (thrown) {
    throw openingFailure(target, thrown, 'backup');
  }
  return { ...copy, file: target };
}

/** Where a backup goes that a person asked for: `wanted`, or in that folder under the name it would have beside the database. */
export function backupTarget(name: string, wanted: string | undefined): string {
  if (wanted === undefined) return name;
  return existsSync(wanted) && statSync(wanted).isDirectory() ? join(wanted, basename(name)) : wanted;
}

function refuseTarget(file: string, target: string): void {
  if (!existsSync(dirname(target)))
    throw new UserError(`There is no folder ${dirname(target)} for a backup. Make it first.`);
  if (!existsSync(target)) return;
  if (existsSync(file) && realpathSync(file) === realpathSync(target)) {
    throw new UserError(`${resolve(target)} is the database itself. Name another file for the backup.`);
  }
  if (!statSync(target).isFile() || !isOurs(target)) {
    throw new UserError(`${target} is there already and is no backup of Barrierwatch. Name another file.`);
  }
}
