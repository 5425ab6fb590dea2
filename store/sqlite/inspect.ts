import Database from 'better-sqlite3';
import type { Channel } from '../../src/model.ts';
import { backupsOf } from './backup-files.ts';
import { checkPages } from './connection.ts';
import { openingFailure } from './failures.ts';
import { checkVersion } from './migrations.ts';
import { freeBytes } from './space.ts';

/** What a database holds, for a look from outside while the bot may be running. */
export interface StoreFacts {
  readonly items: number;
  readonly channels: readonly Channel[];
  /** What the disk of the database has left. */
  readonly freeBytes: number;
  /** The newest backup beside the database; absent where there is none. */
  readonly backup?: string;
}

interface ChannelRow {
  adapter: string;
  workspace_id: string;
  channel_id: string;
}

/** Reads a database without changing or locking it. Throws UserError when it cannot be used or is damaged. */
export function inspectStore(file: string): StoreFacts {
  try {
    // Not `readonly`: such a connection leaves the files of its log (-wal, -shm) behind where nobody else has the database open.
    const database = new Database(file, { fileMustExist: true, timeout: 5_000 });
    try {
      database.pragma('query_only = ON');
      checkVersion(database, file);
      // A start that ended before its first migration leaves an empty file, which the next one fills.
      const around = factsAround(file);
      if (database.pragma('user_version', { simple: true }) === 0) return { items: 0, channels: [], ...around };
      checkPages(database);
      const rows = database
        .prepare<[], ChannelRow>(
          'SELECT adapter, workspace_id, channel_id FROM subscriptions ORDER BY adapter, channel_id',
        )
        .all();
      const items = database.prepare<[], number>('SELECT count(*) FROM items').pluck().get() ?? 0;
      return {
        items,
        ...around,
        channels: rows.map(({ adapter, workspace_id, channel_id }) => ({
          adapter,
          workspaceId: workspace_id,
          id: channel_id,
        })),
      };
    } finally {
      database.close();
    }
  } catch (thrown) {
    throw openingFailure(file, thrown);
  }
}

function factsAround(file: string): Pick<StoreFacts, 'freeBytes' | 'backup'> {
  const [backup] = backupsOf(file);
  return { freeBytes: freeBytes(file), ...(backup !== undefined && { backup }) };
}
