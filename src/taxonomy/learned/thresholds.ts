/** Where to draw the line for each target, and how sure to be: worked out on examples that the weights did not see. */
import { BARRIER_IDS, RESPONSES } from '../../model.ts';
import type { Example } from './examples.ts';
import { ALWAYS, BARRIER, CRISIS, RELEVANT, RESPONSE } from './targets.ts';
import type { WeightsFile } from './weights.ts';

/** A line drawn on few cases is drawn by chance: it is drawn towards zero as by this many cases. */
const PRIOR_CASES = 40;
/** Lines are tried this far on either side of even odds, in logits. */
const FURTHEST = 2;
const STEP = 0.05;
/** So many lines on either side speak for a line, too. */
const NEIGHBOURS = 4;
const ROUNDS = 200;

/** A wrong tag costs a reader's trust, a missed one a line in a digest: precision counts so much more than recall. */
const PRECISION_FIRST = 0.8;

/** The lines of the targets that are asked of every item. A barrier is said to be there when that is likelier than not. */
export function thresholdsOf(
  examples: readonly Example[],
  logits: readonly Float64Array[],
  { slope, offset }: WeightsFile['confidence'],
): number[] {
  const thresholds = Array.from({ length: ALWAYS }, () => 0);
  const settle = (target: number, holds: (example: Example) => boolean, merit: Merit) => {
    const cases = examples.map((example, at) => ({ logit: logits[at]?.[target] ?? 0, holds: holds(example) }));
    thresholds[target] = rounded(bestLine(cases, merit));
  };
  settle(RELEVANT, ({ relevant }) => relevant, bothKinds);
  settle(CRISIS, ({ crisis }) => crisis, rightWhenSaid);
  for (const target of BARRIER) thresholds[target] = rounded(-offset / slope);
  for (const [at, response] of RESPONSES.entries())
    settle(RESPONSE[at] ?? 0, ({ responses }) => responses.includes(response), rightWhenSaid);
  return thresholds;
}

interface Case {
  readonly logit: number;
  readonly holds: boolean;
}

/** How cases fall on the two sides of a line. */
interface Outcome {
  readonly hits: number;
  readonly extra: number;
  readonly missed: number;
  readonly refused: number;
}

type Merit = (outcome: Outcome) => number;

/** F-beta (van Rijsbergen 1979) with beta below one. */
function rightWhenSaid({ hits, extra, missed }: Outcome): number {
  const beta = PRECISION_FIRST ** 2;
  return ((1 + beta) * hits) / Math.max(1, (1 + beta) * hits + beta * missed + extra);
}

/** F1, and the share of what does not hold that is recognised: broad feeds bring more of that than examples do. */
function bothKinds({ hits, extra, missed, refused }: Outcome): number {
  return (2 * hits) / Math.max(1, 2 * hits + extra + missed) + refused / Math.max(1, refused + extra);
}

/** The line with the most merit, smoothed over its neighbours and drawn towards even odds where cases are few. */
function bestLine(cases: readonly Case[], merit: Merit): number {
  const positive = cases.filter(({ holds }) => holds).length;
  const lines = Array.from({ length: Math.round((2 * FURTHEST) / STEP) + 1 }, (_, at) => at * STEP - FURTHEST);
  const merits = lines.map((line) => merit(outcomeOf(cases, line)));
  const smooth = merits.map((_, at) => {
    const near = merits.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
    return near.reduce((sum, each) => sum + each, 0) / near.length;
  });
  const best = lines[smooth.indexOf(Math.max(...smooth))] ?? 0;
  return (best * positive) / (positive + PRIOR_CASES);
}

function outcomeOf(cases: readonly Case[], line: number): Outcome {
  const outcome = { hits: 0, extra: 0, missed: 0, refused: 0 };
  for (const { logit, holds } of cases) {
    if (logit >= line) outcome[holds ? 'hits' : 'extra'] += 1;
    else outcome[holds ? 'missed' : 'refused'] += 1;
  }
  return outcome;
}

/** Fits confidence to how often a barrier with a logit was right (logistic regression on the one number, Platt 1999). */
export function confidenceFor(
  examples: readonly Example[],
  logits: readonly Float64Array[],
): WeightsFile['confidence'] {
  const cases = examples.flatMap((example, at) =>
    example.relevant
      ? BARRIER_IDS.map((barrier, place) => ({
          logit: logits[at]?.[BARRIER[place] ?? 0] ?? 0,
          holds: example.barriers[barrier] !== undefined,
        }))
      : [],
  );
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let [slopeUp, offsetUp] = [0, 0];
    for (const { logit, holds } of cases) {
      const error = Number(holds) - 1 / (1 + Math.exp(-(slope * logit + offset)));
      slopeUp += error * logit;
      offsetUp += error;
    }
    slope += (0.5 * slopeUp) / cases.length;
    offset += (2 * offsetUp) / cases.length;
  }
  return { slope: rounded(slope), offset: rounded(offset) };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
