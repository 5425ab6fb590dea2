import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../store/sqlite/index.ts';

const MIGRATIONS = new URL('../../../store/sqlite/migrations/', import.meta.url);

/** A database of version 1 in use: one channel, a digest that was sent, and one that was cut off. */
const IN_USE = `
  INSERT INTO workspaces VALUES ('local', 'local', 'this machine', 'Europe/Brussels', '2026-03-01T08:00:00.000Z');
  INSERT INTO feeds (id, kind, url, broad, next_check_at) VALUES ('un', 'rss', 'https://un.example/', 0, '2026-03-02T08:00:00.000Z');
  INSERT INTO feed_listings VALUES ('local', 'un', 'UN news', 'un', 'first run', '2026-03-01T08:00:00.000Z', NULL);
  INSERT INTO items (id, feed_id, occurred_at, fetched_at, backlog, categories, title, summary)
    VALUES ('aaaaaaaaaa', 'un', '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z', 0, '[]', 'A title', '');
  INSERT INTO subscriptions VALUES ('local:terminal', 'local', 'local', 'terminal', '["pacing-gap"]', '["un"]', '["mon","fri"]',
    '08:30', 'Europe/Brussels', '2026-03-06T07:30:00.000Z', '2026-03-02T07:30:00.000Z', '2026-03-02T09:00:00.000Z',
    '2026-03-05T09:00:00.000Z', 'local:ana');
  INSERT INTO deliveries VALUES (1, 'local:terminal', '2026-02-27T07:30:00.000Z', '2026-03-01T07:30:00.000Z', 'sent', 2,
    '2026-03-01T07:30:00.000Z', '2026-03-01T07:30:01.000Z', 'm1', NULL);
  INSERT INTO deliveries VALUES (2, 'local:terminal', '2026-03-01T07:30:00.000Z', '2026-03-02T07:30:00.000Z', 'claimed', 1,
    '2026-03-02T07:30:00.000Z', NULL, NULL, NULL);
  INSERT INTO delivered_events VALUES (1, 0, 'second'), (1, 1, 'first'), (2, 0, 'third');
  INSERT INTO changes (workspace_id, at, actor, action, subject)
    VALUES ('local', '2026-03-01T08:00:00.000Z', 'local:ana', 'digest schedule', 'local:terminal');
`;

const CHANNEL = { adapter: 'local', workspaceId: 'local', id: 'terminal' };
const SUBSCRIPTION = {
  id: 'local:terminal',
  channel: CHANNEL,
  barriers: ['pacing-gap'],
  streams: ['un'],
  days: ['mon', 'fri'],
  localTime: '08:30',
  timeZone: 'Europe/Brussels',
  nextDigestAt: '2026-03-06T07:30:00.000Z',
  coveredUntil: '2026-03-02T07:30:00.000Z',
  pausedAt: '2026-03-02T09:00:00.000Z',
  pausedUntil: '2026-03-05T09:00:00.000Z',
  createdBy: 'local:ana',
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'barrierwatch.db');
  onFile((database) => {
    database.exec(readFileSync(new URL('0001-start.sql', MIGRATIONS), 'utf8'));
    database.exec('PRAGMA application_id = 0x42574348; PRAGMA user_version = 1;');
    database.exec(IN_USE);
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs SQL on the file with nobody else about. */
function onFile<T>(run: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return run(database);
  } finally {
    database.close();
  }
}

/** Opens the file as the program does and closes it again. */
async function bringUp(): Promise<void> {
  await (await openStore(file)).close();
}

/** The rows of every table but those of SQLite itself and of the text index, by table. */
function allRows(): Record<string, unknown[]> {
  return onFile((database) => {
    const tables = database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'items_text%'")
      .pluck()
      .all();
    return Object.fromEntries(tables.sort().map((name) => [name, database.prepare(`SELECT * FROM ${name}`).all()]));
  });
}

describe('a database of version 1', () => {
  it('is brought to the newest version with every row kept', async () => {
    const before = allRows();
    await bringUp();
    const newest = readdirSync(MIGRATIONS).length;
    const after = allRows();
    expect(after).toMatchObject(before);
    expect(after.subscriptions).toMatchObject([{ suspended_at: null, suspended_reason: null }]);
    expect(onFile((database) => database.pragma('user_version', { simple: true }))).toBe(newest);
  });

  it('still knows its channel, what that got and what it must not get again', async () => {
    const store = await openStore(file);
    expect(await store.subscriptionOf(CHANNEL)).toEqual(SUBSCRIPTION);
    expect(await store.deliveries(SUBSCRIPTION.id, 5)).toMatchObject([
      { id: '2', state: 'claimed', events: 1 },
      { id: '1', state: 'sent', messageRef: 'm1' },
    ]);
    expect(await store.eventsOfDelivery('1')).toEqual(['second', 'first']);
    expect(await store.deliveredEvents(SUBSCRIPTION.id, ['first', 'third', 'new'])).toEqual(
      new Set(['first', 'third']),
    );
    expect(await store.doubtOpenClaims('2026-03-02T10:00:00.000Z')).toMatchObject([{ id: '2', state: 'doubtful' }]);
    await store.close();
  });

  it('has its references whole afterwards, and a delivery of no subscription is refused', async () => {
    await bringUp();
    onFile((database) => {
      expect(database.pragma('foreign_key_check')).toEqual([]);
      expect(() => database.exec("UPDATE deliveries SET subscription_id = 'none'")).toThrow('FOREIGN KEY');
      expect(() => database.exec('DELETE FROM subscriptions')).toThrow('FOREIGN KEY');
    });
  });

  it('has its references enforced by the store that was just brought up, and by the next', async () => {
    for (const _ of ['brought up', 'next']) {
      const store = await openStore(file);
      await expect(store.claimOnce('no such workspace', 'key', '2026-03-02T10:00:00.000Z')).rejects.toThrow(
        'FOREIGN KEY',
      );
      await store.close();
    }
  });

  it('stays as it is, to the last row, when a reference in it is broken', async () => {
    onFile((database) => {
      database.pragma('foreign_keys = OFF');
      database.exec("UPDATE deliveries SET subscription_id = 'none' WHERE number = 2");
    });
    const before = allRows();
    await expect(openStore(file)).rejects.toThrow('0002-platforms.sql leaves 1 broken references');
    expect(allRows()).toEqual(before);
    expect(onFile((database) => database.pragma('user_version', { simple: true }))).toBe(1);
  });

  it('is brought up once, and opened without a change the next time', async () => {
    await bringUp();
    const before = allRows();
    await bringUp();
    expect(allRows()).toEqual(before);
  });
});
