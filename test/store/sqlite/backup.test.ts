import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { backUp, backupTarget } from '../../../store/sqlite/backup.ts';
import { backupName, backupsOf } from '../../../store/sqlite/backup-files.ts';
import { openStore } from '../../../store/sqlite/index.ts';
import { bring, countItems, damagePage, openFilled, overwrite, temporaryDatabase } from './database-file.ts';

const given = temporaryDatabase();
const target = () => join(given.folder, 'copy.db');
const refusal = async (to = target()) => {
  const thrown: unknown = await backUp(given.file, to).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UserError);
  return String(thrown);
};

describe('a backup', () => {
  it('holds all that was stored when it began, although the bot has the database open and goes on writing', async () => {
    const store = await openFilled(given.file, 3_000);
    const making = backUp(given.file, target());
    let written = 0;
    let isOver = false;
    void making.finally(() => {
      isOver = true;
    });
    do {
      await bring(store, 3_000 + written, 20);
      written += 20;
      await new Promise((resolve) => setImmediate(resolve));
    } while (!isOver);
    expect(await making).toMatchObject({ file: target(), items: 3_000, bytes: statSync(target()).size });
    await store.close();
    expect(countItems(target())).toBe(3_000);
    expect(countItems(given.file)).toBe(3_000 + written);
  });

  it('is one file, with nothing beside it, that the program opens as its own', async () => {
    await (await openFilled(given.file, 5)).close();
    await backUp(given.file, target());
    expect(readdirSync(given.folder).sort()).toEqual(['barrierwatch.db', 'barrierwatch.db.lock', 'copy.db']);
    const store = await openStore(target());
    expect(await store.countItems('ours')).toEqual({ items: 5, relevant: 0 });
    await store.close();
  });

  it('has the rights of the database, since it holds the same secrets', async () => {
    await (await openFilled(given.file, 1)).close();
    await backUp(given.file, target());
    expect(statSync(target()).mode).toBe(statSync(given.file).mode);
  });

  it('replaces an older backup, and leaves out what the database no longer needs', async () => {
    const store = await openFilled(given.file, 2_000);
    const { bytes } = await backUp(given.file, target());
    while ((await store.forgetTexts('2027-01-01T00:00:00.000Z', 100)) > 0);
    const second = await backUp(given.file, target());
    await store.close();
    expect(second.items).toBe(2_000);
    expect(second.bytes).toBeLessThan(bytes * 0.75);
  });

  it('goes into a folder that is named, under its own name', () => {
    mkdirSync(join(given.folder, 'away'));
    expect(backupTarget('data/b.db.backup-x', join(given.folder, 'away'))).toBe(
      join(given.folder, 'away', 'b.db.backup-x'),
    );
    expect(backupTarget('data/b.db.backup-x', target())).toBe(target());
    expect(backupTarget('data/b.db.backup-x', undefined)).toBe('data/b.db.backup-x');
  });

  it('never goes over the database itself, nor over a file of another kind', async () => {
    await (await openFilled(given.file, 1)).close();
    symlinkSync(given.file, target());
    expect(await refusal()).toMatch(/copy\.db is the database itself/);
    const notes = join(given.folder, 'notes.txt');
    writeFileSync(notes, 'notes');
    expect(await refusal(notes)).toMatch(/notes\.txt is there already and is no backup/);
    expect(readFileSync(notes, 'utf8')).toBe('notes');
    expect(await refusal(given.folder)).toMatch(/is no backup/);
    expect(countItems(given.file)).toBe(1);
  });

  it('is refused where a page of the database is damaged, and the backup that was there stays', async () => {
    await (await openFilled(given.file, 5)).close();
    const kept = backupName(given.file, 'backup', '2026-03-02T08:00:00.000Z');
    await backUp(given.file, kept);
    const before = readFileSync(kept);
    damagePage(given.file, 'changes');
    expect(await refusal(kept)).toMatch(
      /barrierwatch\.db is damaged.*The newest backup is .*backup-2026-03-02T080000Z/,
    );
    expect(readFileSync(kept).equals(before)).toBe(true);
    expect(existsSync(`${kept}.partial`)).toBe(false);
  });

  it('says that there is nothing to back up, and where a copy cannot be written', async () => {
    expect(await refusal()).toMatch(/The database .*barrierwatch\.db cannot be opened/);
    new Database(given.file).close();
    writeFileSync(given.file, '');
    expect(await refusal()).toMatch(/barrierwatch\.db is empty/);
    await (await openFilled(given.file, 1)).close();
    expect(await refusal(join(given.folder, 'no', 'copy.db'))).toMatch(/There is no folder .*no for a backup/);
    expect(await refusal(join(given.folder, 'x'.repeat(300)))).toMatch(/The copy .*xxx\.partial cannot be opened/);
  });

  it('refuses the database of another program', async () => {
    const foreign = new Database(given.file);
    foreign.exec('CREATE TABLE items (id)');
    foreign.close();
    expect(await refusal()).toMatch(/barrierwatch\.db is the database of another program/);
  });
});

