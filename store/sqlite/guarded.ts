import { type Database, SqliteError } from 'better-sqlite3';
import { StoreError, type StoreTroubleKind } from '../../src/errors.ts';
import type { KeepingStore } from '../../src/keeping.ts';
import { restoreAdvice } from './failures.ts';

const TROUBLES: readonly (readonly [code: RegExp, kind: StoreTroubleKind])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'damaged'],
  [/^SQLITE_FULL|^SQLITE_IOERR_SHMSIZE/, 'full'],
  [/^SQLITE_(BUSY|LOCKED)/, 'locked'],
  [/^SQLITE_(READONLY|PERM|CANTOPEN)/, 'unwritable'],
  [/^SQLITE_IOERR/, 'unreadable'],
];

/** What to tell of each trouble, behind the name of the database. */
const WORDS: Readonly<Record<StoreTroubleKind, (file: string) => string>> = {
  full: () => 'cannot be written: the disk is full. Free some space.',
  unwritable: () => 'cannot be written. Check the rights of the file and its folder.',
  locked: () => 'is locked by another program. Close that program.',
  damaged: (file) => `is damaged. Nothing more is written to it. Stop Barrierwatch. ${restoreAdvice(file)}`,
  unreadable: () => 'cannot be read or written: the disk reports a fault. Check the disk.',
};

/** As many bytes as few documents bring at once: where these can be written, the next check most likely can. */
const PROBE_BYTES = 1_000_000;

/**
 * The same parts of a store, whose calls throw StoreError where SQLite cannot work, and `trouble`, which tells of the last such
 * failure until something can be written again. Other failures are thrown as they are.
 */
export function guarded<Parts extends object>(
  database: Database,
  file: string,
  parts: Parts,
): Parts & Pick<KeepingStore, 'trouble'> {
  let trouble: StoreError | undefined;
  const note = (thrown: unknown): unknown => {
    // Other codes are not the database's: what a caller passed in may have read a file.
    const code = thrown instanceof SqliteError ? thrown.code : '';
    const kind = TROUBLES.find(([pattern]) => pattern.test(code))?.[1];
    if (kind === undefined) return thrown;
    const failure = new StoreError(kind, `The database ${file} ${WORDS[kind](file)}`, { cause: thrown });
    // Damage does not pass: whatever else fails from then on says less, such as that nothing may be written.
    if (trouble?.kind !== 'damaged') trouble = failure;
    if (kind === 'damaged') database.pragma('query_only = ON');
    return trouble;
  };
  const watched = new Proxy(parts, {
    get(target, name, receiver) {
      const part: unknown = Reflect.get(target, name, receiver);
      if (typeof part !== 'function') return part;
      return async (...values: readonly unknown[]) => {
        try {
          return await part(...values);
        } catch (thrown) {
          throw note(thrown);
        }
      };
    },
  });
  const canWrite = writing(database);
  return {
    ...watched,
    async trouble() {
      if (trouble === undefined || trouble.kind === 'damaged') return trouble;
      try {
        canWrite();
        trouble = undefined;
      } catch (thrown) {
        note(thrown);
      }
      return trouble;
    },
  };
}

/** Returns a function that throws what SQLite throws when nothing can be written. */
function writing(database: Database): () => void {
  const fill = database.prepare<[number]>('UPDATE keeping SET probe = zeroblob(?)');
  const clear = database.prepare('UPDATE keeping SET probe = NULL');
  return () => {
    // Waiting for another program's lock would hold up every command; the next beat asks again.
    const patience = Number(database.pragma('busy_timeout', { simple: true }));
    database.pragma('busy_timeout = 0');
    try {
      fill.run(PROBE_BYTES);
      clear.run();
    } finally {
      database.pragma(`busy_timeout = ${patience}`);
    }
  };
}
