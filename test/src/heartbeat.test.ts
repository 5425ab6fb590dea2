import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createJob, startHeartbeat } from '../../src/heartbeat.ts';
import { keptLog } from '../test-bot.ts';

/** Work that goes on until it is released. */
function heldWork() {
  const runs: { release: () => void; fail: (error: Error) => void }[] = [];
  const work = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    runs.push({ release: resolve, fail: reject });
    return promise;
  };
  return { runs, work };
}

describe('a job', () => {
  it('never runs twice at once: a call while it runs joins that run', async () => {
    const { runs, work } = heldWork();
    const job = createJob('work', work, keptLog());
    const calls = [job.run(), job.run(), job.run()];
    await setImmediate();
    expect(runs).toHaveLength(1);
    runs[0]?.release();
    await Promise.all(calls);
    const next = job.run();
    expect(runs).toHaveLength(2);
    runs[1]?.release();
    await next;
  });

  it('logs a failure by name and runs again', async () => {
    const { runs, work } = heldWork();
    const log = keptLog();
    const job = createJob('polling', work, log);
    const first = job.run();
    runs[0]?.fail(new Error('disk full'));
    await expect(first).resolves.toBeUndefined();
    expect(log.lines.join()).toContain('polling failed: disk full');
    const second = job.run();
    expect(runs).toHaveLength(2);
    runs[1]?.release();
    await second;
  });

  it('logs also what fails before it waits for anything', async () => {
    const log = keptLog();
    const job = createJob(
      'work',
      () => {
        throw new Error('at once');
      },
      log,
    );
    await job.run();
    await job.run();
    expect(log.lines).toHaveLength(2);
  });

  it('is settled when nothing runs', async () => {
    const { runs, work } = heldWork();
    const job = createJob('work', work, keptLog());
    await job.settled();
    const order: string[] = [];
    const running = job.run().then(() => order.push('ran'));
    const settled = job.settled().then(() => order.push('settled'));
    runs[0]?.release();
    await Promise.all([running, settled]);
    expect(order).toEqual(['ran', 'settled']);
  });
});

describe('the heartbeat', () => {
  it('waits at its stop for what is under way', async () => {
    const { runs, work } = heldWork();
    const job = createJob('work', work, keptLog());
    const beat = startHeartbeat([job]);
    void job.run();
    let hasStopped = false;
    const stopped = beat.stop().then(() => {
      hasStopped = true;
    });
    await setImmediate();
    expect(hasStopped).toBe(false);
    runs[0]?.release();
    await stopped;
  });
});
