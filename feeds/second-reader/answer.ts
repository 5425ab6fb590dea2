/** The answer of a second reader: the closed schema that it is held to, and how it is read. */
import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { BARRIER_IDS, DIRECTIONS } from '../../src/model.ts';
import type { SecondReading } from '../../src/second-reader.ts';

const barrierSchema = z.strictObject({ direction: z.enum(DIRECTIONS), quotes: z.array(z.string()) }).nullable();

const answerSchema = z.strictObject({
  relevant: z.boolean(),
  barriers: z.strictObject({
    'geopolitical-deadlock': barrierSchema,
    'weakened-institutions': barrierSchema,
    'public-private-asymmetry': barrierSchema,
    'knowledge-collapse': barrierSchema,
    'pacing-gap': barrierSchema,
    'ungoverned-militarization': barrierSchema,
  }),
  primary: z.enum(BARRIER_IDS).nullable(),
  crisis: z.boolean(),
});

const { $schema: _, ...jsonSchema } = z.toJSONSchema(answerSchema);

/** The schema for `response_format`, of the kind that strict mode takes: every property required, and no other. */
export const ANSWER_SCHEMA: Readonly<Record<string, unknown>> = jsonSchema;

/** What of a chat completion is read; services add to it as they like. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

/** Reads the body of an answer. Throws WorldError, whose message repeats nothing of it, where it is not what was asked for. */
export function readAnswer(body: string): SecondReading {
  const completion = completionSchema.safeParse(parseJson(body, 'its answer is not JSON'));
  const choice = completion.data?.choices[0];
  if (choice === undefined) throw new WorldError('its answer is no chat completion');
  if (choice.message.refusal) throw new WorldError('it refused to read the item');
  if (choice.finish_reason === 'length') throw new WorldError('its answer broke off');
  const answer = answerSchema.safeParse(parseJson(choice.message.content ?? '', 'what it wrote is not JSON'));
  if (!answer.success) throw new WorldError('what it wrote does not keep to the schema');
  const { relevant, barriers, primary, crisis } = answer.data;
  const named = BARRIER_IDS.flatMap((barrier) => {
    const said = barriers[barrier];
    return said ? [[barrier, said] as const] : [];
  });
  if (!relevant && named.length > 0) throw new WorldError('what it wrote contradicts itself');
  return { relevant, barriers: Object.fromEntries(named), ...(primary ? { primary } : {}), crisis };
}

function parseJson(text: string, fault: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw new WorldError(fault);
    throw thrown;
  }
}
