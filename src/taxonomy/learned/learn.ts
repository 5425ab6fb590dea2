/**
 * Learns weights from examples: logistic regression for each target, by stochastic gradient descent with Adagrad's steps.
 * The same examples give the same weights, bit for bit: the order of the examples comes from a seeded generator.
 */
import { BARRIER_IDS, DIRECTIONS, type Direction, RESPONSES } from '../../model.ts';
import { repeatableNumbers } from '../../repeatable-numbers.ts';
import { RULE_SUMS, type RuleSums } from '../rules.ts';
import type { Example } from './examples.ts';
import { ALWAYS, BARRIER, CRISIS, DIRECTION, MECHANISM, RELEVANT, RESPONSE, TARGETS } from './targets.ts';
import { SCALE, shareOf, type WeightsFile } from './weights.ts';

/** How an example looks to the learner. */
export interface Row {
  readonly example: Example;
  readonly sums: RuleSums;
  /** The names of its features, each once. */
  readonly features: readonly string[];
}

/** After so many rounds the step is half as long, after twice as many a third. */
const ROUNDS_PER_STEP = 4;

interface LearningSettings {
  readonly rounds: number;
  readonly step: number;
  /** How strongly a feature's weights are drawn to zero. */
  readonly decay: number;
  /** A feature in fewer examples is left out. */
  readonly fewest: number;
  /** Weights smaller than this are left out of the file. */
  readonly smallest: number;
}

const SETTINGS: LearningSettings = { rounds: 20, step: 0.4, decay: 6e-3, fewest: 3, smallest: 0.2 };

/**
 * One question about an example: whether one target holds (softmax over it and nothing), or which of several. Targets of an
 * answer beyond the first are shared by several questions, so that what one barrier teaches of a direction helps the others.
 */
interface Question {
  readonly answers: readonly (readonly number[])[];
  /** The place of the right answer; -1 where a single target does not hold. */
  readonly right: number;
  /** What the question counts; 1 where absent. */
  readonly weight?: number;
}

/** Targets that exist only while learning: directions whatever the barrier. In the file they are part of each barrier's own. */
const ANY_DIRECTION = TARGETS.length;
const LEARNED = TARGETS.length + DIRECTIONS.length;

/** Fits weights to the rows. */
export function learnWeights(rows: readonly Row[], settings: LearningSettings = SETTINGS): WeightsFile {
  const names = frequentFeatures(rows, settings.fewest);
  const places = new Map(names.map((name, place) => [name, place]));
  const balance = balanceOf(rows);
  const learner = new Learner(names.length, settings);
  const data = rows.map(({ example, sums, features }) => ({
    sums,
    features: Int32Array.from(features.flatMap((name) => places.get(name) ?? [])),
    questions: questionsOf(example, balance),
  }));
  const order = data.map((_, at) => at);
  const below = repeatableNumbers(20260330);
  for (let round = 0; round < settings.rounds; round += 1) {
    shuffle(order, below);
    // Shorter and shorter steps end near one point, in whatever order the examples come.
    const step = settings.step / (1 + round / ROUNDS_PER_STEP);
    for (const at of order) {
      const row = data[at];
      if (row !== undefined) learner.learn(row.sums, row.features, row.questions, step);
    }
    if (round >= settings.rounds / 2) learner.note();
  }
  return learner.write(names);
}

/** In the order of their names, so that the file reads the same whatever the order of the examples. */
function frequentFeatures(rows: readonly Row[], fewest: number): string[] {
  const counts = new Map<string, number>();
  for (const { features } of rows) for (const name of features) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.entries()].flatMap(([name, count]) => (count >= fewest ? name : [])).sort();
}

function questionsOf(
  { relevant, barriers, mechanisms, responses, crisis }: Example,
  balance: Readonly<Record<Direction, number>>,
): Question[] {
  const single = (target: number, isRight: boolean): Question => ({ answers: [[target]], right: isRight ? 0 : -1 });
  const questions = [single(RELEVANT, relevant), single(CRISIS, crisis)];
  for (const [at, barrier] of BARRIER_IDS.entries()) {
    const direction = barriers[barrier];
    questions.push(single(BARRIER[at] ?? 0, direction !== undefined));
    if (direction === undefined) continue;
    const directions = DIRECTION[at]?.from ?? 0;
    questions.push({
      answers: DIRECTIONS.map((_, place) => [directions + place, ANY_DIRECTION + place]),
      right: DIRECTIONS.indexOf(direction),
      weight: balance[direction],
    });
    const { from = 0, answers = [] } = MECHANISM[at] ?? {};
    const mechanism = answers.indexOf(mechanisms[barrier] ?? '');
    if (mechanism >= 0) questions.push({ answers: answers.map((_, place) => [from + place]), right: mechanism });
  }
  for (const [at, response] of RESPONSES.entries())
    questions.push(single(RESPONSE[at] ?? 0, responses.includes(response)));
  return questions;
}

/** 0 takes directions as often as they come, 1 as if all came equally often. */
const BALANCE = 0.8;

