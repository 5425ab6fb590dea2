/** A run of re-tagging in words, for chat and the command line. */
import { plural } from './plural.ts';
import type { RetagReport, RetagRun } from './retag-report.ts';
import { BARRIERS } from './taxonomy/barriers.ts';
import { showTime } from './time.ts';

/** Where a run stands. */
export function runWords(
  { method, startedAt, finishedAt, report }: RetagRun,
  { done, items }: { readonly done: number; readonly items: number },
  timeZone: string,
): string {
  const changed = `${plural(report.retagged, 'item')} tagged again by ${method}, of which ${report.changed} changed`;
  const when = finishedAt
    ? `Finished ${showTime(finishedAt, timeZone)}`
    : `${done} of ${plural(items, 'item')} looked at`;
  return `${when}, begun ${showTime(startedAt, timeZone)}: ${changed}. Corrections were not touched.`;
}

/** One field a barrier that moved: `+3 added, −1 dropped, 2 turned`. */
export function moveFields({ barriers }: RetagReport): { readonly name: string; readonly value: string }[] {
  return BARRIERS.flatMap(({ id, name }) => {
    const moves = barriers[id];
    if (moves === undefined) return [];
    return [{ name, value: `${moves.added} added, ${moves.dropped} dropped, ${moves.turned} turned` }];
  });
}
