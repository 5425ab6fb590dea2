/** `npm run backup [-- FILE]`: copies the database, whole and checked, also while the bot runs. */
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { endWith } from '../../src/ending.ts';
import { UserError } from '../../src/errors.ts';
import { plural } from '../../src/plural.ts';
import { backUp, backupTarget } from '../sqlite/backup.ts';
import { backupName } from '../sqlite/backup-files.ts';
import { megabytes } from '../sqlite/space.ts';

async function main([wanted, ...rest]: readonly string[]): Promise<number> {
  if (rest.length > 0 || wanted?.startsWith('-')) throw new UserError('Usage: npm run backup [-- FILE or FOLDER]');
  const { DATABASE_FILE } = readConfig();
  const target = backupTarget(backupName(DATABASE_FILE, 'backup', systemClock.now()), wanted);
  const { bytes, items } = await backUp(DATABASE_FILE, target);
  process.stdout.write(
    `Backed up ${DATABASE_FILE} to ${target}: ${megabytes(bytes)}, ${plural(items, 'item')}, checked.\n`,
  );
  return 0;
}

endWith(main(process.argv.slice(2)));
