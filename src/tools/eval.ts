/**
 * `npm run eval -- --gold FILE [--json]`, `npm run eval -- --examples`: scores the tagger against items that people labelled; with
 * `--events` the events.
 */
import { parseArgs } from 'node:util';
import { messageOf, UserError } from '../errors.ts';
import { BARRIER_IDS } from '../model.ts';
import { unseenTaggers } from '../taxonomy/learned/cross-validate.ts';
import { loadExamples } from '../taxonomy/learned/examples.ts';
import { type Agreement, type Judged, type Score, type Share, score } from '../taxonomy/score.ts';
import { KNOWLEDGE, tag, WEIGHTS } from '../taxonomy/tag.ts';
import { evaluateEvents } from './eval-events.ts';
import { labelOf, readGold } from './labelled-items.ts';

/** What is scored, and how honestly. */
interface Judging {
  readonly judged: readonly Judged[];
  /** So many of them were judged by weights that did not see them, since they are among the examples. */
  readonly unseen: number;
}

/** Items that the weights were learned from are judged by weights learned without them. */
function judgeGold(path: string): Judging {
  const unseen = unseenTaggers(loadExamples(), KNOWLEDGE, WEIGHTS);
  const gold = readGold(path);
  const judged = gold.map((item) => ({ ...item, tagged: (unseen.find(item) ?? tag)(item) }));
  return { judged, unseen: gold.filter((item) => unseen.find(item) !== undefined).length };
}

/** The examples themselves, cross-validated. */
function judgeExamples(): Judging {
  const examples = loadExamples();
  const unseen = unseenTaggers(examples, KNOWLEDGE, WEIGHTS);
  const judged = examples.map((example, at) => ({
    id: `example ${at + 1}`,
    title: example.title,
    summary: example.summary,
    label: labelOf(example),
    tagged: (unseen.find(example) ?? tag)(example),
  }));
  return { judged, unseen: judged.length };
}

function report(scored: Score, unseen: number): string {
  const lines = [
    `${scored.items} items${unseen > 0 ? `; ${unseen} of them are among the examples, and were judged by weights learned without them` : ''}`,
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
    `quotes that are there   ${shareText(scored.quotes)}`,
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
    options: {
      gold: { type: 'string' },
      examples: { type: 'boolean', default: false },
      events: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.gold === undefined && !values.examples)
    throw new UserError(
      'Name the labelled items: npm run eval -- --gold FILE [--json], or --examples for those the weights were learned from.',
    );
  if (values.events) {
    if (values.gold === undefined || values.examples)
      throw new UserError('Events are measured on labelled items: npm run eval -- --events --gold FILE [--json].');
    return void process.stdout.write(evaluateEvents(values.gold, values.json));
  }
  const { judged, unseen } = values.gold === undefined ? judgeExamples() : judgeGold(values.gold);
  const scored = score(judged);
  process.stdout.write(values.json ? `${JSON.stringify({ ...scored, unseen }, null, 2)}\n` : report(scored, unseen));
}

try {
  run();
} catch (thrown) {
  const isUsage = thrown instanceof UserError || (thrown instanceof TypeError && 'code' in thrown);
  if (!isUsage) throw thrown;
  process.stderr.write(`${messageOf(thrown)}\n`);
  process.exitCode = 1;
}
