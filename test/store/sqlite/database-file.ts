/** Real database files for tests: a folder, a store with items in it, and damage of all kinds. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { openStore } from '../../../store/sqlite/index.ts';
import { entry, feedDraft, MORNING, OFF_TOPIC } from '../../contracts/store/prepared.ts';

const WORKSPACE = { id: 'ours', adapter: 'local', name: 'Ours', timeZone: 'UTC' };

/** A folder of its own for each test. */
export function temporaryDatabase() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    get file() {
      return join(folder, 'barrierwatch.db');
    },
  };
}

/** A store with one feed and `count` items of it that are off topic, still open. */
export async function openFilled(file: string, count: number): Promise<Store> {
  const store = await openStore(file);
  await store.saveWorkspace(WORKSPACE, () => [feedDraft('a')], MORNING);
  await bring(store, 0, count);
  return store;
}

/** Stores items with the numbers from `first` on. */
export async function bring(store: Store, first: number, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => {
    const words = `Words of ${first + index} `.repeat(20);
    return entry(String(first + index), { url: `https://a.example/${first + index}`, summary: words });
  });
  const tagged = items.map(() => OFF_TOPIC);
  await store.recordCheck('a', { kind: 'changed', items, tagged }, MORNING, MORNING);
}

/** How many items a file holds; throws what SQLite throws. */
export function countItems(file: string): number {
  const database = new Database(file, { fileMustExist: true });
  try {
    return Number(database.prepare('SELECT count(*) FROM items').pluck().get());
  } finally {
    database.close();
  }
}

/** Overwrites the first page of a table of a database that nobody has open. */
export function damagePage(file: string, table: string): void {
  overwrite(file, ...pageOf(file, table));
}

/** The same while a bot has the database open and all of it is in the file itself: as a fault of the disk would. */
export function damageUnderneath(file: string, table: string): void {
  const [start, end] = pageOf(file, table);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(end - start, 0xaa), 0, end - start, start);
  closeSync(descriptor);
}

/** Where the first page of a table lies. */
function pageOf(file: string, table: string): [start: number, end: number] {
  const database = new Database(file);
  try {
    const root = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
    const size = Number(database.pragma('page_size', { simple: true }));
    return [(root - 1) * size, root * size];
  } finally {
    database.close();
  }
}

/** Overwrites the bytes `[start, end)`. */
export function overwrite(file: string, start: number, end: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xaa, start, end);
  writeFileSync(file, bytes);
}
