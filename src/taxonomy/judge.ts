/** Which barriers an item is evidence on: how sure, which way, by which mechanism, proven by which words. */
import { BARRIER_IDS, type BarrierId, DIRECTIONS, type Direction, type TaggedItem, type Tagging } from '../model.ts';
import { barrierOf } from './barriers.ts';
import { quoteOfWords, quotesOfFrames } from './evidence.ts';
import { BARRIER, DIRECTION, MECHANISM } from './learned/targets.ts';
import { confidenceOf, holds, type Weights } from './learned/weights.ts';
import { reasonsOf } from './reasons.ts';
import type { Counted, Reckoning } from './reckoning.ts';
import { directionOf } from './rules.ts';

/** A barrier that is less likely than what is said, but at least this likely, is called unclear. */
const UNCLEAR = 0.3;

/** What counts less, in logits, neither proves nor explains anything. */
const LEAST = 0.03;

interface Judged {
  readonly taggings: readonly Omit<Tagging, 'method'>[];
  readonly unclear: NonNullable<TaggedItem['unclear']>;
  readonly primary?: BarrierId;
}

/** Judges all barriers, in their order; what has no words to prove it is unclear at most. */
export function judgeBarriers(reckoning: Reckoning, weights: Weights): Judged {
  const taggings: Omit<Tagging, 'method'>[] = [];
  const unclear: { barrier: BarrierId; confidence: number }[] = [];
  let primary: BarrierId | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const [at, barrier] of BARRIER_IDS.entries()) {
    const target = BARRIER[at] ?? 0;
    const logit = reckoning.logit(target);
    const confidence = confidenceOf(weights, logit);
    const made = holds(weights, target, logit) ? tagging(reckoning, at, barrier, confidence) : undefined;
    if (made !== undefined) {
      taggings.push(made);
      if (logit > most) [primary, most] = [barrier, logit];
    } else if (confidence >= UNCLEAR) unclear.push({ barrier, confidence });
  }
  return { taggings, unclear, ...(primary === undefined ? {} : { primary }) };
}

function tagging(
  reckoning: Reckoning,
  at: number,
  barrier: BarrierId,
  confidence: number,
): Omit<Tagging, 'method'> | undefined {
  const direction = DIRECTIONS[reckoning.likeliest(DIRECTION[at])] ?? 'deepens';
  const mechanism = MECHANISM[at]?.answers[reckoning.likeliest(MECHANISM[at])];
  const counted = reckoning.counted(BARRIER[at] ?? 0, barrier, LEAST);
  const quotes = quotesOfFrames(counted.filter((each) => speaksFor(each, direction)));
  const words = quotes.length > 0 ? undefined : quoteOfWords(counted, reckoning.reading);
  const evidence = words === undefined ? quotes : [words];
  if (evidence.length === 0) return undefined;
  return {
    barrier,
    ...(mechanism === undefined ? {} : { mechanism }),
    direction,
    confidence,
    evidence,
    section: barrierOf(barrier).section,
    reasons: reasonsOf(counted, reckoning.reading),
  };
}

/** True of frames that see the barrier move the same way, or both ways. */
function speaksFor(counted: Counted, direction: Direction): boolean {
  if (counted.kind !== 'frame') return false;
  const side = directionOf(counted.finding);
  return side !== undefined && (direction === 'mixed' || side === 'mixed' || side === direction);
}
