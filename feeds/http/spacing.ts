/** Keeps requests to one host apart, so that no publisher is asked twice at once. */
export interface Spacing {
  /** Resolves when it is this caller's turn, in the order of asking; rejects with the signal's reason when aborted. */
  turn(host: string, signal: AbortSignal): Promise<void>;
  /** Drops all queues; the turns still waited for come at once. */
  close(): void;
}

/** Turns `milliseconds` apart for each host; 0 means no spacing. */
export function createSpacing(milliseconds: number): Spacing {
  const last = new Map<string, Promise<void>>();
  const timers = new Map<NodeJS.Timeout, () => void>();

  function freeLater(host: string, turn: PromiseWithResolvers<void>): void {
    const free = () => {
      timers.delete(timer);
      if (last.get(host) === turn.promise) last.delete(host);
      turn.resolve();
    };
    const timer = setTimeout(free, milliseconds);
    timers.set(timer, free);
  }

  return {
    async turn(host, signal) {
      signal.throwIfAborted();
      if (milliseconds === 0) return;
      const before = last.get(host);
      const turn = Promise.withResolvers<void>();
      last.set(host, turn.promise);
      if (before !== undefined && !(await resolvesBefore(before, signal))) {
        // Whoever waits behind this caller takes its place, without a gap for a request that was never made.
        before.then(turn.resolve);
        throw signal.reason;
      }
      freeLater(host, turn);
    },
    close() {
      for (const [timer, free] of timers) {
        clearTimeout(timer);
        free();
      }
    },
  };
}

/** True when the promise resolves first, false when the signal aborts first. */
function resolvesBefore(promise: Promise<void>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const onAbort = () => resolve(false);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
  });
}
