import type { Database } from 'better-sqlite3';
import type { Instant, TaggedItem } from '../../src/model.ts';
import type { RetagStep, RetagStore, StoredTagging } from '../../src/ports.ts';
import { EMPTY_REPORT, type RetagReport, type RetagRun } from '../../src/retag-report.ts';
import { fromJson, ITEM_COLUMNS, type ItemRow, toItem } from './rows.ts';
import { tagWriter } from './tagging.ts';

interface RunRow {
  number: number;
  method: string;
  started_by: string;
  started_at: Instant;
  finished_at: Instant | null;
  cursor: number;
  report: string;
}

/** Tagging stored items again: what is left of them, how far a run came, and what it changed. */
export function retagging(database: Database): RetagStore {
  const last = database.prepare<[], RunRow>('SELECT * FROM retag_runs ORDER BY number DESC LIMIT 1');
  const start = database.prepare<[string, string, Instant, string], RunRow>(
    'INSERT INTO retag_runs (method, started_by, started_at, cursor, report) VALUES (?, ?, ?, 0, ?) RETURNING *',
  );
  const advance = database.prepare<[number, string, Instant | null, number], RunRow>(
    'UPDATE retag_runs SET cursor = ?, report = ?, finished_at = ? WHERE number = ? RETURNING *',
  );
  const after = database.prepare<[number, number], ItemRow & { tagged: string }>(
    `SELECT ${ITEM_COLUMNS}, i.tagged FROM items AS i WHERE i.number > ? AND i.tagged IS NOT NULL ORDER BY i.number LIMIT ?`,
  );
  const progress = database.prepare<[number], { done: number; items: number }>(
    'SELECT count(*) FILTER (WHERE number <= ?) AS done, count(*) AS items FROM items',
  );
  const write = tagWriter(database);
  const save = database.transaction((run: RetagRun, { tagged, cursor, report, isLast }: RetagStep, at: Instant) => {
    for (const [id, said] of tagged) write(id, said, at, 'tagged');
    const row = advance.get(cursor, JSON.stringify(report), isLast ? at : null, run.number);
    if (row === undefined) throw new Error(`There is no run ${run.number} to go on with`);
    return toRun(row);
  });
  return {
    async lastRetagRun() {
      const row = last.get();
      return row === undefined ? undefined : toRun(row);
    },
    async startRetagRun(method, by, at) {
      const row = start.get(method, by, at, JSON.stringify(EMPTY_REPORT));
      if (row === undefined) throw new Error('a run that was just begun is not there');
      return toRun(row);
    },
    async itemsAfter(cursor, limit) {
      return after.all(cursor, limit).map(
        (row): StoredTagging => ({
          cursor: row.number,
          item: toItem(row),
          tagged: fromJson<TaggedItem>(row.tagged),
        }),
      );
    },
    async saveRetagged(run, step, at) {
      return save.immediate(run, step, at);
    },
    async retagProgress(cursor) {
      return progress.get(cursor) ?? { done: 0, items: 0 };
    },
  };
}

function toRun(row: RunRow): RetagRun {
  return {
    number: row.number,
    method: row.method,
    startedBy: row.started_by,
    startedAt: row.started_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    cursor: row.cursor,
    report: fromJson<RetagReport>(row.report),
  };
}
