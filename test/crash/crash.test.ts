import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRounds, type Rounds } from './rounds.ts';

const ROUNDS = 3;
const PATIENCE = 300_000;

describe('the program, killed while it posts digests on Slack and Discord', { timeout: PATIENCE }, () => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
  let rounds: Rounds;
  beforeAll(async () => {
    rounds = await openRounds(seed);
  }, PATIENCE);
  afterAll(() => rounds.close());

  it('posts each digest once, whole and in order, and keeps its database whole', async () => {
    const told = `CRASH_SEED=${seed}`;
    for (let round = 0; round < ROUNDS; round++) expect(await rounds.next(), told).toEqual([]);
    expect(rounds.tally, told).toMatchObject({ rounds: ROUNDS, lost: 0, doubled: 0, broken: 0, databases: 0 });
    expect(rounds.tally.kills).toBeGreaterThan(ROUNDS);
  });
});
