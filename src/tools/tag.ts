/** `npm run -s tag`: tags items given as JSON lines on standard input, one line out for each, in order. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { tag } from '../taxonomy/tag.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string().nullish(),
  summary: z.string().nullish(),
});

/** The written form of one item: offsets are UTF-16 units of the field as given. Throws when the line is no item. */
function tagLine(line: string): string {
  const item = lineSchema.parse(JSON.parse(line));
  const tagged = tag({ title: item.title ?? '', summary: item.summary ?? '' });
  return JSON.stringify({
    id: item.id,
    relevant: tagged.relevant,
    taggings: tagged.taggings.map(({ barrier, direction, confidence, evidence }) => ({
      barrier,
      direction,
      confidence,
      evidence,
    })),
    primary: tagged.primary ?? null,
    crisis: tagged.crisis,
  });
}

function faultOf(thrown: unknown): string {
  if (!(thrown instanceof z.ZodError)) return messageOf(thrown);
  return thrown.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ');
}

async function run(): Promise<void> {
  let number = 0;
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const line = (number === 1 ? raw.replace(/^\uFEFF/, '') : raw).trim();
    if (line === '') continue;
    let written: string;
    try {
      written = tagLine(line);
    } catch (thrown) {
      process.stderr.write(`line ${number}: ${faultOf(thrown)}\n`);
      process.exitCode = 1;
      continue;
    }
    if (!process.stdout.write(`${written}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

// A reader such as `head` that has seen enough closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
await run();