describe('the backups beside a database', () => {
  it('are found newest first, both kinds or one, and nothing else is taken for one', async () => {
    const names = [
      'barrierwatch.db.backup-2026-03-02T080000Z',
      'barrierwatch.db.daily-2026-03-03T080000Z',
      'barrierwatch.db.daily-2026-03-01T080000Z',
    ];
    const others = ['barrierwatch.db.daily-2026-03-04T080000Z.partial', 'other.db.backup-2026-03-05T080000Z'];
    for (const name of [...names, ...others, 'barrierwatch.db.backup-yesterday'])
      writeFileSync(join(given.folder, name), '');
    const found = (kind?: 'daily') => backupsOf(given.file, kind).map((path) => path.slice(given.folder.length + 1));
    expect(found()).toEqual([names[1], names[0], names[2]]);
    expect(found('daily')).toEqual([names[1], names[2]]);
    expect(backupsOf(join(given.folder, 'no', 'folder.db'))).toEqual([]);
  });

  it('stand where a link to the database leads, as the bot opens it', async () => {
    await (await openFilled(given.file, 1)).close();
    const link = join(given.folder, 'link.db');
    symlinkSync(given.file, link);
    const store = await openStore(link);
    await store.backUpDaily('2026-03-02T08:00:00.000Z', 1);
    await store.close();
    expect(backupsOf(link)).toEqual([`${realpathSync(given.file)}.daily-2026-03-02T080000Z`]);
  });

  it('keep an empty file from being filled as if it were new', async () => {
    await (await openFilled(given.file, 1)).close();
    await backUp(given.file, backupName(given.file, 'backup', '2026-03-02T08:00:00.000Z'));
    writeFileSync(given.file, '');
    await expect(openStore(given.file)).rejects.toThrow(/is empty, but there are backups of it.*npm run restore/);
    expect(statSync(given.file).size).toBe(0);
  });
});

describe('the daily backup', () => {
  const at = (day: number) => `2026-03-0${day}T08:00:00.000Z`;

  it('is made in a thread, notes when the next is due, and keeps the newest only', async () => {
    const store = await openFilled(given.file, 3);
    const byHand = backupName(given.file, 'backup', at(1));
    await backUp(given.file, byHand);
    expect(await store.backupState()).toEqual({});
    for (const day of [2, 3, 4]) await store.backUpDaily(at(day), 2);
    expect(await store.backupState()).toEqual({ at: at(4), nextAt: at(5) });
    await store.close();
    expect(backupsOf(given.file)).toEqual([
      backupName(given.file, 'daily', at(4)),
      backupName(given.file, 'daily', at(3)),
      byHand,
    ]);
    expect(countItems(backupName(given.file, 'daily', at(4)))).toBe(3);
  });

  it('says why it failed, deletes no older one, and is due again within the hour', async () => {
    const store = await openFilled(given.file, 3);
    await store.backUpDaily(at(2), 1);
    mkdirSync(backupName(given.file, 'daily', at(3)));
    await expect(store.backUpDaily(at(3), 1)).rejects.toMatchObject({
      name: 'WorldError',
      message: expect.stringContaining('is no backup of Barrierwatch'),
    });
    expect(await store.backupState()).toMatchObject({
      at: at(2),
      nextAt: '2026-03-03T09:00:00.000Z',
      error: expect.stringContaining('daily-2026-03-03T080000Z'),
    });
    expect(countItems(backupName(given.file, 'daily', at(2)))).toBe(3);
    await expect(store.backUpDaily(at(4), 1)).rejects.toThrow('it was made, but an older one cannot be deleted');
    expect(await store.backupState()).toMatchObject({
      at: at(4),
      nextAt: at(5),
      error: expect.stringContaining('deleted'),
    });
    await store.close();
  });

  it('clears away what one that was cut off left behind', async () => {
    const store = await openFilled(given.file, 1);
    const left = `${backupName(given.file, 'daily', at(1))}.partial`;
    writeFileSync(left, 'half');
    await store.backUpDaily(at(2), 1);
    await store.close();
    expect(existsSync(left)).toBe(false);
  });

  it('is nothing for a database in memory', async () => {
    const store = await openStore(':memory:');
    expect(await store.backupState()).toBeUndefined();
    await store.close();
  });
});

describe('a file that was damaged', () => {
  it.each([
    ['in its header', (file: string) => overwrite(file, 0, 100)],
    ['in a page that nobody reads at the start', (file: string) => damagePage(file, 'notices')],
    ['in the middle of a page of texts', (file: string) => damagePage(file, 'items')],
    ['by an end that is missing', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, -4096 * 3))],
  ])('%s is refused, kept as it is, and its newest backup is named', async (_where, damage) => {
    await (await openFilled(given.file, 200)).close();
    const backup = backupName(given.file, 'backup', '2026-03-02T08:00:00.000Z');
    await backUp(given.file, backup);
    damage(given.file);
    const before = readFileSync(given.file);
    await expect(openStore(given.file)).rejects.toThrow(
      new RegExp(
        `is damaged or is not a database\\. Nothing in it was changed\\. The newest backup is ${backup}: “npm run restore`,
      ),
    );
    expect(readFileSync(given.file).equals(before)).toBe(true);
  });

  it('says that there is no backup where there is none', async () => {
    await (await openFilled(given.file, 1)).close();
    overwrite(given.file, 0, 100);
    await expect(openStore(given.file)).rejects.toThrow(/There is no backup beside it: move it aside/);
  });

  it('is not one with an empty log, or none, or a log of something else, beside it', async () => {
    await (await openFilled(given.file, 3)).close();
    for (const log of ['', 'no log of SQLite '.repeat(500)]) {
      writeFileSync(`${given.file}-wal`, log);
      await (await openStore(given.file)).close();
      expect(countItems(given.file)).toBe(3);
    }
  });
});
