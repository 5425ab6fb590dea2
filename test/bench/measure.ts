/** Small tools for measuring: wall time, spread of repeated calls, and a table. */

/** Seconds that the work took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Milliseconds of the middle call and of the slowest in a hundred. */
export async function latency(
  calls: number,
  work: (call: number) => Promise<unknown>,
): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let call = 0; call < calls; call++) {
    const start = performance.now();
    await work(call);
    times.push(performance.now() - start);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The middle one of some numbers. */
export function middle(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Prints one figure. */
export function figure(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(58)} ${value}\n`);
}

export const ms = (value: number) => `${value.toFixed(1)} ms`;
export const s = (value: number) => `${value.toFixed(2)} s`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

/** Seconds of processor time of this process so far, all threads together: the same on a busy machine as on a quiet one. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
