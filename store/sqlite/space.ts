import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../src/errors.ts';

/** `91.3 MB`: a number of bytes in millions. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The bytes that the disk of a file has left; the file need not be there, its folder must. */
export function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file));
  return bavail * bsize;
}

/** The bytes of a database with its log. */
export function databaseBytes(file: string): number {
  return [file, `${file}-wal`].filter(existsSync).reduce((sum, path) => sum + statSync(path).size, 0);
}

/** Throws UserError where a copy would fill the disk, which the bot needs for what it reads. */
export function refuseWithoutSpace(target: string, needed: number, free: number): void {
  if (free >= needed * 1.1) return;
  throw new UserError(
    `There is no space for ${target}: it may take ${megabytes(needed)}, and ${megabytes(free)} are left. Free some space, or name a file on another disk.`,
  );
}
