/** Labelled items in the gold format, one JSON line each. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, UserError } from '../errors.ts';
import { BARRIER_IDS, DIRECTIONS } from '../model.ts';
import type { Label } from '../taxonomy/score.ts';

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
  return textOf(path)
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, `${path}, line ${at + 1}`)]));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    throw new UserError(`${path} cannot be read: ${missing ? 'there is no such file' : messageOf(thrown)}`);
  }
}

function readLine(line: string, place: string): GoldItem {
  try {
    const { id, title, summary, ...label } = goldSchema.parse(JSON.parse(line.replace(/^\uFEFF/, '')));
    return { id, title, summary: summary ?? '', label: labelOf(label) };
  } catch (thrown) {
    if (thrown instanceof z.ZodError) throw new UserError(`${place}: ${z.prettifyError(thrown)}`);
    if (thrown instanceof SyntaxError) throw new UserError(`${place}: ${thrown.message}`);
    throw thrown;
  }
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
