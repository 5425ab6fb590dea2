/** One item reckoned up: the odds of every target, and what counted for and against each. */
import { FeatureFinder, type FeatureKind, type FeatureSink } from './features.ts';
import type { Knowledge } from './knowledge.ts';
import { ALWAYS, type Choice } from './learned/targets.ts';
import { type Hits, logits, shareOf, type Weights } from './learned/weights.ts';
import type { Stretch } from './pattern.ts';
import { type Finding, type ItemReading, readItem, type Text } from './reading.ts';
import { RULE_SUMS, type RuleSums, ruleSums, type SumName, weightOf } from './rules.ts';

/** One thing that counted for a target (or against it, where its weight is negative): words of the item, or a frame. */
export type Counted = { readonly weight: number } & (
  | { readonly kind: Exclude<FeatureKind, 'frame' | 'denied'>; readonly stretch: Stretch; readonly rule: string }
  | { readonly kind: 'frame'; readonly finding: Finding }
);

/** More features than the words that are read of an item can have. */
const MOST_HITS = 4_096;
const NO_CHOICE: Choice = { from: 0, answers: [] };

/** Reckons items with one body of knowledge and the weights learned on it. */
export class Reckoner {
  readonly #knowledge: Knowledge;
  readonly #weights: Weights;
  readonly #finder: FeatureFinder;
  /** By a feature's place: the item it was last met in, so that each counts once an item. */
  readonly #met: Int32Array;
  #item = 0;
  readonly #hits: Hits = {
    count: 0,
    places: new Int32Array(MOST_HITS),
    from: new Int32Array(MOST_HITS),
    to: new Int32Array(MOST_HITS),
    kinds: [],
  };

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
    this.#hits.count = 0;
    this.#finder.find(reading, this.#meet);
    return new Reckoning(reading, this.#hits, this.#weights);
  }

  readonly #meet: FeatureSink = (key, from, to, kind) => {
    const hits = this.#hits;
    const place = this.#weights.places.get(key);
    if (place < 0 || this.#met[place] === this.#item || hits.count === MOST_HITS) return;
    this.#met[place] = this.#item;
    hits.places[hits.count] = place;
    hits.from[hits.count] = from;
    hits.to[hits.count] = to;
    hits.kinds[hits.count] = kind;
    hits.count += 1;
  };
}

/** The odds of one item's targets, with their reasons. */
export class Reckoning {
  readonly reading: ItemReading;
  readonly #sums: RuleSums;
  readonly #hits: Hits;
  readonly #weights: Weights;
  readonly #logits: Float64Array;

  constructor(reading: ItemReading, hits: Hits, weights: Weights) {
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
    const counted: Counted[] = [];
    const frames = this.#countedFrames(target, sum);
    const { count, places, from, to, kinds } = this.#hits;
    const share = shareOf(count);
    for (let hit = 0; hit < count; hit += 1) {
      const place = places[hit] ?? 0;
      const weight = share * this.#weightOf(place, target);
      if (weight === 0 || (weight < least && weight > -least)) continue;
      const kind = kinds[hit] ?? 'word';
      const start = from[hit] ?? 0;
      if (kind === 'frame' || kind === 'denied') {
        const finding = this.reading.findings[start];
        if (finding !== undefined) frames.set(finding, (frames.get(finding) ?? 0) + weight);
      } else {
        const stretch = { from: start, to: to[hit] ?? 0 };
        counted.push({ weight, kind, stretch, rule: this.#weights.rules[place] ?? '' });
      }
    }
    for (const [finding, weight] of frames) counted.push({ weight, kind: 'frame', finding });
    return counted;
  }

  /** What the frames that speak of `sum` count through it; those that a "not" takes back are absent. */
  #countedFrames(target: number, sum: SumName): Map<Finding, number> {
    const frames = new Map<Finding, number>();
    const perWeight = this.#weights.sums[RULE_SUMS.indexOf(sum) * this.#weights.bias.length + target] ?? 0;
    for (const finding of this.reading.findings)
      if (finding.frame.subject === sum && weightOf(finding) !== 0) frames.set(finding, weightOf(finding) * perWeight);
    return frames;
  }

  #weightOf(place: number, target: number): number {
    const { starts, targets, values } = this.#weights;
    const end = starts[place + 1] ?? 0;
    for (let at = starts[place] ?? 0; at < end; at += 1) {
      const found = targets[at] ?? 0;
      // A feature's targets stand in their order.
      if (found >= target) return found === target ? (values[at] ?? 0) : 0;
    }
    return 0;
  }
}
