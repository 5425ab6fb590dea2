/** `npm run backup [-- FILE]`: copies the database, whole and checked, also while the bot runs. */
import { systemClock } from '../../src/clock.ts';
import { endWith } from '../../src/ending.ts';
import { UserError } from '../../src/errors.ts';
import { plural } from '../../src/plural.ts';
import { backUp, backupTarget } from '../sqlite/backup.ts';
import { backupName } from '../sqlite/backup-files.ts';
import { megabytes } from '../sqlite/space.ts';
import { existingDatabase } from './open-existing.ts';

async function main([wanted, ...rest]: readonly string[]): Promise<number> {
  if (rest.length > 0 || wanted?.startsWith('-')) throw new UserError('Usage: npm run backup [-- FILE or FOLDER]');
  const file = existingDatabase();
  const target = backupTarget(backupName(file, 'backup', systemClock.now()), wanted);
  const { bytes, items } = await backUp(file, target);
  process.stdout.write(`Backed up ${file} to ${target}: ${megabytes(bytes)}, ${plural(items, 'item')}, checked.\n`);
  return 0;
}

endWith(main(process.argv.slice(2)));
