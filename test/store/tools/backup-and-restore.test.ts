import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bring, countItems, openFilled, temporaryDatabase } from '../sqlite/database-file.ts';

const given = temporaryDatabase();

/** Runs a program file as npm does, in an empty folder. */
function run(name: 'backup' | 'restore', ...args: readonly string[]) {
  const tool = fileURLToPath(new URL(`../../../store/tools/${name}.ts`, import.meta.url));
  const env = { PATH: process.env.PATH ?? '', DATABASE_FILE: given.file };
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], {
    cwd: given.folder,
    env,
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** Each run of a program starts Node anew, which a busy machine takes seconds for. */
const PATIENCE = 120_000;

describe('the backup and restore programs', { timeout: PATIENCE }, () => {
  it('back up while the bot runs, and put the backup back once it has stopped', async () => {
    const store = await openFilled(given.file, 3);
    const made = run('backup');
    expect(made).toMatchObject({ status: 0, err: '' });
    expect(made.out).toMatch(/^Backed up \S+ to (\S+): \d+\.\d MB, 3 items, checked\.\n$/);
    const backup = made.out.split(' ')[4]?.replace(/:$/, '') ?? '';
    expect(backup).toMatch(/barrierwatch\.db\.backup-\d{4}-\d\d-\d\dT\d{6}Z$/);
    await bring(store, 3, 2);
    const refused = run('restore', backup);
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toMatch(new RegExp(`is in use by another Barrierwatch \\(process ${process.pid}\\)`));
    await store.close();
    const restored = run('restore', backup);
    expect(restored).toMatchObject({ status: 0, err: '' });
    expect(restored.out).toMatch(
      /^Restored \S+ from \S+: \d+\.\d MB, 3 items, checked\. The former one is kept as \S+before-restore-\S+\. npm start goes on from here\.\n$/,
    );
    expect(countItems(given.file)).toBe(3);
    const kept = readdirSync(given.folder).find((name) => name.includes('before-restore')) ?? '';
    expect(countItems(join(given.folder, kept))).toBe(5);
  });

  it('say in a sentence why there is no backup', () => {
    expect(run('backup').err).toMatch(/^There is no database \S+ yet; npm start makes one\.\n$/);
    expect(run('backup', 'a', 'b').err).toBe('Usage: npm run backup [-- FILE or FOLDER]\n');
  });

  it('say in a sentence which backup there is, and why it is not restored', () => {
    expect(run('restore').err).toMatch(/^Usage: npm run restore -- FILE\nThere is no backup beside \S+\.\n$/);
    const backup = `${given.file}.backup-2026-03-02T080000Z`;
    writeFileSync(backup, 'no database at all '.repeat(90));
    expect(run('restore').err).toContain(`The newest backup is ${backup}.`);
    const refused = run('restore', backup);
    expect(refused).toMatchObject({ status: 1, err: expect.stringMatching(/is damaged or is not a data/) });
  });
});
