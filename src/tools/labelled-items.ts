/** Labelled items in the gold format, one JSON line each. */
import { z } from 'zod';
import { BARRIER_IDS, DIRECTIONS } from '../model.ts';
import type { Label } from '../taxonomy/score.ts';
import { readJsonLines } from './json-lines.ts';

const goldSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string().nullish(),
  relevant: z.boolean(),
  barriers: z.partialRecord(z.enum(BARRIER_IDS), z.enum(DIRECTIONS)),
  primary: z.enum(BARRIER_IDS).nullish(),
  crisis: z.boolean(),
});

/** An item with what people said of it. */
export interface GoldItem {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly label: Label;
}

/** Reads a file; throws UserError that names the line of a fault. */
export function readGold(path: string): GoldItem[] {
  return readJsonLines(path, goldSchema).map(({ id, title, summary, ...label }) => ({
    id,
    title,
    summary: summary ?? '',
    label: labelOf(label),
  }));
}

/** A label as the scores take it. */
export function labelOf({
  relevant,
  barriers,
  primary,
  crisis,
}: Pick<z.output<typeof goldSchema>, 'relevant' | 'barriers' | 'primary' | 'crisis'>): Label {
  const given = Object.fromEntries(Object.entries(barriers).filter(([, direction]) => direction !== undefined));
  return { relevant, crisis, barriers: given, ...(primary ? { primary } : {}) };
}
