/** The learned weights: read from their file, and summed up over the features of an item. */
import { z } from 'zod';
import { type FeatureKind, keyOfName } from '../features.ts';
import { RULE_SUMS, type RuleSums } from '../rules.ts';
import { PlaceTable } from './place-table.ts';
import { TARGETS } from './targets.ts';

/** Weights as their file holds them: of each feature, pairs of a target's place and a weight in thousandths. */
const weightsSchema = z.strictObject({
  targets: z.array(z.string()),
  bias: z.array(z.number()),
  /** From this logit on a target is said to hold. */
  thresholds: z.array(z.number()),
  /** Confidence is 1 / (1 + exp(-(slope * logit + offset))), fitted to examples that the weights did not see. */
  confidence: z.strictObject({ slope: z.number(), offset: z.number() }),
  sums: z.record(z.string(), z.array(z.number())),
  features: z.record(z.string(), z.array(z.number().int())),
});
export type WeightsFile = z.output<typeof weightsSchema>;

/** In the file weights are whole numbers of this share. */
export const SCALE = 1000;

/** Weights ready to be summed up. */
export interface Weights {
  readonly bias: Float64Array;
  readonly thresholds: Float64Array;
  readonly confidence: WeightsFile['confidence'];
  /** Row by row of RULE_SUMS. */
  readonly sums: Float64Array;
  /** By a feature's number: its place in `starts`. */
  readonly places: PlaceTable;
  /** What each feature is called. */
  readonly names: readonly string[];
  /** What each feature says, in words for people. */
  readonly rules: readonly string[];
  /** Where a feature's weights start in `targets` and `values`; one more than there are features. */
  readonly starts: Int32Array;
  readonly targets: Uint8Array;
  readonly values: Float64Array;
}

/** Checks and compiles a file of weights; throws an Error where it is made for other targets or rules. */
export function compileWeights(data: unknown): Weights {
  const file = weightsSchema.parse(data);
  if (file.targets.join() !== TARGETS.join()) throw new Error('the weights are for other targets: npm run train');
  if (Object.keys(file.sums).join() !== RULE_SUMS.join())
    throw new Error('the weights are for other rules: npm run train');
  const entries = Object.entries(file.features);
  const size = entries.reduce((sum, [, pairs]) => sum + pairs.length / 2, 0);
  const starts = new Int32Array(entries.length + 1);
  const targets = new Uint8Array(size);
  const values = new Float64Array(size);
  const places = new PlaceTable(entries.length);
  let at = 0;
  for (const [place, [name, pairs]] of entries.entries()) {
    places.set(keyOfName(name), place);
    for (let pair = 0; pair < pairs.length; pair += 2) {
      targets[at] = pairs[pair] ?? 0;
      values[at] = (pairs[pair + 1] ?? 0) / SCALE;
      at += 1;
    }
    starts[place + 1] = at;
  }
  return {
    bias: Float64Array.from(file.bias),
    thresholds: Float64Array.from(file.thresholds),
    confidence: file.confidence,
    sums: Float64Array.from(Object.values(file.sums).flat()),
    places,
    names: entries.map(([name]) => name),
    rules: entries.map(([name]) => ruleOf(name)),
    starts,
    targets,
    values,
  };
}

/** The features of an item that have weights, side by side; only the first `count` are of this item. */
export interface Hits {
  count: number;
  /** Places of features among the weights. */
  readonly places: Int32Array;
  /** The words that show them (see FeatureSink). */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kinds: FeatureKind[];
}

/** The logarithms of the odds of the targets `[from, to)`, one after the other. */
export function logits(weights: Weights, sums: RuleSums, hits: Hits, from: number, to: number): Float64Array {
  const made = weights.bias.slice(from, to);
  addSums(made, weights, sums, from);
  addHits(made, weights, hits, from);
  return made;
}

function addSums(made: Float64Array, weights: Weights, sums: RuleSums, from: number): void {
  for (let row = 0; row < sums.length; row += 1) {
    const sum = sums[row] ?? 0;
    if (sum === 0) continue;
    const start = row * weights.bias.length + from;
    for (let at = 0; at < made.length; at += 1) made[at] = (made[at] ?? 0) + sum * (weights.sums[start + at] ?? 0);
  }
}

function addHits(made: Float64Array, { starts, targets, values }: Weights, hits: Hits, from: number): void {
  const share = shareOf(hits.count);
  for (let hit = 0; hit < hits.count; hit += 1) {
    const place = hits.places[hit] ?? 0;
    const end = starts[place + 1] ?? 0;
    for (let at = starts[place] ?? 0; at < end; at += 1) {
      const target = (targets[at] ?? 0) - from;
      // A feature's targets stand in their order.
      if (target >= made.length) break;
      if (target >= 0) made[target] = (made[target] ?? 0) + share * (values[at] ?? 0);
    }
  }
}

/** What one of so many features counts: long texts hold more words and are no surer. */
export function shareOf(features: number): number {
  return features === 0 ? 0 : 2 / Math.sqrt(features + 8);
}

/** Nothing is certain. */
const SUREST = 0.99;

/** How likely a tagging is right, in hundredths of 1, by the logit of its barrier. */
export function confidenceOf({ confidence: { slope, offset } }: Pick<Weights, 'confidence'>, logit: number): number {
  return Math.min(SUREST, Math.round(100 / (1 + Math.exp(-(slope * logit + offset)))) / 100);
}

/** True where a target's logit is enough to say that it holds. */
export function holds({ thresholds }: Pick<Weights, 'thresholds'>, target: number, logit: number): boolean {
  return logit >= (thresholds[target] ?? 0);
}

/** What a feature of this name says, in words for people. */
function ruleOf(name: string): string {
  const [kind, one, other] = name.split(' ');
  if (kind === 'class') return `a word for ${one}`;
  return kind === 'classes' ? `${one}, then ${other}` : 'the wording';
}
