/**
 * `npm run faults -- --deliveries 1000 --seed 1`: sends digests to many channels of both platforms while a third of all calls go
 * wrong (429, 500 before and after the work, time-outs, resets, lost answers), and counts. Exit code 1 on any fault of ours.
 */
import { parseArgs } from 'node:util';
import { marksOf } from './cards.ts';
import { outcomeOf } from './deliveries.ts';
import { type Run, runOnDiscord, runOnSlack } from './platforms.ts';

const DIGESTS = 10;
/** About one fault in so many takes the 15 seconds of a client's patience. */
const TIME_OUT_EVERY = 150;

const { values } = parseArgs({
  options: { deliveries: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const channels = Math.ceil(Number(values.deliveries) / 2 / DIGESTS);
const size = { channels, digests: DIGESTS, seed: Number(values.seed), timeOutEvery: TIME_OUT_EVERY };

/** Prints what became of a platform's digests; true where each is there once, whole and in order. */
function report(name: string, { deliveries, shown, met }: Run, started: number): boolean {
  const { sent, settled } = outcomeOf(deliveries);
  const wanted = shown.map((_, channel) =>
    Array.from({ length: DIGESTS }, (__, digest) => marksOf(channel, digest)).flat(),
  );
  const all = shown.flat();
  const missing = wanted.flat().filter((mark) => !all.includes(mark)).length;
  const doubled = all.length - new Set(all).size;
  const disordered = shown.filter((marks, index) => marks.join() !== wanted[index]?.join()).length;
  const doubts = Object.entries(settled).map(([words, count]) => `${count}: ${words}`);
  const seconds = Math.round((Date.now() - started) / 1_000);
  process.stdout.write(
    `${name}: ${deliveries.length} deliveries over ${shown.length} channels, ${sent} sent; ${met.calls} calls, ${met.faults} faults; ` +
      `entries missing ${missing}, double ${doubled}; channels out of order ${disordered}; ${seconds} s. ` +
      `Doubts settled: ${doubts.join('; ') || 'none'}.\n`,
  );
  return sent === channels * DIGESTS && deliveries.length === sent && missing + doubled + disordered === 0;
}

const slackStarted = Date.now();
const isWhole = report('Slack', await runOnSlack(size), slackStarted);
const discordStarted = Date.now();
const isWholeToo = report('Discord', await runOnDiscord(size), discordStarted);
process.exitCode = isWhole && isWholeToo ? 0 : 1;
