import type { Database } from 'better-sqlite3';

/**
 * Commits what is asked for within one turn of the event loop in one transaction. Where one piece of work throws, the others
 * are kept; `work` that has written by then is a transaction of its own, which undoes it (inside another it is a savepoint).
 */
export function together<Arguments extends unknown[], Result>(
  database: Database,
  work: (...values: Arguments) => Result,
): (...values: Arguments) => Promise<Result> {
  interface Waiting {
    readonly values: Arguments;
    readonly resolve: (result: Result) => void;
    readonly reject: (reason: unknown) => void;
  }
  let waiting: Waiting[] = [];

  const commit = database.transaction((batch: readonly Waiting[]) =>
    batch.map(({ values, resolve, reject }) => {
      try {
        const result = work(...values);
        return () => resolve(result);
      } catch (thrown) {
        return () => reject(thrown);
      }
    }),
  );
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    try {
      for (const settle of commit.immediate(batch)) settle();
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  };
  return (...values) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ values, resolve, reject });
    });
}
