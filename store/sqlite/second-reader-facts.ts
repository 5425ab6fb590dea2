import type { Database } from 'better-sqlite3';
import type { Instant, LocalDate } from '../../src/model.ts';
import type { SecondLookStore, SecondReading } from '../../src/second-reader.ts';
import { fromJson } from './rows.ts';

interface StateRow {
  failures: number;
  last_error: string | null;
  held_until: Instant | null;
}

/** What was asked of the second reader and what it answered: kept answers, requests by day, and how asking goes. */
export function secondReaderFacts(
  database: Database,
): Pick<
  SecondLookStore,
  'findReading' | 'keepReading' | 'takeRequest' | 'countRequests' | 'secondReaderState' | 'saveSecondReaderState'
> {
  const find = database.prepare<[string], string>('SELECT reading FROM second_readings WHERE key = ?').pluck();
  const keep = database.prepare<[string, Instant, string]>(
    'INSERT OR REPLACE INTO second_readings (key, at, reading) VALUES (?, ?, ?)',
  );
  const forget = database.prepare<[Instant]>('DELETE FROM second_readings WHERE at < ?');
  const keepOne = database.transaction((key: string, reading: SecondReading, at: Instant, forgetBefore: Instant) => {
    forget.run(forgetBefore);
    keep.run(key, at, JSON.stringify(reading));
  });
  const take = database.prepare<{ day: LocalDate; most: number }>(
    `INSERT INTO second_reader_days (day, requests) SELECT @day, 1 WHERE @most > 0
     ON CONFLICT (day) DO UPDATE SET requests = requests + 1 WHERE requests < @most`,
  );
  const count = database.prepare<[LocalDate], number>('SELECT requests FROM second_reader_days WHERE day = ?').pluck();
  const state = database.prepare<[], StateRow>('SELECT failures, last_error, held_until FROM second_reader');
  const saveState = database.prepare<[number, string | null, Instant | null]>(
    'INSERT OR REPLACE INTO second_reader (id, failures, last_error, held_until) VALUES (1, ?, ?, ?)',
  );
  return {
    async findReading(key) {
      const reading = find.get(key);
      return reading === undefined ? undefined : fromJson<SecondReading>(reading);
    },
    async keepReading(key, reading, at, forgetBefore) {
      keepOne.immediate(key, reading, at, forgetBefore);
    },
    async takeRequest(day, most) {
      return take.run({ day, most }).changes === 1;
    },
    async countRequests(day) {
      return count.get(day) ?? 0;
    },
    async secondReaderState() {
      const { failures = 0, last_error = null, held_until = null } = state.get() ?? {};
      return {
        failures,
        ...(last_error !== null && { lastError: last_error }),
        ...(held_until !== null && { heldUntil: held_until }),
      };
    },
    async saveSecondReaderState({ failures, lastError = null, heldUntil = null }) {
      saveState.run(failures, lastError, heldUntil);
    },
  };
}
