/** Labelled examples: items in our own words with what careful readers say of them. One JSON line each, in examples/*.jsonl. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { BARRIER_IDS, type BarrierId, DIRECTIONS, RESPONSES } from '../../model.ts';
import { barrierOf } from '../barriers.ts';

const exampleSchema = z
  .strictObject({
    title: z.string().min(1),
    summary: z.string(),
    stream: z.string(),
    date: z.string().nullable(),
    /** Shared by examples about one happening; null for one that stands alone. */
    event: z.string().nullable(),
    language: z.string(),
    relevant: z.boolean(),
    barriers: z.partialRecord(z.enum(BARRIER_IDS), z.enum(DIRECTIONS)),
    mechanisms: z.partialRecord(z.enum(BARRIER_IDS), z.string()),
    responses: z.array(z.enum(RESPONSES)),
    primary: z.enum(BARRIER_IDS).nullable(),
    crisis: z.boolean(),
  })
  .refine(({ relevant, barriers }) => relevant || Object.keys(barriers).length === 0, 'off topic, and yet a barrier')
  .refine(
    ({ barriers, primary }) => primary === null || barriers[primary] !== undefined,
    'the primary barrier is not among the barriers',
  )
  .refine(
    ({ mechanisms }) =>
      BARRIER_IDS.every((id) => mechanisms[id] === undefined || mechanismIds(id).includes(mechanisms[id])),
    'a mechanism of another barrier',
  );

export type Example = Readonly<z.output<typeof exampleSchema>>;

function mechanismIds(barrier: BarrierId): string[] {
  return barrierOf(barrier).mechanisms.map(({ id }) => id);
}

/** Reads a file of examples; throws an Error that names the line of a fault. */
export function parseExamples(text: string, name: string): Example[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return exampleSchema.parse(JSON.parse(line));
    } catch (fault) {
      const message = fault instanceof z.ZodError ? z.prettifyError(fault) : String(fault);
      throw new Error(`${name}, line ${at + 1}: ${message}`, { cause: fault });
    }
  });
}

/** The examples of a folder, file by file in the order of their names. */
export function loadExamples(folder: URL = new URL('../examples/', import.meta.url)): Example[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.sort().flatMap((name) => parseExamples(readFileSync(new URL(name, folder), 'utf8'), name));
}
