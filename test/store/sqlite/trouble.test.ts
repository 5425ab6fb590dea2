import { mkdirSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import SQLite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/errors.ts';
import { healthAnswer, readHealth } from '../../../src/health.ts';
import type { Store } from '../../../src/ports.ts';
import { DAY, MINUTE } from '../../../src/time.ts';
import { backUp } from '../../../store/sqlite/backup.ts';
import { backupName } from '../../../store/sqlite/backup-files.ts';
import { connect } from '../../../store/sqlite/connection.ts';
import { storeOn } from '../../../store/sqlite/index.ts';
import { NOW, openService } from '../../src/open-service.ts';
import { feedDraft, itemDraft, WORKSPACE, wordsOf } from '../../test-bot.ts';
import { damageUnderneath, temporaryDatabase } from './database-file.ts';

const given = temporaryDatabase();
let store: Store;
let database: Database;
afterEach(() => store.close());

const LONG = 'Words that need some space of their own. '.repeat(50_000);
const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});

/** A running bot, and what its second source brings from now on. */
async function start(watch: (store: Store) => Store = (same) => same) {
  const connection = connect(given.file);
  database = connection.database;
  store = storeOn(connection, given.file);
  const reads: string[] = [];
  const source = { items: [itemDraft('A short one')] };
  const bot = await openService(
    [feedDraft('small'), feedDraft('large')],
    async (url) => {
      reads.push(url);
      return { outcome: 'changed', items: url.includes('large') ? source.items : [ORDER] };
    },
    watch(store),
  );
  return { ...bot, reads, source };
}

/** Makes the database end a little behind where it ends now, as a full disk does. */
function fillDisk(): void {
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 40}`);
}

function freeDisk(): void {
  database.pragma('max_page_count = 1000000');
}

/** A bot that has read its sources once, and finds the disk full the next day. */
async function startAndFill(watch?: (store: Store) => Store) {
  const bot = await start(watch);
  expect(await bot.service.pollDue()).toHaveLength(2);
  bot.source.items = [itemDraft('A long one', { summary: LONG }), ...bot.source.items];
  bot.advance(DAY);
  fillDisk();
  bot.reads.length = 0;
  return bot;
}

const items = async () => (await store.countItems(WORKSPACE.id)).items;
const health = async () => healthAnswer(await readHealth(store, WORKSPACE.id, NOW));

describe('a disk that is full', () => {
  it('ends a poll without a word on the sources, keeps what was stored, and is told everywhere', async () => {
    const { service, say, log } = await startAndFill();
    expect(await service.pollDue()).toEqual([]);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatch(/barrierwatch\.db cannot be written: the disk is full\. Free some space/);
    expect(await items()).toBe(2);
    expect((await store.listFeeds(WORKSPACE.id)).map(({ errorCount }) => errorCount)).toEqual([0, 0]);
    expect(wordsOf(await say('/feeds health'))).toMatch(/the disk is full.*Until then nothing is read/s);
    expect(wordsOf(await say('/barrier deadlock'))).toContain(ORDER.title);
    expect(await health()).toMatchObject({ status: 503, body: expect.stringContaining('"storage":"full"') });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('lets no source be read and no digest be posted that could not be noted, until there is space again', async () => {
    const { service, posts, log, reads } = await startAndFill();
    await service.pollDue();
    reads.length = 0;
    for (const _ of ['one beat', 'the next']) {
      await service.pollDue();
      await service.postDue();
    }
    expect([reads, posts, log.lines.length]).toEqual([[], [], 1]);
    freeDisk();
    expect(await service.pollDue()).toHaveLength(1);
    await service.postDue();
    expect([await items(), posts.length]).toEqual([3, 1]);
    expect(await health()).toMatchObject({ status: 200 });
  });

  it('never has a digest posted twice that was posted and could not be noted', async () => {
    let isFull = true;
    const full = new StoreError('full', 'the disk is full');
    const { service, posts, subscription, advance } = await start((real) => ({
      ...real,
      settleDelivery: async (...values) => (isFull ? Promise.reject(full) : real.settleDelivery(...values)),
    }));
    await service.pollDue();
    await service.postDue();
    isFull = false;
    advance(MINUTE);
    await service.postDue();
    expect(posts).toHaveLength(1);
    // As the next start does.
    expect(await store.doubtOpenClaims(NOW)).toMatchObject([{ subscriptionId: subscription.id, state: 'doubtful' }]);
  });
});

describe('another program that holds the database', () => {
  it('is told, and the bot goes on once it lets go', async () => {
    const { say } = await start();
    database.pragma('busy_timeout = 0');
    const other = new SQLite(given.file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.recordCheck('small', { kind: 'changed', items: [] }, NOW, NOW)).rejects.toThrow(StoreError);
    expect(wordsOf(await say('/feeds health'))).toContain('is locked by another program');
    expect(wordsOf(await say('/feeds remove small'))).toContain('is locked by another program');
    other.close();
    expect(await store.trouble()).toBeUndefined();
    expect(wordsOf(await say('/feeds health'))).not.toContain('locked');
  });
});

describe('a page that turns out to be damaged while the bot runs', () => {
  it('ends all writing, for good, and the card names the newest backup', async () => {
    const { service, say, reads } = await start();
    await service.pollDue();
    await backUp(given.file, backupName(given.file, 'backup', NOW));
    database.pragma('wal_checkpoint(TRUNCATE)');
    damageUnderneath(given.file, 'items');
    database.pragma('shrink_memory');
    database.pragma('cache_size = 0');
    reads.length = 0;
    const words = wordsOf(await say('/barrier deadlock'));
    expect(words).toMatch(
      /is damaged\. Nothing more is written to it\..*The newest backup is .*backup-2026-06-10T063000Z/s,
    );
    expect(await service.pollDue()).toEqual([]);
    expect([reads, (await store.trouble())?.kind]).toEqual([[], 'damaged']);
    await expect(store.savePerson(WORKSPACE.id, 'local:ana', 'Ana')).rejects.toThrow('Nothing more is written to it');
  });
});

describe('a daily backup that failed', () => {
  it('stands in the health of the feeds until one is made', async () => {
    const { say } = await start();
    mkdirSync(backupName(given.file, 'daily', NOW));
    await expect(store.backUpDaily(NOW, 1)).rejects.toThrow('no backup of Barrierwatch');
    expect(wordsOf(await say('/feeds health'))).toMatch(
      /Storage \nThe daily backup failed: .*no backup of Barrierwatch.*Next try Wed 10 Jun 2026 09:30\./,
    );
    rmSync(backupName(given.file, 'daily', NOW), { recursive: true });
    await store.backUpDaily('2026-06-10T07:30:00.000Z', 1);
    expect(wordsOf(await say('/feeds health'))).not.toContain('Storage');
  });
});
