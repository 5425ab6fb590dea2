import { existsSync } from 'node:fs';
import { readConfig } from '../../src/config.ts';
import { UserError } from '../../src/errors.ts';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../sqlite/index.ts';

/** The database that the settings name. Throws UserError where there is none yet. */
export function existingDatabase(): string {
  const { DATABASE_FILE } = readConfig();
  if (existsSync(DATABASE_FILE)) return DATABASE_FILE;
  throw new UserError(`There is no database ${DATABASE_FILE} yet; npm start makes one.`);
}

/** Opens the database that the settings name. Throws UserError where there is none yet, or the bot is running. */
export async function openExisting(): Promise<{ readonly store: Store; readonly timeZone: string }> {
  return { store: await openStore(existingDatabase()), timeZone: readConfig().TIME_ZONE };
}
