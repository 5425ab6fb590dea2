/** Clocks: the machine's own, and one that runs on from a chosen instant. */
import type { Instant } from './model.ts';
import type { Clock } from './ports.ts';
import { plus } from './time.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** Starts at `start` and runs at the pace of the machine. */
export function clockFrom(start: Instant): Clock {
  const begun = performance.now();
  return { now: () => plus(start, Math.round(performance.now() - begun)) };
}
