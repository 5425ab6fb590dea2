import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../store/sqlite/index.ts';
import { PATIENCE, run, temporaryFolder } from './program.ts';

const ROOT = join(import.meta.dirname, '../..');
const ITEMS = 4_000;

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const file = () => join(folder.path, 'test.db');

/** A program over the database, killed after so many milliseconds where that is given. */
async function program(path: string, words: readonly string[] = [], killAfter?: number) {
  const env = { PATH: process.env.PATH ?? '', DATABASE_FILE: 'test.db', TIME_ZONE: 'Europe/Brussels' };
  const child = spawn(process.execPath, [join(ROOT, path), ...words], { cwd: folder.path, env });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  await once(child, 'close');
  clearTimeout(timer);
  return { code: child.exitCode, out, err };
}

/** Items that rules of a former version called off topic; the first is corrected. */
async function fill(): Promise<void> {
  const at = '2026-06-10T06:30:00.000Z';
  const store = await openStore(file());
  const feed = {
    id: 'us',
    kind: 'rss',
    url: 'https://us.example/feed',
    title: 'US',
    stream: 'us',
    broad: true,
  } as const;
  await store.saveWorkspace({ id: 'local', adapter: 'local', name: 'tests', timeZone: 'UTC' }, () => [feed], at);
  const items = Array.from({ length: ITEMS }, (_, index) => ({
    guid: `${index}`,
    title: `Trump signs executive order ${index} to preempt state AI laws`,
    summary: '',
    publishedAt: at,
    categories: [],
  }));
  const old = { relevant: false, relevance: [], taggings: [], crisis: false, method: 'rules@0' };
  // What the tagger of today says beside this is kept as it was said.
  await store.recordCheck('us', { kind: 'changed', items, tagged: items.map(() => old) }, at, at);
  const [first] = await store.itemsAfter(0, 1);
  const judged = { relevant: true, taggings: [], crisis: true, method: 'person:local:ana' };
  const draft = { itemId: first?.item.id ?? '', former: old, judged, proposedBy: 'local:ana' };
  const { number } = await store.proposeCorrection('local', draft, at);
  await store.decideCorrection('local', number, 'confirm', 'local:ana', at);
  await store.close();
}

describe('npm run retag', { timeout: PATIENCE }, () => {
  it('goes on where a kill ended it, counts every item once, and touches no correction', async () => {
    await fill();
    for (const moment of [400, 700, 1_000]) await program('store/tools/retag.ts', [], moment);
    const ended = await program('store/tools/retag.ts');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain(`${ITEMS} items tagged again by rules@`);
    expect(ended.out).toContain(`of which ${ITEMS} changed`);
    expect(ended.out).toContain(`Geopolitical deadlock: ${ITEMS} added, 0 dropped, 0 turned`);
    expect((await program('store/tools/retag.ts')).out).toBe(ended.out);
    const database = new Database(file(), { readonly: true });
    const count = (sql: string) => database.prepare<[], number>(sql).pluck().get();
    expect(count("SELECT count(*) FROM items WHERE tagged LIKE '%rules@0%'")).toBe(0);
    expect(count('SELECT count(*) FROM items WHERE relevant = 1 AND event_id IS NULL')).toBe(0);
    expect(count('SELECT count(*) FROM taggings')).toBe(ITEMS);
    expect(
      count("SELECT count(*) FROM corrections WHERE state = 'confirmed' AND judged LIKE '%person:local:ana%'"),
    ).toBe(1);
    expect(count('SELECT count(*) FROM retag_runs')).toBe(1);
    database.close();
  });

  it('says that there is no database yet, and that a bot has it', async () => {
    expect(await program('store/tools/retag.ts')).toMatchObject({
      code: 1,
      err: 'There is no database test.db yet; npm start makes one.\n',
    });
    const store = await openStore(file());
    expect((await program('store/tools/retag.ts')).err).toContain('is in use by another Barrierwatch');
    await store.close();
  });
});

describe('npm run corrections', { timeout: PATIENCE }, () => {
  it('prints labelled items that npm run eval replays', async () => {
    await fill();
    const { code, out, err } = await program('store/tools/corrections.ts');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      publisher: 'US',
      stream: 'us',
      relevant: true,
      barriers: {},
      primary: null,
      crisis: true,
    });
    writeFileSync(join(folder.path, 'gold.jsonl'), out);
    const replayed = await program('src/tools/eval.ts', ['--gold', 'gold.jsonl', '--json']);
    expect(JSON.parse(replayed.out)).toMatchObject({ items: 1 });
    expect((await program('store/tools/corrections.ts', ['--workspace', 'slack:T1'])).out).toBe('');
    expect((await program('store/tools/corrections.ts', ['--nonsense'])).err).toContain('npm run -s corrections');
  });

  it('are made at the terminal, where a wrong tag is a line to type', async () => {
    const ended = await run(folder.path, ['demo'], {
      input: ['/barrier why a5m5m6a2ac', '/barrier wrong a5m5m6a2ac none', '/barrier export'],
    });
    expect(ended.out).toContain('Wrong tag: /barrier wrong a5m5m6a2ac');
    expect(ended.out).toContain('Corrected: Congress Moves to Preempt the AI Patchwork');
    expect(ended.out).toContain('"id":"a5m5m6a2ac"');
  });
});
