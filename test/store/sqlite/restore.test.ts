import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { backUp } from '../../../store/sqlite/backup.ts';
import { openStore } from '../../../store/sqlite/index.ts';
import { restore } from '../../../store/sqlite/restore.ts';
import { bring, countItems, damagePage, openFilled, temporaryDatabase } from './database-file.ts';

const AT = '2026-03-04T08:00:00.000Z';
const given = temporaryDatabase();
const backup = () => join(given.folder, 'backup.db');
const aside = () => `${given.file}.before-restore-2026-03-04T080000Z`;

/** A database of five items, and a backup of three of them. */
async function prepare(): Promise<void> {
  const store = await openFilled(given.file, 3);
  await backUp(given.file, backup());
  await bring(store, 3, 2);
  await store.close();
}

async function refusal(from = backup()): Promise<string> {
  const before = existsSync(given.file) ? readFileSync(given.file) : undefined;
  const thrown: unknown = await restore(given.file, from, AT).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UserError);
  if (before) expect(readFileSync(given.file).equals(before)).toBe(true);
  expect(readdirSync(given.folder).filter((name) => /partial|before-restore/.test(name))).toEqual([]);
  return String(thrown);
}

describe('a restore', () => {
  it('puts the backup in the place of the database and keeps that one beside it', async () => {
    await prepare();
    expect(await restore(given.file, backup(), AT)).toMatchObject({ items: 3, putAside: aside() });
    expect([countItems(given.file), countItems(aside()), countItems(backup())]).toEqual([3, 5, 3]);
    const store = await openStore(given.file);
    await bring(store, 3, 1);
    expect((await store.countItems('ours')).items).toBe(4);
    await store.close();
  });

  it('makes a database where there is none, as on another machine', async () => {
    await prepare();
    const elsewhere = join(given.folder, 'new', 'machine.db');
    expect(await restore(elsewhere, backup(), AT)).not.toHaveProperty('putAside');
    expect(countItems(elsewhere)).toBe(3);
  });

  it('keeps with a database that was cut off the log of what it had not taken in yet', async () => {
    await prepare();
    const left = join(given.folder, 'left');
    const store = await openStore(given.file);
    await bring(store, 5, 2);
    for (const end of ['', '-wal']) copyFileSync(given.file + end, left + end);
    await store.close();
    for (const end of ['', '-wal']) copyFileSync(left + end, given.file + end);
    await restore(given.file, backup(), AT);
    expect(existsSync(`${given.file}-wal`)).toBe(false);
    expect([countItems(given.file), countItems(aside())]).toEqual([3, 7]);
  });

  it('takes the place of a damaged database, which is kept as it is', async () => {
    await prepare();
    damagePage(given.file, 'items');
    const damaged = readFileSync(given.file);
    await restore(given.file, backup(), AT);
    expect(countItems(given.file)).toBe(3);
    expect(readFileSync(aside()).equals(damaged)).toBe(true);
  });

  it('is refused while the bot runs', async () => {
    await prepare();
    const store = await openStore(given.file);
    expect(await refusal()).toMatch(/is in use by another Barrierwatch \(process \d+\)\. Stop that one first/);
    await store.close();
    await restore(given.file, backup(), AT);
  });

  it('is refused for what is no whole backup of ours', async () => {
    await prepare();
    expect(await refusal(join(given.folder, 'none.db'))).toMatch(/none\.db cannot be opened/);
    expect(await refusal(given.file)).toMatch(/is the database itself/);
    writeFileSync(join(given.folder, 'notes'), 'notes and no database '.repeat(99));
    expect(await refusal(join(given.folder, 'notes'))).toMatch(/notes is damaged or is not a database/);
    writeFileSync(join(given.folder, 'empty'), '');
    expect(await refusal(join(given.folder, 'empty'))).toMatch(/empty is empty/);
    damagePage(backup(), 'changes');
    expect(await refusal()).toMatch(/backup\.db is damaged/);
  });

  it('is refused for the backup of a newer program, or of another', async () => {
    await prepare();
    const newer = new Database(backup());
    newer.pragma('user_version = 999');
    newer.close();
    expect(await refusal()).toMatch(/written by a newer Barrierwatch \(version 999/);
    rmSync(backup());
    const foreign = new Database(backup());
    foreign.exec('CREATE TABLE bookmarks (url)');
    foreign.close();
    expect(await refusal()).toMatch(/is the database of another program/);
  });
});
