import { setTimeout } from 'node:timers/promises';

/** Waits until a condition holds; throws, with what was waited for, after ten seconds. */
export async function until(condition: () => boolean, what = 'a condition'): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await setTimeout(2);
  }
}
