import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { messageOf, WorldError } from '../../src/errors.ts';
import type { KeepingStore } from '../../src/keeping.ts';
import type { Instant } from '../../src/model.ts';
import { DAY, HOUR, plus } from '../../src/time.ts';
import { backupName, backupsOf } from './backup-files.ts';

type DailyBackup = Pick<KeepingStore, 'backupState' | 'backUpDaily'>;

interface StateRow {
  backup_at: Instant | null;
  backup_error: string | null;
  next_backup_at: Instant | null;
}

/** Backups that the bot makes of its own database, in a thread, so that commands are answered meanwhile. */
export function dailyBackup(database: Database): DailyBackup {
  const state = database.prepare<[], StateRow>('SELECT backup_at, backup_error, next_backup_at FROM keeping');
  const made = database.prepare<[Instant, Instant]>(
    'UPDATE keeping SET backup_at = ?, backup_error = NULL, next_backup_at = ?',
  );
  const failed = database.prepare<[string, Instant]>('UPDATE keeping SET backup_error = ?, next_backup_at = ?');
  return {
    async backupState() {
      const row = database.memory ? undefined : state.get();
      return (
        row && {
          ...(row.backup_at !== null && { at: row.backup_at }),
          ...(row.backup_error !== null && { error: row.backup_error }),
          ...(row.next_backup_at !== null && { nextAt: row.next_backup_at }),
        }
      );
    },
    async backUpDaily(at, kept) {
      const file = database.name;
      const target = backupName(file, 'daily', at);
      try {
        removePartials(file);
        await backUpInThread({ file, target });
      } catch (thrown) {
        failed.run(messageOf(thrown), plus(at, HOUR));
        throw new WorldError(messageOf(thrown), { cause: thrown });
      }
      const next = plus(at, DAY);
      made.run(at, next);
      try {
        for (const old of backupsOf(file, 'daily').slice(kept)) rmSync(old, { force: true });
      } catch (thrown) {
        const error = `it was made, but an older one cannot be deleted (${messageOf(thrown)})`;
        failed.run(error, next);
        throw new WorldError(error, { cause: thrown });
      }
    },
  };
}

/** What a daily backup left behind that was cut off. */
function removePartials(file: string): void {
  const start = `${basename(file)}.daily-`;
  for (const name of readdirSync(dirname(file))) {
    if (name.startsWith(start) && name.endsWith('.partial')) rmSync(join(dirname(file), name), { force: true });
  }
}

/** What the thread is asked to do. */
export interface BackupJob {
  readonly file: string;
  readonly target: string;
}

function backUpInThread(job: BackupJob): Promise<void> {
  const thread = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: job });
  // A stop of the bot does not wait for it; what it has written by then is no backup yet and is removed with the next.
  thread.unref();
  return new Promise((resolve, reject) => {
    thread.on('message', (error: string | undefined) => {
      if (error === undefined) resolve();
      else reject(new WorldError(error));
    });
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('the backup was cut off')));
  });
}
