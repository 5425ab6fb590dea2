/** How the process is asked to end, and what it leaves behind as its exit code. */
import { messageOf, StoreError, UserError } from './errors.ts';

/** The first signal asks to stop, the second ends at once. */
export function stopOnSignals(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop();
      process.on(signal, () => process.exit(130));
    });
  }
  // A closed pipe, as in `… | head`, is no fault: there is only nobody left to read.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}

/** Ends with the code that `main` resolves with; a failure ends with 1 and says whose it was. */
export function endWith(main: Promise<number>): void {
  main.then(
    (code) => {
      process.exitCode = code;
    },
    (thrown) => {
      const detail = thrown instanceof Error ? thrown.stack : messageOf(thrown);
      const text =
        thrown instanceof UserError || thrown instanceof StoreError
          ? thrown.message
          : `Barrierwatch stopped through a fault of its own: ${detail}`;
      process.stderr.write(`${text}\n`);
      process.exitCode = 1;
    },
  );
}
