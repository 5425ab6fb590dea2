/** The heartbeat: twice a minute it asks the store what is due. node-cron keeps the beat; the store keeps the time. */
import { schedule } from 'node-cron';
import { messageOf } from './errors.ts';
import type { Log } from './log.ts';

const BEAT = '*/30 * * * * *';

/** A job that never runs twice at once: what is due stays due, so a call while it runs only joins that run. */
export interface Job {
  run(): Promise<void>;
  /** Resolves when no run is under way. */
  settled(): Promise<void>;
}

/** Wraps work as a job; a failure is logged and the next beat tries again. */
export function createJob(name: string, work: () => Promise<unknown>, log: Pick<Log, 'error'>): Job {
  let running: Promise<void> | undefined;
  const start = async () => {
    try {
      await work();
    } catch (thrown) {
      log.error({ err: thrown, job: name }, `${name} failed: ${messageOf(thrown)}`);
    }
  };
  return {
    run: () => {
      // Cleared outside of `start`: work that throws at once would clear it before it is set, and never run again.
      running ??= start().finally(() => {
        running = undefined;
      });
      return running;
    },
    settled: async () => running,
  };
}

/** Runs the jobs at every beat; `stop` ends the beat and waits for runs under way. */
export function startHeartbeat(jobs: readonly Job[]): { stop(): Promise<void> } {
  const task = schedule(BEAT, () => void Promise.all(jobs.map((job) => job.run())), { suppressMissedWarning: true });
  return {
    async stop() {
      await task.destroy();
      await Promise.all(jobs.map((job) => job.settled()));
    },
  };
}
