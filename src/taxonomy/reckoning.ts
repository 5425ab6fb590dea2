/** One item reckoned up: the odds of every target, and what counted for and against each. */
import { FeatureFinder, type FeatureKind } from './features.ts';
import type { Knowledge } from './knowledge.ts';
import { ALWAYS, type Choice } from './learned/targets.ts';
import { type Hit, logits, shareOf, type Weights } from './learned/weights.ts';
import type { Stretch } from './pattern.ts';
import { type Finding, type ItemReading, readItem, type Text } from './reading.ts';
import { RULE_SUMS, type RuleSums, ruleSums, type SumName, weightOf } from './rules.ts';

/** One thing that counted for a target (or against it, where its weight is negative): words of the item, or a frame. */
export type Counted = { readonly weight: number } & (
  | { readonly kind: Exclude<FeatureKind, 'frame' | 'denied'>; readonly stretch: Stretch; readonly rule: string }
  | { readonly kind: 'frame'; readonly finding: Finding }
);

const NO_CHOICE: Choice = { from: 0, answers: [] };

/** Reckons items with one body of knowledge and the weights learned on it. */
export class Reckoner {
  readonly #knowledge: Knowledge;
  readonly #weights: Weights;
  readonly #finder: FeatureFinder;
  /** By a feature's place: the item it was last met in, so that each counts once an item. */
  readonly #met: Int32Array;
  #item = 0;

  constructor(knowledge: Knowledge, weights: Weights) {
    this.#knowledge = knowledge;
    this.#weights = weights;
    this.#finder = new FeatureFinder(knowledge, weights.names);
    this.#met = new Int32Array(weights.rules.length);
  }

  /** To be used before the next item is reckoned. */
  reckon(item: Text): Reckoning {
    const reading = readItem(item, this.#knowledge);
    this.#item = (this.#item + 1) | 0;
    const hits: Hit[] = [];
    this.#finder.find(reading, (key, from, to, kind) => {
      const place = this.#weights.places.get(key);
      if (place === undefined || this.#met[place] === this.#item) return;
      this.#met[place] = this.#item;
      hits.push({ place, from, to, kind });
    });
    return new Reckoning(reading, hits, this.#weights);
  }
}

/** The odds of one item's targets, with their reasons. */
export class Reckoning {
  readonly reading: ItemReading;
  readonly #sums: RuleSums;
  readonly #hits: readonly Hit[];
  readonly #weights: Weights;
  readonly #logits: Float64Array;

  constructor(reading: ItemReading, hits: readonly Hit[], weights: Weights) {
    this.reading = reading;
    this.#sums = ruleSums(reading.findings);
    this.#hits = hits;
    this.#weights = weights;
    this.#logits = logits(weights, this.#sums, hits, 0, ALWAYS);
  }

  /** The logarithm of the odds of a target that is asked of every item. */
  logit(target: number): number {
    return this.#logits[target] ?? 0;
  }

  /** The logarithms of the odds of a choice's answers. */
  logitsOf({ from, answers }: Choice): Float64Array {
    return logits(this.#weights, this.#sums, this.#hits, from, from + answers.length);
  }

  /** The likeliest answer of a choice, by its place among the answers. */
  likeliest(choice: Choice = NO_CHOICE): number {
    const odds = this.logitsOf(choice);
    return odds.indexOf(Math.max(...odds));
  }

  /** What counted at least so much for or against a target, in no order; `sum` is what the frames that speak of it add up to. */
  counted(target: number, sum: SumName, least = 0): Counted[] {
    const { findings } = this.reading;
    const frames = new Map<Finding, number>();
    const perWeight = this.#weights.sums[RULE_SUMS.indexOf(sum) * this.#weights.bias.length + target] ?? 0;
    for (const finding of findings)
      if (finding.frame.subject === sum && weightOf(finding) !== 0) frames.set(finding, weightOf(finding) * perWeight);
    const counted: Counted[] = [];
    const share = shareOf(this.#hits.length);
    for (const { place, from, to, kind } of this.#hits) {
      const weight = share * this.#weightOf(place, target);
      if (weight === 0 || (weight < least && weight > -least)) continue;
      if (kind !== 'frame' && kind !== 'denied') {
        counted.push({ weight, kind, stretch: { from, to }, rule: this.#weights.rules[place] ?? '' });
        continue;
      }
      const finding = findings[from];
      if (finding !== undefined) frames.set(finding, (frames.get(finding) ?? 0) + weight);
    }
    for (const [finding, weight] of frames) counted.push({ weight, kind: 'frame', finding });
    return counted;
  }

  #weightOf(place: number, target: number): number {
    const { starts, targets, values } = this.#weights;
    for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at += 1)
      if (targets[at] === target) return values[at] ?? 0;
    return 0;
  }
}
