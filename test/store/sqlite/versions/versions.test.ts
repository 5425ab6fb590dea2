import { readdirSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { ListedFeed } from '../../../../src/model.ts';
import type { Store } from '../../../../src/ports.ts';
import { openStore } from '../../../../store/sqlite/index.ts';
import { temporaryDatabase } from '../database-file.ts';
import { emptyTables, guessRows, tablesOf } from './guess.ts';
import { ITEM, ITEM_ID, PLAIN, PLAIN_SUMMARY, REWRITTEN, ROWS, TAGGED } from './rows.ts';

const FOLDER = new URL('../../../../store/sqlite/migrations/', import.meta.url);
const MIGRATIONS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const VERSIONS = MIGRATIONS.map((name, index) => ({ version: index + 1, name }));

const CHANNEL = { adapter: 'local', workspaceId: 'local', id: 'terminal' };
const given = temporaryDatabase();

function onFile<T>(run: (database: Database.Database) => T): T {
  const database = new Database(given.file);
  // No test cuts the power.
  database.pragma('synchronous = OFF');
  try {
    return run(database);
  } finally {
    database.close();
  }
}

/** Builds the database that the program of a version left, as its migrations made it and with the rows of its time. */
function build(version: number, { guessed = false } = {}): void {
  const names = MIGRATIONS.slice(0, version);
  onFile((database) => {
    for (const name of names) database.exec(readFileSync(new URL(name, FOLDER), 'utf8'));
    database.exec(`PRAGMA application_id = 0x42574348; PRAGMA user_version = ${version}`);
    for (const name of names) database.exec(ROWS[name] ?? '');
    if (guessed) guessRows(database);
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });
}

/** The listed feeds, by id. */
async function feedsOf(store: Store): Promise<ListedFeed[]> {
  return (await store.listFeeds('local')).sort((one, other) => one.id.localeCompare(other.id));
}

/** The rows of every table, without columns that a migration rewrites on purpose. */
function allRows(): Record<string, unknown[]> {
  return onFile((database) =>
    Object.fromEntries(
      tablesOf(database).map((table) => {
        const columns = database
          .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
          .pluck()
          .all(table)
          .filter((column) => !REWRITTEN.has(`${table}.${column}`));
        const list = columns.map((column) => `"${column}"`).join(', ');
        return [table, database.prepare(`SELECT ${list} FROM "${table}" ORDER BY 1, 2`).all()];
      }),
    ),
  );
}

/** Versions to which every migration has written rows; others are filled by guesses. */
const WRITTEN = VERSIONS.filter(({ version }) => MIGRATIONS.slice(0, version).every((name) => name in ROWS));

describe('the rows of earlier versions', () => {
  it.each(WRITTEN)('leave no table of version $version empty', ({ version }) => {
    build(version);
    expect(onFile(emptyTables)).toEqual([]);
  });

  it('are guessed for tables that nobody wrote rows for', () => {
    onFile((database) => {
      for (const name of MIGRATIONS.slice(0, 6)) database.exec(readFileSync(new URL(name, FOLDER), 'utf8'));
      guessRows(database);
      expect(emptyTables(database)).toEqual([]);
    });
  });
});

describe.each(VERSIONS)('a database of version $version ($name)', ({ version }) => {
  it('is brought to the newest version with every value of every row kept, and whole', async () => {
    build(version, { guessed: true });
    const before = allRows();
    await (await openStore(given.file)).close();
    const after = allRows();
    for (const [table, rows] of Object.entries(before)) {
      if (table in after) expect(after[table], table).toMatchObject(rows);
    }
    onFile((database) => {
      expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(database.pragma('foreign_key_check')).toEqual([]);
      // Rank 1 compares the index with the texts themselves (SQLite, FTS5 §6.4).
      database.exec("INSERT INTO items_text (items_text, rank) VALUES ('integrity-check', 1)");
    });
  });

  it('reads back: feeds, items, tags, search, digests, what a channel must not get again, and the history', async () => {
    build(version);
    const store = await openStore(given.file);
    expect(await feedsOf(store)).toMatchObject([
      {
        id: 'eu',
        title: 'EU news',
        stream: 'eu',
        broad: true,
        addedBy: 'local:ana',
        pausedAt: '2026-02-03T08:00:00.000Z',
      },
      { id: 'un', title: 'UN news', etag: '"e1"', succeededAt: '2026-03-01T08:00:00.000Z', errorCount: 0 },
    ]);
    expect(await store.findItem('local', ITEM.url)).toMatchObject({
      item: { ...ITEM, id: ITEM_ID, backlog: false },
      tagged: TAGGED,
    });
    expect(await store.searchItems('local', { words: 'members adopted', limit: 5 })).toHaveLength(1);
    expect(await store.recentItems('local', { barrier: 'pacing-gap', limit: 5 })).toHaveLength(1);
    expect(await store.countItems('local')).toEqual({ items: 2, relevant: 1 });
    expect(await store.subscriptionOf(CHANNEL)).toMatchObject({
      id: 'local:terminal',
      barriers: ['pacing-gap'],
      days: ['mon', 'fri'],
      coveredUntil: '2026-03-02T07:30:00.000Z',
      pausedAt: '2026-03-02T09:00:00.000Z',
      createdBy: 'local:ana',
    });
    expect(await store.deliveries('local:terminal', 5)).toMatchObject([
      { state: 'failed', error: 'the channel is archived' },
      { state: 'sent', messageRef: 'm1' },
    ]);
    const delivered = await store.deliveredEvents('local:terminal', ['event-0', 'event-1', 'event-2']);
    expect(delivered).toEqual(new Set(['event-0']));
    expect(await store.history('local', 5)).toMatchObject([
      { id: '2', action: 'pause', undoneBy: '3' },
      { id: '1', action: 'add', after: '{"id":"eu"}' },
    ]);
    await store.close();
  });

  it('goes on: what the feed still shows is not new, and what is new is', async () => {
    build(version);
    const store = await openStore(given.file);
    const plain = { ...PLAIN, summary: PLAIN_SUMMARY };
    const fresh = { ...ITEM, guid: 'https://un.example/three', url: 'https://un.example/three', title: 'A third one' };
    const at = '2026-03-02T11:00:00.000Z';
    const outcome = { kind: 'changed', items: [fresh, plain, ITEM] } as const;
    expect((await store.recordCheck('un', outcome, at, at)).map(({ title }) => title)).toEqual(['A third one']);
    await store.close();
  });
});

describe('what later versions added', () => {
  it('reads back from the newest', async () => {
    build(MIGRATIONS.length);
    const store = await openStore(given.file);
    const [eu, un] = await feedsOf(store);
    expect((await store.subscriptionOf(CHANNEL))?.suspended).toMatchObject({ reason: 'the bot was removed' });
    expect(await store.claimOnce('local', 'welcome', '2026-03-02T08:00:00.000Z')).toBe(false);
    expect(await store.findLine('local', 'abc')).toBe('/barrier search a long line');
    expect(un).toMatchObject({ hints: { ttl: 60 }, rhythm: { entries: 20 }, bodyHash: 'f00d', memory: '["seen"]' });
    expect(await store.findPush('token')).toMatchObject({ push: { secret: 'secret', state: 'active' } });
    expect(eu).toMatchObject({ failure: 'gone', moved: { days: 2 }, filter: { include: ['ai act'] } });
    expect(await store.filters('local')).toEqual([{ scope: 'all', filter: { include: [], exclude: ['vacanc*'] } }]);
    expect(await store.noticeRoute('local')).toEqual({ channelId: 'terminal' });
    expect((await store.findItem('local', PLAIN.url))?.flood).toBe('dismissed');
    expect(await store.namesOf('local', ['local:ana'])).toEqual(new Map([['local:ana', 'Ana']]));
    expect(await store.backupState()).toEqual({ at: '2026-03-02T08:00:00.000Z', nextAt: '2026-03-03T08:00:00.000Z' });
    await store.close();
  });
});
