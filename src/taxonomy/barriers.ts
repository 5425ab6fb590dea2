/** The two essays and their six barriers, as data. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { BARRIER_IDS, type BarrierId, RESPONSES, type Response } from '../model.ts';
import { bestFits } from './names.ts';

const essaySchema = z.strictObject({
  title: z.string().min(1),
  publisher: z.string().min(1),
  published: z.string().min(1),
  address: z.url(),
  thesis: z.string().min(1),
});

const mechanismSchema = z.strictObject({ id: z.string().regex(/^[a-z-]+$/), description: z.string().min(1) });

const barrierSchema = z
  .strictObject({
    id: z.enum(BARRIER_IDS),
    name: z.string().min(1),
    sections: z.array(z.string().regex(/^(CH 2\.[1-4]|AO)$/)).min(1),
    section: z.string(),
    definition: z.string().min(1),
    mechanisms: z.array(mechanismSchema).min(1),
    figures: z.array(z.string()),
    deepens: z.string().min(1),
    eases: z.string().min(1),
    words: z.array(z.string().min(1)).min(1),
  })
  .refine((barrier) => barrier.sections.includes(barrier.section), 'section must be one of sections');

const fileSchema = z.strictObject({
  essays: z.strictObject({ CH: essaySchema, AO: essaySchema }),
  barriers: z
    .array(barrierSchema)
    .refine(
      (barriers) => BARRIER_IDS.every((id, at) => barriers[at]?.id === id) && barriers.length === BARRIER_IDS.length,
      "the six barriers, in the essays' order",
    ),
  responses: z
    .array(z.strictObject({ id: z.enum(RESPONSES), description: z.string().min(1) }))
    .refine((responses) => RESPONSES.every((id, at) => responses[at]?.id === id), 'the four responses, in their order'),
});

/** A barrier of the essays: what it is, how it works, where it is defined, and the words people use for it. */
export type Barrier = Readonly<z.infer<typeof barrierSchema>>;

const file = fileSchema.parse(parse(readFileSync(new URL('./barriers.yaml', import.meta.url), 'utf8')));

/** The essays by the letters that sections start with. */
export const ESSAYS = file.essays;

/** The six barriers, in the essays' order. */
export const BARRIERS: readonly Barrier[] = file.barriers;

const byId = new Map<BarrierId, Barrier>(BARRIERS.map((barrier) => [barrier.id, barrier]));

/** The barrier of an id. */
export function barrierOf(id: BarrierId): Barrier {
  const barrier = byId.get(id);
  if (barrier === undefined) throw new Error(`barriers.yaml has no ${id}`);
  return barrier;
}

/** What a response is, in words. */
export function responseOf(id: Response): string {
  return file.responses.find((each) => each.id === id)?.description ?? id;
}

/** The barriers a person may mean by loose words (a part of the name, "2.1", one letter wrong), best first; empty when none fits. */
export function matchBarriers(words: string): readonly Barrier[] {
  return bestFits(BARRIERS, words);
}