/** Rare directions count more: that most of our examples deepen says little of the next item. */
function balanceOf(rows: readonly Row[]): Record<Direction, number> {
  const counts = { deepens: 1, eases: 1, mixed: 1 };
  for (const { example } of rows) for (const direction of Object.values(example.barriers)) counts[direction] += 1;
  const total = counts.deepens + counts.eases + counts.mixed;
  const weight = (direction: Direction) => (total / (DIRECTIONS.length * counts[direction])) ** BALANCE;
  return { deepens: weight('deepens'), eases: weight('eases'), mixed: weight('mixed') };
}

class Learner {
  readonly #settings: LearningSettings;
  readonly #bias: Weight;
  readonly #sums: Weight;
  readonly #features: Weight;

  constructor(features: number, settings: LearningSettings) {
    this.#settings = settings;
    this.#bias = new Weight(LEARNED);
    this.#sums = new Weight(RULE_SUMS.length * LEARNED);
    this.#features = new Weight(features * LEARNED);
  }

  learn(sums: RuleSums, features: Int32Array, questions: readonly Question[], step: number): void {
    const share = shareOf(features.length);
    for (const { answers, right, weight = 1 } of questions) {
      const odds = answers.map((targets) =>
        Math.exp(targets.reduce((logit, target) => logit + this.#logit(target, sums, features, share), 0)),
      );
      const total = odds.reduce((sum, each) => sum + each, answers.length === 1 ? 1 : 0);
      for (const [place, targets] of answers.entries()) {
        const error = weight * ((odds[place] ?? 0) / total - Number(place === right));
        for (const target of targets) this.#move(target, error, sums, features, share, step);
      }
    }
  }

  #logit(target: number, sums: RuleSums, features: Int32Array, share: number): number {
    let logit = this.#bias.value(target);
    for (const [row, sum] of sums.entries()) if (sum !== 0) logit += sum * this.#sums.value(row * LEARNED + target);
    for (const feature of features) logit += share * this.#features.value(feature * LEARNED + target);
    return logit;
  }

  #move(target: number, error: number, sums: RuleSums, features: Int32Array, share: number, step: number): void {
    const { decay } = this.#settings;
    this.#bias.move(target, error, step, 0);
    for (const [row, sum] of sums.entries())
      if (sum !== 0) this.#sums.move(row * LEARNED + target, error * sum, step, decay);
    for (const feature of features) this.#features.move(feature * LEARNED + target, error * share, step, decay);
  }

  /** Weights so far count in what is written. */
  note(): void {
    for (const weight of [this.#bias, this.#sums, this.#features]) weight.note();
  }

  write(names: readonly string[]): WeightsFile {
    const mean = (weight: Weight, row: number, target: number) => weight.mean(row * LEARNED + target);
    const own = (weight: Weight, row: number) =>
      TARGETS.map((_, target) => {
        const shared = SHARED[target];
        return mean(weight, row, target) + (shared === undefined ? 0 : mean(weight, row, shared));
      });
    const least = this.#settings.smallest;
    const features: Record<string, number[]> = {};
    for (const [place, name] of names.entries()) {
      const pairs = own(this.#features, place).flatMap((value, target) =>
        Math.abs(value) >= least ? [target, Math.round(value * SCALE)] : [],
      );
      if (pairs.length > 0) features[name] = pairs;
    }
    return {
      targets: [...TARGETS],
      bias: own(this.#bias, 0).map(rounded),
      thresholds: Array.from({ length: ALWAYS }, () => 0),
      confidence: { slope: 1, offset: 0 },
      sums: Object.fromEntries(RULE_SUMS.map((name, row) => [name, own(this.#sums, row).map(rounded)])),
      features,
    };
  }
}

/** By target: the target that its barrier's directions share; absent for all but directions. */
const SHARED: readonly (number | undefined)[] = TARGETS.map((_, target) => {
  const own = DIRECTION.find(({ from, answers }) => target >= from && target < from + answers.length);
  return own === undefined ? undefined : ANY_DIRECTION + target - own.from;
});

/** Numbers that learn, each with the sum of the squares of its steps, and their mean over the later rounds. */
class Weight {
  readonly #values: Float64Array;
  readonly #squares: Float64Array;
  readonly #sums: Float64Array;
  #noted = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
    this.#squares = new Float64Array(size).fill(0.05);
    this.#sums = new Float64Array(size);
  }

  value(at: number): number {
    return this.#values[at] ?? 0;
  }

  mean(at: number): number {
    return (this.#sums[at] ?? 0) / this.#noted;
  }

  note(): void {
    this.#noted += 1;
    for (let at = 0; at < this.#values.length; at += 1)
      this.#sums[at] = (this.#sums[at] ?? 0) + (this.#values[at] ?? 0);
  }

  move(at: number, gradient: number, step: number, decay: number): void {
    const value = this.#values[at] ?? 0;
    const slope = gradient + decay * value;
    const squares = (this.#squares[at] ?? 0) + slope * slope;
    this.#squares[at] = squares;
    this.#values[at] = value - (step * slope) / Math.sqrt(squares);
  }
}

function rounded(value: number): number {
  return Math.round(value * SCALE) / SCALE;
}

function shuffle(order: number[], below: (limit: number) => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}
