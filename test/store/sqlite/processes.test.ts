import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { openStore } from '../../../store/sqlite/index.ts';

let folder: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'barrierwatch.db');
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  rmSync(folder, { recursive: true });
});

/** Starts a process that has the file open by the time this resolves. */
async function startWriter(task: 'hold' | 'write'): Promise<ChildProcess> {
  const child = fork(new URL('./writer.ts', import.meta.url), [file, task]);
  children.push(child);
  await once(child, 'message');
  return child;
}

/** As `kill -9` does: the process gets no chance to tidy up. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

describe('two processes on one database', () => {
  it('lets the first have it and names it to the second', async () => {
    const child = await startWriter('hold');
    const attempt = openStore(file);
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toThrow(`barrierwatch.db is in use by another Barrierwatch (process ${child.pid})`);
  });

  it('sees through another name of the same file', async () => {
    await startWriter('hold');
    const alias = join(folder, 'alias.db');
    symlinkSync(file, alias);
    await expect(openStore(alias)).rejects.toThrow('in use by another Barrierwatch');
  });

  it('refuses a second opening within one process too', async () => {
    const store = await openStore(file);
    await expect(openStore(file)).rejects.toThrow(`process ${process.pid}`);
    await store.close();
    await (await openStore(file)).close();
    expect(existsSync(`${file}.pid`)).toBe(false);
  });

  it('gives the database free when the first is killed', async () => {
    const child = await startWriter('hold');
    await kill(child);
    await (await openStore(file)).close();
  });

  it('lets others read meanwhile', async () => {
    await startWriter('hold');
    const reader = new Database(file, { readonly: true });
    expect(reader.prepare('SELECT count(*) FROM items').pluck().get()).toBe(0);
    reader.close();
  });
});

describe('a process killed while it writes', () => {
  it('leaves a sound database that holds all it had finished', { timeout: 30_000 }, async () => {
    for (let round = 0; round < 3; round += 1) {
      rmSync(file, { force: true });
      const child = await startWriter('write');
      let finished = 0;
      child.on('message', (count) => {
        finished += Number(count);
      });
      while (finished < 500 * (round + 1)) await once(child, 'message');
      await kill(child);
      const store = await openStore(file);
      const { items } = await store.countItems('ours');
      expect(items).toBeGreaterThanOrEqual(finished);
      // Each check of fifty is stored whole or not at all.
      expect(items % 50).toBe(0);
      await store.close();
      const database = new Database(file);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.exec("INSERT INTO items_text (items_text, rank) VALUES ('integrity-check', 1)");
      database.close();
    }
  });
});
