/** `npm run eval -- --gold FILE [--json]`: scores the tagger against items that people labelled. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { messageOf, UserError } from '../errors.ts';
import { BARRIER_IDS, DIRECTIONS } from '../model.ts';
import { type Agreement, type Judged, type Score, type Share, score } from '../taxonomy/score.ts';
import { tag } from '../taxonomy/tag.ts';
import { evaluateEvents } from './eval-events.ts';

const goldSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string().nullish(),
  relevant: z.boolean(),
  barriers: z.partialRecord(z.enum(BARRIER_IDS), z.enum(DIRECTIONS)),
  primary: z.enum(BARRIER_IDS).nullish(),
  crisis: z.boolean(),
});

function readGold(path: string): Judged[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    throw new UserError(`${path} cannot be read: ${missing ? 'there is no such file' : messageOf(thrown)}`);
  }
  return text
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [judgeLine(line, `${path}, line ${at + 1}`)]));
}

function judgeLine(line: string, place: string): Judged {
  try {
    const { id, title, summary, primary, ...rest } = goldSchema.parse(JSON.parse(line.replace(/^\uFEFF/, '')));
    const label = { relevant: rest.relevant, crisis: rest.crisis, barriers: definedOf(rest.barriers) };
    return {
      id,
      title,
      label: primary === undefined || primary === null ? label : { ...label, primary },
      tagged: tag({ title, summary: summary ?? '' }),
    };
  } catch (thrown) {
    if (thrown instanceof z.ZodError) throw new UserError(`${place}: ${z.prettifyError(thrown)}`);
    if (thrown instanceof SyntaxError) throw new UserError(`${place}: ${thrown.message}`);
    throw thrown;
  }
}

function definedOf(barriers: z.infer<typeof goldSchema>['barriers']): Judged['label']['barriers'] {
  return Object.fromEntries(Object.entries(barriers).filter(([, direction]) => direction !== undefined));
}

function report(scored: Score): string {
  const lines = [
    `${scored.items} items`,
    '',
    'barrier                     precision  recall      F1   hits extra missed',
    ...BARRIER_IDS.map((id) => `${id.padEnd(28)}${ratesOf(scored.barriers[id])}`),
    '',
    `macro F1                ${fixed(scored.macroF1)}`,
    `micro F1                ${fixed(scored.microF1)}`,
    `direction, if matched   ${shareText(scored.direction)}`,
    `relevance               ${ratesOf(scored.relevance)}`,
    `irrelevant recognised   ${shareText(scored.irrelevant)}`,
    `primary                 ${shareText(scored.primary)}`,
    `crisis                  ${ratesOf(scored.crisis)}`,
    '',
    'confidence   right',
    ...scored.calibration.map((bin) => `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}      ${shareText(bin)}`),
    '',
    'worst misses',
    ...scored.misses.flatMap((miss) => [`${miss.id}  ${miss.title}`, ...miss.faults.map((fault) => `    ${fault}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function ratesOf(agreed: Agreement): string {
  const counts = [agreed.hits, agreed.extra, agreed.missed].map((count) => String(count).padStart(6)).join('');
  return `${fixed(agreed.precision).padStart(9)}${fixed(agreed.recall).padStart(8)}${fixed(agreed.f1).padStart(8)} ${counts}`;
}

function shareText({ share, right, of }: Share): string {
  return `${fixed(share)} (${right} of ${of})`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}

function run(): void {
  const { values } = parseArgs({
    options: { gold: { type: 'string' }, json: { type: 'boolean', default: false }, events: { type: 'boolean' } },
  });
  if (values.gold === undefined) throw new UserError('Name the labelled items: npm run eval -- --gold FILE [--json]');
  if (values.events) return void process.stdout.write(evaluateEvents(values.gold, values.json));
  const scored = score(readGold(values.gold));
  process.stdout.write(values.json ? `${JSON.stringify(scored, null, 2)}\n` : report(scored));
}

try {
  run();
} catch (thrown) {
  const isUsage = thrown instanceof UserError || (thrown instanceof TypeError && 'code' in thrown);
  if (!isUsage) throw thrown;
  process.stderr.write(`${messageOf(thrown)}\n`);
  process.exitCode = 1;
}
