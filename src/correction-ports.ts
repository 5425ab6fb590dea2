/** The ports to corrections and to tagging stored items again. Part of src/ports.ts in all but place. */
import type { Change, CorrectedItem, Correction, CorrectionDraft, Instant, Item, TaggedItem } from './model.ts';
import type { RetagReport, RetagRun } from './retag-report.ts';

/** What an admin does with a correction; `undo` restores what held before it was confirmed or refused. */
export type Decision = 'confirm' | 'refuse' | 'undo';

/** Corrections of tags, each of one workspace. Every step makes a line in the audit trail in the same step. */
export interface CorrectionStore {
  /** Keeps a proposal. Throws when a quote is not in the item's stored text, or the workspace lists no such item. */
  proposeCorrection(workspaceId: string, draft: CorrectionDraft, at: Instant): Promise<Correction>;
  /**
   * Confirms or refuses a proposal, or undoes either: a refused one is open again, one in force gives way to the one that it
   * replaced, else to the rules. Undefined when its state does not allow it.
   */
  decideCorrection(
    workspaceId: string,
    number: number,
    decision: Decision,
    actor: string,
    at: Instant,
  ): Promise<Correction | undefined>;
  findCorrection(workspaceId: string, number: number): Promise<Correction | undefined>;
  /** The newest first: proposals that wait, or those that were decided, by when they were. */
  corrections(workspaceId: string, which: 'open' | 'decided', limit: number): Promise<Correction[]>;
  /** All corrections in force of items on the list, the oldest first. */
  correctedItems(workspaceId: string): Promise<CorrectedItem[]>;
  /** The ids of the workspaces that have corrections in force, in order. */
  correctedWorkspaces(): Promise<string[]>;
  /** The steps of corrections in the audit trail, newest first; `history` holds all others. */
  correctionHistory(workspaceId: string, limit: number): Promise<Change[]>;
}

/** Items to be tagged by other rules than before. Corrections are never touched. */
export interface RetagStore {
  /** The newest run; undefined before the first. */
  lastRetagRun(): Promise<RetagRun | undefined>;
  /** Begins a run before the first item. */
  startRetagRun(method: string, by: string, at: Instant): Promise<RetagRun>;
  /** Tagged items after the cursor in the order they were stored, with what was said of them; those that wait to be tagged are left out. */
  itemsAfter(cursor: number, limit: number): Promise<readonly StoredTagging[]>;
  /**
   * Stores what the rules say now and how far the run came, in one step; an item whose text changed since is left as it is.
   * With `isLast` the run is finished.
   */
  saveRetagged(run: RetagRun, step: RetagStep, at: Instant): Promise<RetagRun>;
  /** How many items there are, and how many of them a run with this cursor has looked at. */
  retagProgress(cursor: number): Promise<{ readonly done: number; readonly items: number }>;
}

/** An item with what is stored of its tagging; `cursor` names its place. */
export interface StoredTagging {
  readonly cursor: number;
  readonly item: Item;
  readonly tagged: TaggedItem;
}

/** One step of a run. */
export interface RetagStep {
  readonly tagged: ReadonlyMap<string, TaggedItem>;
  readonly cursor: number;
  readonly report: RetagReport;
  readonly isLast: boolean;
}
