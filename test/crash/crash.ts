/**
 * `npm run crash -- --rounds 200 --seed 1`: kills the program at random moments while it reads, tags, sends and confirms, on the
 * local Slack and Discord, starts it again, and counts what was lost or came twice. Exit code 1 on any fault. A signal ends it after
 * the round that is under way.
 */
import { parseArgs } from 'node:util';
import { openRounds } from './rounds.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.rounds);
const rounds = await openRounds(Number(values.seed));
const started = Date.now();
let failures = 0;
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isStopped = true;
  });
}
for (let round = 1; round <= wanted && !isStopped; round++) {
  const faults = await rounds.next();
  if (faults.length === 0) continue;
  failures += 1;
  process.stdout.write(`round ${round} of seed ${values.seed}: ${faults.join('\n  ')}\n`);
}
await rounds.close();
const { rounds: made, kills, due, lost, doubled, broken, databases, settled } = rounds.tally;
const doubts = [...settled].map(([words, count]) => `${count}: ${words}`).join('; ');
const seconds = Math.round((Date.now() - started) / 1_000);
process.stdout.write(
  `${made} rounds, ${kills} kills, ${due} digests due, ${lost} lost, ${doubled} doubled, ${broken} not whole or in order, ` +
    `${databases} databases not whole, ${seconds} s. Doubts settled: ${doubts || 'none'}.\n`,
);
process.exitCode = failures > 0 ? 1 : 0;
