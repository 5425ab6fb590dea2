import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { openStore } from '../../../store/sqlite/index.ts';

const AT = '2026-03-02T08:00:00.000Z';
const WORKSPACE = { id: 'ours', adapter: 'local', name: 'Ours', timeZone: 'UTC' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'barrierwatch.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** How many steps lead to the newest version. */
function migrations(): number {
  return readdirSync(join(import.meta.dirname, '../../../store/sqlite/migrations')).length;
}

/** Runs SQL on the file with nobody else about. */
function onFile<T>(run: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return run(database);
  } finally {
    database.close();
  }
}

async function refusal(): Promise<string> {
  const thrown: unknown = await openStore(file).then(
    (store) => store.close(),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return String(thrown);
}

describe('opening a database', () => {
  it('creates the folder, the file and its tables', async () => {
    file = join(folder, 'some', 'where', 'new.db');
    await (await openStore(file)).close();
    const tables = onFile((database) =>
      database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
    );
    expect(tables).toEqual(
      expect.arrayContaining(['workspaces', 'feeds', 'items', 'taggings', 'deliveries', 'changes']),
    );
    expect(onFile((database) => database.pragma('user_version', { simple: true }))).toBe(migrations());
  });

  it('finds everything again the next time', async () => {
    const first = await openStore(file);
    expect(await first.saveWorkspace(WORKSPACE, () => [], AT)).toBe(true);
    await first.close();
    const second = await openStore(file);
    expect(await second.saveWorkspace(WORKSPACE, () => [], AT)).toBe(false);
    await second.close();
  });

  it('remembers what is held and what was told', async () => {
    const feed = { id: 'a', kind: 'rss', url: 'https://a.example/', title: 'A', stream: 'un', broad: false } as const;
    const many = (name: string) =>
      Array.from({ length: 6 }, (_, index) => ({ guid: `${name}${index}`, title: name, summary: '', categories: [] }));
    const first = await openStore(file);
    await first.saveWorkspace(WORKSPACE, () => [feed], AT);
    await first.recordCheck('a', { kind: 'changed', items: many('old') }, AT, AT);
    await first.recordCheck('a', { kind: 'changed', items: many('rebuilt') }, AT, AT);
    const due = await first.dueNotices(AT);
    expect(due).toMatchObject([{ kind: 'held', feedId: 'a' }]);
    await first.claimNotices(due, AT);
    await first.close();
    const second = await openStore(file);
    expect((await second.listFeeds('ours'))[0]?.held).toMatchObject({ items: 6 });
    // A claim that was never settled may have been told.
    expect(await second.dueNotices(AT)).toEqual([]);
    await second.close();
  });

  it('keeps nothing of a database in memory, and needs no lock for it', async () => {
    const [one, other] = [await openStore(':memory:'), await openStore(':memory:')];
    await one.saveWorkspace(WORKSPACE, () => [], AT);
    expect(await other.saveWorkspace(WORKSPACE, () => [], AT)).toBe(true);
    await one.close();
    await other.close();
    expect(existsSync(':memory:.lock')).toBe(false);
  });

  it('can be closed twice', async () => {
    const store = await openStore(file);
    await store.close();
    await store.close();
  });

  it('refuses a database of a newer program and changes nothing in it', async () => {
    await (await openStore(file)).close();
    onFile((database) => database.pragma('user_version = 999'));
    const before = readFileSync(file);
    expect(await refusal()).toMatch(/barrierwatch\.db was written by a newer Barrierwatch \(version 999/);
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses the database of another program and changes nothing in it', async () => {
    onFile((database) => database.exec('CREATE TABLE bookmarks (url TEXT)'));
    const before = readFileSync(file);
    expect(await refusal()).toMatch(/barrierwatch\.db is the database of another program/);
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses a file that is no database and keeps it', async () => {
    const text = 'These are notes and not a database. '.repeat(100);
    writeFileSync(file, text);
    expect(await refusal()).toMatch(/barrierwatch\.db is damaged or is not a database.*backup/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('refuses a database with damaged pages and keeps it', async () => {
    await (await openStore(file)).close();
    const bytes = readFileSync(file);
    bytes.fill(0xaa, 100, 4096);
    writeFileSync(file, bytes);
    expect(await refusal()).toMatch(/barrierwatch\.db is damaged/);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('refuses a path that is a folder or leads through a file', async () => {
    mkdirSync(file);
    expect(await refusal()).toMatch(/barrierwatch\.db cannot be opened.*not a folder/);
    writeFileSync(join(folder, 'plain'), '');
    file = join(folder, 'plain', 'barrierwatch.db');
    expect(await refusal()).toMatch(/plain\/barrierwatch\.db cannot be opened/);
  });

  it('holds no lock after a refusal', async () => {
    writeFileSync(file, 'no database, '.repeat(100));
    await refusal();
    rmSync(file);
    await (await openStore(file)).close();
  });

  it('undoes a migration that fails half way', async () => {
    await (await openStore(file)).close();
    // A table of the first migration stands in the way of a database that says it is new.
    onFile((database) => {
      database.exec('DROP TABLE workspaces; PRAGMA user_version = 0;');
    });
    const before = onFile((database) => database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    await expect(openStore(file)).rejects.toThrow('already exists');
    expect(onFile((database) => database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())).toBe(before);
  });

  it('opens a copy taken while the original was in use', async () => {
    const store = await openStore(file);
    await store.saveWorkspace(WORKSPACE, () => [], AT);
    onFile((database) => database.exec(`VACUUM INTO '${join(folder, 'backup.db')}'`));
    await store.close();
    copyFileSync(join(folder, 'backup.db'), file);
    const restored = await openStore(file);
    expect(await restored.saveWorkspace(WORKSPACE, () => [], AT)).toBe(false);
    await restored.close();
  });
});
