import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { newSubscription } from '../../../src/subscription.ts';
import { openStore } from '../../../store/sqlite/index.ts';
import { inspectStore } from '../../../store/sqlite/inspect.ts';
import { entry, feedDraft, MORNING } from '../../contracts/store/prepared.ts';

const CHANNELS = [
  { adapter: 'discord', workspaceId: '99', id: '7' },
  { adapter: 'slack', workspaceId: 'T1', id: 'C1' },
  { adapter: 'slack', workspaceId: 'T2', id: 'C1' },
];

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'barrierwatch.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A store with two items and the channels above, still open. */
async function openFilled() {
  const store = await openStore(file);
  for (const channel of CHANNELS) {
    const { adapter, workspaceId } = channel;
    await store.saveWorkspace({ id: workspaceId, adapter, name: workspaceId, timeZone: 'UTC' }, () => [], MORNING);
    const subscription = newSubscription({
      channel,
      localTime: '08:30',
      timeZone: 'UTC',
      createdBy: 'ana',
      now: MORNING,
    });
    await store.saveSubscription(subscription, 'schedule', 'ana', MORNING);
  }
  await store.editFeedList('T1', { action: 'add', feed: feedDraft('a') }, 'ana', MORNING);
  await store.recordCheck('a', { kind: 'changed', items: [entry('1'), entry('2')] }, MORNING, MORNING);
  return store;
}

/** Every file of the folder with a hash of what is in it. */
function contents(): Record<string, string> {
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, hash(name)]));
}

function refusal(): string {
  try {
    inspectStore(file);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserError);
    return String(thrown);
  }
  return 'none';
}

describe('a look into a database', () => {
  it('tells its items and the channels that get a digest, also while the bot has it open', async () => {
    const store = await openFilled();
    expect(inspectStore(file)).toMatchObject({ items: 2, channels: expect.arrayContaining(CHANNELS) });
    expect(inspectStore(file).channels).toHaveLength(CHANNELS.length);
    // The bot goes on as if nobody had looked.
    await store.recordCheck('a', { kind: 'changed', items: [entry('3')] }, MORNING, MORNING);
    expect(inspectStore(file).items).toBe(3);
    await store.close();
    expect(inspectStore(file).items).toBe(3);
  });

  it('changes nothing and leaves nothing behind', async () => {
    await (await openFilled()).close();
    const before = contents();
    inspectStore(file);
    expect(contents()).toEqual(before);
  });

  it('keeps nobody from opening it', async () => {
    await (await openFilled()).close();
    inspectStore(file);
    await (await openStore(file)).close();
  });

  it('finds nothing in a file that is still empty, which the next start fills', async () => {
    writeFileSync(file, '');
    expect(inspectStore(file)).toMatchObject({ items: 0, channels: [] });
    expect(readFileSync(file)).toHaveLength(0);
  });

  it('reads a database that the next start will bring to a newer version, and leaves it as it is', () => {
    const first = new URL('../../../store/sqlite/migrations/0001-start.sql', import.meta.url);
    const database = new Database(file);
    database.exec(readFileSync(first, 'utf8'));
    database.exec('PRAGMA application_id = 0x42574348; PRAGMA user_version = 1;');
    database.close();
    const before = contents();
    expect(inspectStore(file)).toMatchObject({ items: 0, channels: [] });
    expect(contents()).toEqual(before);
  });

  it('says that there is none, and makes none', () => {
    expect(refusal()).toMatch(/barrierwatch\.db cannot be opened/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says that a path is a folder', () => {
    mkdirSync(file);
    expect(refusal()).toMatch(/barrierwatch\.db cannot be opened.*not a folder/);
  });

  it('says that a file is no database', () => {
    writeFileSync(file, 'These are notes and not a database. '.repeat(100));
    const before = contents();
    expect(refusal()).toMatch(/barrierwatch\.db is damaged or is not a database.*backup/);
    expect(contents()).toEqual(before);
  });

  it('says that a page within is damaged, also one that nobody asked for', async () => {
    await (await openFilled()).close();
    const database = new Database(file);
    const page = database
      .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'changes'")
      .pluck()
      .get();
    const size = Number(database.pragma('page_size', { simple: true }));
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xaa, ((page ?? 0) - 1) * size, (page ?? 0) * size);
    writeFileSync(file, bytes);
    expect(refusal()).toMatch(/barrierwatch\.db is damaged/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('refuses the database of another program, and one of a newer Barrierwatch', async () => {
    const foreign = new Database(file);
    foreign.exec('CREATE TABLE subscriptions (adapter, workspace_id, channel_id); CREATE TABLE items (id);');
    foreign.close();
    expect(refusal()).toMatch(/barrierwatch\.db is the database of another program/);
    rmSync(file);
    await (await openFilled()).close();
    const newer = new Database(file);
    newer.pragma('user_version = 999');
    newer.close();
    expect(refusal()).toMatch(/written by a newer Barrierwatch \(version 999/);
  });
});
