import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { together } from '../../../store/sqlite/together.ts';

describe('work that is committed together', () => {
  let database: Database.Database;
  beforeEach(() => {
    database = new Database(':memory:');
    database.exec('CREATE TABLE numbers (number INTEGER PRIMARY KEY)');
  });
  afterEach(() => database.close());

  const numbers = () => database.prepare('SELECT number FROM numbers ORDER BY number').pluck().all();
  const adding = () => {
    const insert = database.prepare<[number]>('INSERT INTO numbers VALUES (?)');
    return together(
      database,
      database.transaction((number: number) => {
        insert.run(number);
        if (number > 100) throw new Error(`${number} is too many`);
        return number * 2;
      }),
    );
  };

  it('gives each caller its own result', async () => {
    const add = adding();
    expect(await Promise.all([add(1), add(2), add(3)])).toEqual([2, 4, 6]);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it('keeps what succeeded where something beside it fails, and undoes that alone', async () => {
    const add = adding();
    const ends = await Promise.allSettled([add(1), add(101), add(1), add(2)]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(numbers()).toEqual([1, 2]);
  });

  it('tells every caller when the database is closed', async () => {
    const add = adding();
    const waiting = [add(1), add(2)];
    database.close();
    for (const each of waiting) await expect(each).rejects.toThrow('not open');
    database = new Database(':memory:');
  });
});
