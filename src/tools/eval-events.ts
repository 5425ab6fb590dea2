/** `npm run eval -- --events --gold FILE [--json]`: groups labelled items into events and scores the result. */
import { z } from 'zod';
import { type EventScore, type ItemPair, scoreEvents } from '../event-score.ts';
import { createGrouping } from '../group.ts';
import { readJsonLines } from './json-lines.ts';

const SHOWN = 12;

const itemSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string().nullish(),
  url: z.string().nullish(),
  /** A day, a month, a year, or nothing where the date is not known. */
  date: z
    .string()
    .regex(/^\d{4}(-\d\d){0,2}$/)
    .nullish(),
  /** Absent where the item stands alone. */
  event: z.string().nullish(),
});

/** Reads labelled items, one JSON object a line, and returns the report; throws UserError where the file will not do. */
export function evaluateEvents(path: string, asJson: boolean): string {
  const scored = scoreFile(path);
  return asJson ? `${JSON.stringify(scored, null, 2)}\n` : report(scored);
}

function scoreFile(path: string): EventScore {
  const items = readJsonLines(path, itemSchema);
  const grouping = createGrouping();
  grouping.learn(
    items.map(({ id, title, summary, url, date }) => ({
      ...{ id, title, summary: summary ?? '', occurredAt: date ?? '' },
      ...(url ? { url } : {}),
    })),
  );
  const found = grouping.assign(items.map(({ id }) => id));
  return scoreEvents(
    items.map(({ id, title, event }) => ({ id, title, found: found.get(id) ?? id, ...(event ? { event } : {}) })),
  );
}

function report({ items, precision, recall, f1, wrongJoins, missedJoins }: EventScore): string {
  const lines = [
    `${items} items, B-cubed`,
    `precision  ${precision.toFixed(3)}`,
    `recall     ${recall.toFixed(3)}`,
    `F1         ${f1.toFixed(3)}`,
    ...pairLines('joined, but labelled apart', wrongJoins),
    ...pairLines('kept apart, but labelled one event', missedJoins),
  ];
  return `${lines.join('\n')}\n`;
}

function pairLines(name: string, pairs: readonly ItemPair[]): string[] {
  const lines = pairs
    .slice(0, SHOWN)
    .flatMap(({ one, other }) => [`${one.id}  ${one.title}`, `    ${other.id}  ${other.title}`]);
  const more = pairs.length > SHOWN ? [`… ${pairs.length - SHOWN} more pairs`] : [];
  return ['', `${name}: ${pairs.length} pairs`, ...lines, ...more];
}
