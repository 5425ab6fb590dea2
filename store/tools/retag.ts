/** `npm run retag`: tags stored items again by today's rules while the bot is not running; stopped, the next call goes on. */
import { userInfo } from 'node:os';
import { systemClock } from '../../src/clock.ts';
import { endWith, stopOnSignals } from '../../src/ending.ts';
import { retag } from '../../src/retag.ts';
import { moveFields, runWords } from '../../src/retag-words.ts';
import { safeLine } from '../../src/safe-text.ts';
import { openExisting } from './open-existing.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { store, timeZone } = await openExisting();
  const stopping = new AbortController();
  stopOnSignals(() => stopping.abort());
  try {
    const run = await retag({ store, clock: systemClock, signal: stopping.signal }, `local:${userInfo().username}`);
    say(runWords(run, await store.retagProgress(run.cursor), timeZone));
    for (const { name, value } of moveFields(run.report)) say(`  ${name}: ${value}`);
    for (const { itemId, title, before, after } of run.report.examples)
      say(`  ${itemId}  ${safeLine(title)}\n    ${before} → ${after}`);
    if (run.finishedAt === undefined) say('Stopped; npm run retag goes on where it was.');
    return 0;
  } finally {
    await store.close();
  }
}

endWith(main());
