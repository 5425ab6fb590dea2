import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Program, run, temporaryFolder } from './program.ts';

const ROUNDS = 20;
/** Milliseconds after the start: from before the first file is opened to about the end of a run. */
const MOMENTS = fc.noBias(fc.integer({ min: 50, max: 2_500 }));

const folder = temporaryFolder();
afterAll(folder.remove);

interface StoredItem {
  readonly id: string;
  readonly relevant: number | null;
  readonly event_id: string | null;
}

/** What the database holds, read from outside. */
function readState(file: string) {
  const database = new Database(join(folder.path, file), { readonly: true });
  try {
    return {
      integrity: database.pragma('integrity_check', { simple: true }),
      items: database.prepare<[], StoredItem>('SELECT id, relevant, event_id FROM items ORDER BY id').all(),
      identities: database.prepare<[], number>('SELECT count(DISTINCT id) FROM items').pluck().get(),
      deliveries: database
        .prepare<[], { state: string }>('SELECT state, window_from, window_to FROM deliveries')
        .all()
        .map(({ state }) => state),
    };
  } finally {
    database.close();
  }
}

function digestsIn(outputs: readonly string[]): number {
  return outputs.reduce((sum, out) => sum + out.split('AI governance digest · ').length - 1, 0);
}

describe('the program, killed at any moment', { timeout: 180_000 }, () => {
  it('loses nothing, stores nothing twice and posts nothing twice', async () => {
    const seed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const told = `KILL_SEED=${seed}`;
    await run(folder.path, ['demo', '--once', '--database', 'clean.db']);
    const clean = readState('clean.db');
    const outputs: string[] = [];
    for (const moment of fc.sample(MOMENTS, { seed, numRuns: ROUNDS })) {
      const program = new Program(folder.path, ['demo', '--once', '--database', 'killed.db']);
      program.type([]);
      await Promise.race([pause(moment), program.ended]);
      program.kill('SIGKILL');
      const { out, err } = await program.ended;
      expect(err, told).toBe('');
      outputs.push(out);
    }
    const last = await run(folder.path, ['demo', '--once', '--database', 'killed.db']);
    outputs.push(last.out);
    expect({ code: last.code, err: last.err }, told).toEqual({ code: 0, err: '' });

    const state = readState('killed.db');
    expect(state.integrity, told).toBe('ok');
    expect(state.identities, told).toBe(state.items.length);
    expect(
      state.items.map(({ id }) => id),
      told,
    ).toEqual(clean.items.map(({ id }) => id));
    expect(
      state.items.map(({ relevant }) => relevant),
      told,
    ).toEqual(clean.items.map(({ relevant }) => relevant));
    expect(
      state.items.filter((item) => item.relevant !== 0 && item.event_id === null),
      told,
    ).toEqual([]);

    expect(state.deliveries, told).toHaveLength(1);
    const printed = digestsIn(outputs);
    if (state.deliveries[0] === 'sent') expect(printed, told).toBe(1);
    else {
      // Killed between the claim and its end: printed once or not at all, and the next run says so.
      expect([state.deliveries[0], printed <= 1], told).toEqual(['doubtful', true]);
      expect(
        outputs.some((out) => out.includes('may not have been shown')),
        told,
      ).toBe(true);
    }
  });
});
