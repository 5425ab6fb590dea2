/** Keeps the stored data in order: forgets what nobody needs, backs up once a day, and stands still while nothing can be stored. */
import { setImmediate } from 'node:timers/promises';
import type { Config } from './config.ts';
import { messageOf, StoreError, WorldError } from './errors.ts';
import type { Log } from './log.ts';
import type { Instant } from './model.ts';
import type { RevisionStore } from './revision.ts';
import { DAY, plus } from './time.ts';

/** How the store keeps its own data. */
export interface KeepingStore {
  /**
   * Forgets the text of at most `limit` items that are off topic and were fetched before `before`, and resolves with how many
   * they were. Title, link, date and identity stay, so that such an entry is never new again; an edit brings its text back.
   */
  forgetTexts(before: Instant, limit: number): Promise<number>;
  /** What keeps the store from working, after trying again; undefined when nothing does. */
  trouble(): Promise<StoreError | undefined>;
  /** How the last daily backup went, and when the next is due (absent: now); undefined where the store has no file to copy. */
  backupState(): Promise<BackupState | undefined>;
  /** Makes the daily backup, deletes older daily ones beyond the newest `kept`, and notes when the next is due; throws WorldError. */
  backUpDaily(at: Instant, kept: number): Promise<void>;
}

/** The state of daily backups. */
interface BackupState {
  /** When the newest was made; absent before the first. */
  readonly at?: Instant;
  /** Why the last try failed; absent when it did not. */
  readonly error?: string;
  readonly nextAt?: Instant;
}

/** The settings of what is kept. */
type KeepingSettings = Pick<Config, 'KEEP_OFF_TOPIC_DAYS' | 'KEEP_BACKUPS'>;

/** So many texts, or compositions, are forgotten in one step, which takes a few milliseconds. */
const STEP = 25;

/** After so many steps the rest waits for the next beat, so that a first run over years of items holds up nothing. */
const STEPS = 80;

export interface KeepingDependencies {
  readonly store: KeepingStore & Pick<RevisionStore, 'forgetCompositions'>;
  readonly clock: { now(): Instant };
  readonly log: Pick<Log, 'warn'>;
  readonly settings: KeepingSettings;
  readonly signal: AbortSignal;
}

/** Does what is due now. */
export async function keepInOrder(dependencies: KeepingDependencies): Promise<void> {
  const { store, clock, settings } = dependencies;
  const now = clock.now();
  const before = plus(now, -settings.KEEP_OFF_TOPIC_DAYS * DAY);
  if (settings.KEEP_OFF_TOPIC_DAYS > 0) await inSteps(dependencies, () => store.forgetTexts(before, STEP));
  await inSteps(dependencies, () => store.forgetCompositions(now, STEP));
  await backUpWhenDue(dependencies);
}

/** Repeats a step until it finds less to do than it may. */
async function inSteps({ signal }: Pick<KeepingDependencies, 'signal'>, step: () => Promise<number>): Promise<void> {
  for (let made = 0; made < STEPS && !signal.aborted; made++) {
    if ((await step()) < STEP) return;
    // Commands are answered between the steps.
    await setImmediate();
  }
}

async function backUpWhenDue({ store, clock, log, settings, signal }: KeepingDependencies): Promise<void> {
  if (settings.KEEP_BACKUPS === 0 || signal.aborted) return;
  const state = await store.backupState();
  const now = clock.now();
  if (state === undefined || (state.nextAt !== undefined && state.nextAt > now)) return;
  try {
    await store.backUpDaily(now, settings.KEEP_BACKUPS);
  } catch (thrown) {
    if (!(thrown instanceof WorldError)) throw thrown;
    log.warn({ reason: messageOf(thrown) }, 'the daily backup failed');
  }
}

/** Work that rests while the store is in trouble: nothing is read or sent that could not be noted. */
export function whileStorable<Result>(
  store: Pick<KeepingStore, 'trouble'>,
  work: () => Promise<Result>,
): () => Promise<Result | undefined> {
  return async () => ((await store.trouble()) === undefined ? work() : undefined);
}

/** The result of `work`; `otherwise`, with a line in the log, where the store is in trouble by then. */
export async function unlessInTrouble<Result>(
  work: Promise<Result | undefined>,
  otherwise: Result,
  log: Pick<Log, 'error'>,
): Promise<Result> {
  try {
    return (await work) ?? otherwise;
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
    log.error({ err: thrown }, thrown.message);
    return otherwise;
  }
}
