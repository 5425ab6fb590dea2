/** Faults on a third of all calls, from a seed. */

import { setTimeout } from 'node:timers/promises';
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';
import type { Fault as DiscordFault } from '../adapters/discord/server/faults.ts';
import type { DiscordServer } from '../adapters/discord/server/index.ts';
import type { Fault as SlackFault } from '../adapters/slack/server/faults.ts';
import type { SlackServer } from '../adapters/slack/server/index.ts';

/** Longer than both clients wait for an answer. */
const TOO_LONG = 16_000;

export interface PlanOptions {
  readonly seed: number;
  /** One fault in so many lets the client wait in vain, which takes its 15 seconds; 0 for none. */
  readonly timeOutEvery: number;
}

/** How many calls were seen, and how many of them met a fault. */
export interface Met {
  calls: number;
  faults: number;
  /** Calls for which nobody waits any longer; each resolves once its work is done all the same. */
  readonly late: Promise<void>[];
}

/** True for a third of the calls. */
function chooser<Fault>({ seed, timeOutEvery }: PlanOptions, faults: readonly Fault[], late: Fault, met: Met) {
  const below = repeatableNumbers(seed);
  return (): Fault | undefined => {
    met.calls += 1;
    if (below(3) > 0) return undefined;
    met.faults += 1;
    if (timeOutEvery === 0 || met.faults % timeOutEvery !== 0) return faults[below(faults.length)];
    met.late.push(setTimeout(2 * TOO_LONG));
    return late;
  };
}

export function disturbSlack({ faults }: SlackServer, options: PlanOptions): Met {
  const met: Met = { calls: 0, faults: 0, late: [] };
  const kinds: readonly SlackFault[] = [
    { kind: 'limited', seconds: 0 },
    { kind: 'status', status: 500 },
    { kind: 'done, then 500' },
    { kind: 'answer lost' },
    { kind: 'answer halved' },
    { kind: 'cut' },
  ];
  faults.when(chooser(options, kinds, { kind: 'delay', milliseconds: TOO_LONG }, met));
  return met;
}

export function disturbDiscord({ faults }: DiscordServer, options: PlanOptions): Met {
  const met: Met = { calls: 0, faults: 0, late: [] };
  const kinds: readonly DiscordFault[] = [
    { kind: 'rate limit', retryAfter: 0.02 },
    { kind: 'status', status: 500 },
    { kind: 'status after work', status: 502 },
    { kind: 'answer lost' },
    { kind: 'cut before work' },
  ];
  const choose = chooser(options, kinds, { kind: 'delay', milliseconds: TOO_LONG }, met);
  faults.take = (_method, path) => (path.startsWith('/channels/') ? choose() : undefined);
  return met;
}
