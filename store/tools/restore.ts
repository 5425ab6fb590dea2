/** `npm run restore -- FILE`: puts a backup in the place of the database, which is kept beside it. The bot must not run. */
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { endWith } from '../../src/ending.ts';
import { UserError } from '../../src/errors.ts';
import { plural } from '../../src/plural.ts';
import { backupsOf } from '../sqlite/backup-files.ts';
import { restore } from '../sqlite/restore.ts';
import { megabytes } from '../sqlite/space.ts';

async function main([from, ...rest]: readonly string[]): Promise<number> {
  const { DATABASE_FILE } = readConfig();
  if (from === undefined || from.startsWith('-') || rest.length > 0) {
    const [newest] = backupsOf(DATABASE_FILE);
    const found =
      newest === undefined ? `There is no backup beside ${DATABASE_FILE}.` : `The newest backup is ${newest}.`;
    throw new UserError(`Usage: npm run restore -- FILE\n${found}`);
  }
  const { bytes, items, putAside } = await restore(DATABASE_FILE, from, systemClock.now());
  const kept = putAside === undefined ? 'There was no database before' : `The former one is kept as ${putAside}`;
  process.stdout.write(
    `Restored ${DATABASE_FILE} from ${from}: ${megabytes(bytes)}, ${plural(items, 'item')}, checked. ${kept}. npm start goes on from here.\n`,
  );
  return 0;
}

endWith(main(process.argv.slice(2)));
