/** `npm run train [-- --check]`: learns the tagger's weights from the labelled examples, the same file for the same data. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../taxonomy/knowledge.ts';
import { unseenLogits } from '../taxonomy/learned/cross-validate.ts';
import { loadExamples } from '../taxonomy/learned/examples.ts';
import { learnWeights } from '../taxonomy/learned/learn.ts';
import { rowsOf } from '../taxonomy/learned/rows.ts';
import { confidenceFor, thresholdsOf } from '../taxonomy/learned/thresholds.ts';
import type { WeightsFile } from '../taxonomy/learned/weights.ts';

const FILE = new URL('../taxonomy/learned/weights.json', import.meta.url);

function learn(): WeightsFile {
  const knowledge = loadKnowledge();
  const examples = loadExamples();
  const rows = rowsOf(examples, knowledge);
  const logits = unseenLogits(rows, knowledge);
  const confidence = confidenceFor(examples, logits);
  return { ...learnWeights(rows), thresholds: thresholdsOf(examples, logits, confidence), confidence };
}

/** One feature a line, so that two versions can be compared. */
function write({ features, ...rest }: WeightsFile): string {
  const head = Object.entries(rest).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},\n`);
  const lines = Object.entries(features).map(([name, pairs]) => `${JSON.stringify(name)}:${JSON.stringify(pairs)}`);
  return `{\n${head.join('')}"features":{\n${lines.join(',\n')}\n}}\n`;
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const text = write(learn());
if (!values.check) {
  writeFileSync(FILE, text);
  process.stdout.write(`Wrote src/taxonomy/learned/weights.json, ${Math.round(text.length / 1024)} KB.\n`);
} else if (text === readFileSync(FILE, 'utf8'))
  process.stdout.write('The weights are those of the examples and the knowledge.\n');
else {
  process.stderr.write('The weights are older than the examples or the knowledge: npm run train\n');
  process.exitCode = 1;
}
