/** The database of the program, read and prepared from outside. */
import Database from 'better-sqlite3';

export interface LedgerRow {
  readonly subscription: string;
  readonly number: number;
  readonly state: string;
  readonly next_try_at: string | null;
  readonly settled_by: string | null;
  readonly error: string | null;
}

function onFile<Result>(file: string, work: (database: Database.Database) => Result, readonly = true): Result {
  const database = new Database(file, { readonly });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Every delivery on Slack and Discord, oldest first. */
export function readLedger(file: string): LedgerRow[] {
  return onFile(file, (database) =>
    database
      .prepare<[], LedgerRow>(
        `SELECT s.id AS subscription, d.number, d.state, d.next_try_at, d.settled_by, d.error
         FROM deliveries AS d JOIN subscriptions AS s ON s.id = d.subscription_id
         WHERE s.adapter <> 'local' ORDER BY d.number`,
      )
      .all(),
  );
}

/** What is wrong with the database itself, in words; empty where nothing is. */
export function databaseFaults(file: string): string[] {
  return onFile(file, (database) => {
    const integrity = String(database.pragma('integrity_check', { simple: true }));
    const broken = database.pragma('foreign_key_check');
    return [
      ...(integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]),
      ...(Array.isArray(broken) && broken.length === 0 ? [] : [`foreign_key_check: ${JSON.stringify(broken)}`]),
    ];
  });
}

/** Makes every digest and every feed due, as on a date that has had none; the program must not run. */
export function makeDue(file: string): void {
  onFile(
    file,
    (database) => {
      const now = new Date().toISOString();
      database
        .prepare("UPDATE subscriptions SET next_digest_at = ?, sent_date = NULL WHERE adapter <> 'local'")
        .run(now);
      database.prepare('UPDATE deliveries SET local_date = NULL').run();
      database.prepare('UPDATE feeds SET next_check_at = ?, held_until = NULL').run(now);
    },
    false,
  );
}
