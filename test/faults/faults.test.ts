import { describe, expect, it } from 'vitest';
import { marksOf } from './cards.ts';
import { outcomeOf } from './deliveries.ts';
import { runOnDiscord, runOnSlack } from './platforms.ts';

const PATIENCE = 300_000;
const SIZE = { channels: 8, digests: 3, timeOutEvery: 0 };

describe('digests where a third of all calls go wrong', { timeout: PATIENCE }, () => {
  const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const told = `FAULTS_SEED=${seed}`;

  it.each([
    ['Slack', runOnSlack],
    ['Discord', runOnDiscord],
  ] as const)('arrive once each on %s, whole and in the order of their channel', async (_, run) => {
    const { deliveries, shown, met } = await run({ ...SIZE, seed });
    expect(outcomeOf(deliveries), told).toMatchObject({ deliveries: 24, sent: 24 });
    const expected = shown.map((_marks, channel) => [0, 1, 2].flatMap((digest) => marksOf(channel, digest)));
    expect(shown, told).toEqual(expected);
    expect(met.faults, told).toBeGreaterThan(20);
  });
});
