import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { databaseBytes, freeBytes, megabytes, refuseWithoutSpace } from '../../../store/sqlite/space.ts';
import { temporaryDatabase } from './database-file.ts';

const given = temporaryDatabase();

describe('the space of a database', () => {
  it('is that of the file and of its log', () => {
    expect(databaseBytes(given.file)).toBe(0);
    writeFileSync(given.file, 'x'.repeat(1_000));
    writeFileSync(`${given.file}-wal`, 'x'.repeat(500));
    expect(databaseBytes(given.file)).toBe(1_500);
  });

  it('is refused to a copy that would fill the disk', () => {
    expect(() => refuseWithoutSpace('copy.db', 91_267_072, 95_000_000)).toThrow(
      'There is no space for copy.db: it may take 91.3 MB, and 95.0 MB are left.',
    );
    refuseWithoutSpace('copy.db', 91_267_072, 200_000_000);
    expect(megabytes(1_000)).toBe('0.0 MB');
  });

  it('can be asked of a file that is not there yet', () => {
    expect(freeBytes(given.file)).toBeGreaterThan(0);
  });
});
