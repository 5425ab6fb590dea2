/** The names of the files that stand beside a database: its backups, and what a restore put aside. */
import { closeSync, existsSync, lstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../../src/model.ts';
import { APPLICATION_ID } from './migrations.ts';

/** Made by a person, or by the bot each day; only the latter are ever deleted by the bot. */
type BackupKind = 'backup' | 'daily';

const BACKUP = /\.(?:backup|daily)-(\d{4}-\d\d-\d\dT\d{6}Z)$/;

/** `data/barrierwatch.db.backup-2026-03-02T080000Z`; the time is UTC. */
export function backupName(file: string, kind: BackupKind, at: Instant): string {
  return `${ownName(file)}.${kind}-${stamp(at)}`;
}

/** Where a restore puts the database that was there. */
export function putAsideName(file: string, at: Instant): string {
  return `${file}.before-restore-${stamp(at)}`;
}

/** A time that every file system takes in a name: no colons, which Windows refuses. */
function stamp(at: Instant): string {
  return `${at.slice(0, 19).replaceAll(':', '')}Z`;
}

/** The backups beside a database, newest first, of both kinds or of one. */
export function backupsOf(file: string, kind: BackupKind | undefined = undefined): string[] {
  const path = ownName(file);
  const start = `${basename(path)}.`;
  return namesBeside(path)
    .filter((name) => name.startsWith(start))
    .flatMap((name) => {
      const rest = name.slice(start.length - 1);
      const time = BACKUP.exec(rest)?.[1];
      return time !== undefined && rest.startsWith(`.${kind ?? ''}`) && rest.lastIndexOf('.') === 0
        ? [{ name, time }]
        : [];
    })
    .sort((one, other) => other.time.localeCompare(one.time))
    .map(({ name }) => join(dirname(path), name));
}

/** Where a link leads: the bot opens that file, and its backups stand beside it. */
function ownName(file: string): string {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() && existsSync(file) ? realpathSync(file) : file;
}

function namesBeside(file: string): string[] {
  try {
    return readdirSync(dirname(file));
  } catch {
    // What cannot be listed shows no backup; whatever is wrong with the folder is told where the database itself is opened.
    return [];
  }
}

/** True for a file that begins as a database of ours does (SQLite file format §1.3); throws what the system throws. */
export function isOurs(file: string): boolean {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1', 0, 15) === 'SQLite format 3' && header.readUInt32BE(68) === APPLICATION_ID;
}
