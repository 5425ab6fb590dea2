/** Starts adapters side by side: one that cannot start says why in one line, and the others go on. */
import { setTimeout } from 'node:timers/promises';
import { messageOf, UserError, WorldError } from './errors.ts';
import { platformName } from './greeting.ts';
import type { Log } from './log.ts';
import type { Adapter } from './ports.ts';
import { MINUTE, SECOND } from './time.ts';

const FIRST_WAIT = 5 * SECOND;
const LONGEST_WAIT = 5 * MINUTE;

export interface StartOptions {
  readonly notice: (text: string) => Promise<void>;
  /** Called once for each adapter that is on. */
  readonly started: () => Promise<void>;
  readonly log: Pick<Log, 'error' | 'info'>;
  /** Aborts when the bot stops: nothing is tried again from then on. */
  readonly signal: AbortSignal;
  /** The pause before the second try, doubled after each; 5 s where absent. */
  readonly firstWait?: number;
}

/** Resolves once each adapter is on, off for good, or given up because the bot stops. */
export async function startAdapters(adapters: readonly Adapter[], options: StartOptions): Promise<void> {
  await Promise.all(adapters.map((adapter) => startAdapter(adapter, options)));
}

async function startAdapter(adapter: Adapter, options: StartOptions): Promise<void> {
  const { notice, started, log, signal, firstWait = FIRST_WAIT } = options;
  const name = platformName(adapter.name);
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const where = await adapter.start();
      await notice(`${name}: ${where}`);
      return await started();
    } catch (thrown) {
      if (signal.aborted) return;
      if (!(thrown instanceof WorldError)) {
        if (!(thrown instanceof UserError)) log.error({ err: thrown }, `${name} could not be started`);
        return await notice(`${name}: off. ${messageOf(thrown)}`);
      }
      if (failures === 0)
        await notice(
          `${name}: not connected yet: ${messageOf(thrown).replace(/\.?$/, '.')} It is tried again until it answers.`,
        );
      else log.info({ reason: messageOf(thrown) }, `${name} is still not connected`);
    }
    await pause(Math.min(firstWait * 2 ** failures, LONGEST_WAIT), signal);
  }
}

/** Ends early, and quietly, when the signal aborts. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal, ref: false });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}
