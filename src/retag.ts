/** Tags stored items again whose rules are not today's: asked for, in steps, and after a stop on from where it was. */
import { setImmediate } from 'node:timers/promises';
import { createJob } from './heartbeat.ts';
import type { Log } from './log.ts';
import type { Instant, TaggedItem } from './model.ts';
import { finishItems } from './poll.ts';
import type { Clock, Store } from './ports.ts';
import { type RetagReport, type RetagRun, withRetagged } from './retag-report.ts';
import { TAGGER_METHOD, tag } from './taxonomy/tag.ts';

/** So few items at once that look-ups and posts go on in between. */
const STEP = 100;

export interface RetagDependencies {
  readonly store: Store;
  readonly clock: Clock;
  /** Where it aborts, the run stops between two steps. */
  readonly signal?: AbortSignal;
  /** The rules; those of this program where absent. */
  readonly rules?: Rules;
}

/** Something that tags, with its name. */
interface Rules {
  readonly method: string;
  readonly tag: (item: { readonly title: string; readonly summary: string }) => TaggedItem;
}

const TODAY: Rules = { method: TAGGER_METHOD, tag };

/** The run that today's rules ask for: the one under way, else the finished one; undefined where there is none yet. */
export async function runOfToday(
  store: Store,
  { method }: Pick<Rules, 'method'> = TODAY,
): Promise<RetagRun | undefined> {
  const last = await store.lastRetagRun();
  return last?.method === method ? last : undefined;
}

/**
 * Starts a run, or goes on with the one that was stopped; a finished one is returned as it is. Corrections are not touched,
 * and what becomes relevant joins its event at the end. `onStep` hears of every step.
 */
export async function retag(
  { store, clock, signal, rules = TODAY }: RetagDependencies,
  by: string,
  onStep: (run: RetagRun) => void = () => {},
): Promise<RetagRun> {
  let run = (await runOfToday(store, rules)) ?? (await store.startRetagRun(rules.method, by, clock.now()));
  while (run.finishedAt === undefined && !signal?.aborted) {
    run = await retagStep(store, run, rules, clock.now());
    onStep(run);
    await setImmediate();
  }
  if (!signal?.aborted) await finishItems({ store, clock, ...(signal ? { signal } : {}) });
  return run;
}

async function retagStep(store: Store, run: RetagRun, rules: Rules, at: Instant): Promise<RetagRun> {
  const stored = await store.itemsAfter(run.cursor, STEP);
  const tagged = new Map<string, TaggedItem>();
  let report: RetagReport = run.report;
  for (const { item, tagged: before } of stored) {
    if (before.method === rules.method) continue;
    const after = rules.tag(item);
    tagged.set(item.id, after);
    report = withRetagged(report, item, before, after);
  }
  const isLast = stored.length < STEP;
  return store.saveRetagged(run, { tagged, cursor: stored.at(-1)?.cursor ?? run.cursor, report, isLast }, at);
}

/** Re-tagging in the background, never twice at once; a failure is logged, and asking again goes on where it was. */
export function createRetagging(dependencies: RetagDependencies, log: Pick<Log, 'error'>) {
  let asker: string | undefined;
  const job = createJob('re-tagging', async () => asker && retag(dependencies, asker), log);
  return {
    /** False when it is under way. */
    start(by: string): boolean {
      if (asker !== undefined) return false;
      asker = by;
      void job.run().finally(() => {
        asker = undefined;
      });
      return true;
    },
    settled: job.settled,
  };
}
