import { WorldError } from '../../src/errors.ts';

/** Runs work with a signal that aborts with the outer one or after the time; the time's end throws WorldError. */
export async function withinTime<Result>(
  milliseconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(), milliseconds);
  const onAbort = () => inner.abort();
  outer.addEventListener('abort', onAbort, { once: true });
  try {
    return await work(inner.signal);
  } catch (thrown) {
    outer.throwIfAborted();
    if (inner.signal.aborted) {
      throw new WorldError(`took longer than ${milliseconds / 1_000} s`, { obstacle: 'slow', cause: thrown });
    }
    throw thrown;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', onAbort);
  }
}
