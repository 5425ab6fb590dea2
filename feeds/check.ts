/** Reads each source of the catalogue once, as a first poll would, and tells how it went; stores nothing. */
import { messageOf, UserError, WorldError } from '../src/errors.ts';
import type { Clock, FeedReader } from '../src/ports.ts';
import { forEachOf } from '../src/workers.ts';
import type { CatalogueEntry } from './catalogue.ts';

const AT_ONCE = 16;
const LONGEST_ERROR = 120;

/** How one source did. */
export interface SourceCheck {
  readonly entry: CatalogueEntry;
  readonly outcome: 'read' | 'empty' | 'failed';
  readonly items: number;
  /** The latest date among the items; absent where none has one. */
  readonly newest?: string;
  readonly milliseconds: number;
  /** In words; absent unless it failed. */
  readonly error?: string;
}

/** Reads the sources, several at once; the answers are in the order of the entries. */
export async function checkSources(
  { reader, clock, signal }: { readonly reader: FeedReader; readonly clock: Clock; readonly signal: AbortSignal },
  entries: readonly CatalogueEntry[],
): Promise<SourceCheck[]> {
  const checks = new Map<CatalogueEntry, SourceCheck>();
  await forEachOf(
    entries,
    AT_ONCE,
    async (entry) => {
      const start = Date.parse(clock.now());
      const check = await readSource(reader, entry, signal);
      checks.set(entry, { entry, ...check, milliseconds: Date.parse(clock.now()) - start });
    },
    () => signal.aborted,
  );
  return entries.flatMap((entry) => checks.get(entry) ?? []);
}

type Result = Omit<SourceCheck, 'entry' | 'milliseconds'>;

async function readSource(reader: FeedReader, { kind, url }: CatalogueEntry, signal: AbortSignal): Promise<Result> {
  try {
    const reading = await reader.read({ kind, url }, signal);
    const items = reading.outcome === 'changed' ? reading.items : [];
    const dates = items.map(({ publishedAt }) => publishedAt).filter((date) => date !== undefined);
    const newest = dates.sort().at(-1);
    return { outcome: items.length > 0 ? 'read' : 'empty', items: items.length, ...(newest ? { newest } : {}) };
  } catch (thrown) {
    if (!(thrown instanceof WorldError || thrown instanceof UserError)) throw thrown;
    return { outcome: 'failed', items: 0, error: messageOf(thrown) };
  }
}

const COLUMNS = ['id', 'kind', 'default', 'outcome', 'items', 'newest', 'time', 'error'];

/** The checks as lines of a table, with a line that sums them up. */
export function checkTable(checks: readonly SourceCheck[]): string[] {
  const rows = [COLUMNS, ...checks.map(rowOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const count = (outcome: SourceCheck['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  return [...lines, `${count('read')} of ${checks.length} read, ${count('empty')} empty, ${count('failed')} failed`];
}

function rowOf({ entry, outcome, items, newest, milliseconds, error }: SourceCheck): string[] {
  const fault = (error ?? '').replace(/\s+/g, ' ').slice(0, LONGEST_ERROR);
  return [
    ...[entry.id, entry.kind, entry.enabled ? 'on' : 'off', outcome, String(items)],
    ...[newest?.slice(0, 16).replace('T', ' ') ?? '', `${milliseconds} ms`, fault],
  ];
}
