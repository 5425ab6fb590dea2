/** What moved when stored items were tagged again by other rules: counted, with examples. Pure. */
import { judgementWords } from './judgement.ts';
import type { BarrierId, Instant, TaggedItem, Tagging } from './model.ts';

const EXAMPLES = 10;

/** How often a barrier was added to an item, dropped from one, or turned to another direction. */
interface BarrierMoves {
  readonly added: number;
  readonly dropped: number;
  readonly turned: number;
}

/** One item whose tags moved, in words. */
interface RetagExample {
  readonly itemId: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** What a run has done so far. */
export interface RetagReport {
  /** Items that other rules had tagged. */
  readonly retagged: number;
  /** Those of them whose relevance, barriers, directions, primary barrier or crisis flag moved. */
  readonly changed: number;
  readonly barriers: Readonly<Partial<Record<BarrierId, BarrierMoves>>>;
  readonly examples: readonly RetagExample[];
}

/** One pass over all stored items. */
export interface RetagRun {
  readonly number: number;
  /** Whose rules it tags with, such as `rules@2`. */
  readonly method: string;
  readonly startedBy: string;
  readonly startedAt: Instant;
  /** Absent while items are left. */
  readonly finishedAt?: Instant;
  /** The place of the last item that was looked at. */
  readonly cursor: number;
  readonly report: RetagReport;
}

export const EMPTY_REPORT: RetagReport = { retagged: 0, changed: 0, barriers: {}, examples: [] };

/** The report with one more item in it. */
export function withRetagged(
  report: RetagReport,
  item: { readonly id: string; readonly title: string },
  before: TaggedItem,
  after: TaggedItem,
): RetagReport {
  const retagged = report.retagged + 1;
  const [was, is] = [judgementWords(before), judgementWords(after)];
  if (was === is) return { ...report, retagged };
  const example = { itemId: item.id, title: item.title, before: was, after: is };
  return {
    retagged,
    changed: report.changed + 1,
    barriers: withMoves(report.barriers, before.taggings, after.taggings),
    examples: report.examples.length < EXAMPLES ? [...report.examples, example] : report.examples,
  };
}

function withMoves(
  known: RetagReport['barriers'],
  before: readonly Tagging[],
  after: readonly Tagging[],
): RetagReport['barriers'] {
  const moves = { ...known };
  const count = (barrier: BarrierId, kind: keyof BarrierMoves) => {
    const { added, dropped, turned } = moves[barrier] ?? { added: 0, dropped: 0, turned: 0 };
    const counts = { added, dropped, turned };
    counts[kind] += 1;
    moves[barrier] = counts;
  };
  for (const { barrier, direction } of after) {
    const former = before.find((each) => each.barrier === barrier);
    if (former === undefined) count(barrier, 'added');
    else if (former.direction !== direction) count(barrier, 'turned');
  }
  for (const { barrier } of before) if (!after.some((each) => each.barrier === barrier)) count(barrier, 'dropped');
  return moves;
}
