/** The words that prove a tagging, chosen from what counted for it: the shortest stretch that carries the judgement. */
import type { Evidence } from '../model.ts';
import type { Stretch } from './pattern.ts';
import type { ItemReading } from './reading.ts';
import type { Counted } from './reckoning.ts';

const MOST_EVIDENCE = 3;
/** A stretch carries the judgement when it holds this share of what speaks for it in its sentence. */
const CARRYING_SHARE = 0.55;

/** The quotes of frames, the weightiest first and none inside another. */
export function quotesOfFrames(counted: readonly Counted[]): Evidence[] {
  const chosen: Evidence[] = [];
  const frames = counted.filter((each) => each.kind === 'frame' && each.weight > 0);
  for (const each of frames.toSorted((a, b) => b.weight - a.weight))
    for (const quote of each.kind === 'frame' ? each.finding.evidence : [])
      if (chosen.length < MOST_EVIDENCE && !chosen.some((other) => overlap(other, quote))) chosen.push(quote);
  return chosen;
}

/** The stretch of words that carries what was counted; undefined where no sentence holds more than names. */
export function quoteOfWords(counted: readonly Counted[], reading: ItemReading): Evidence | undefined {
  const weights = wordWeights(counted, reading);
  const sentence = strongestSentence(weights, reading);
  const proof = sentence && reading.withProof(shortest(weights, sentence));
  return proof && reading.quote(proof);
}

/** True where two quotes share a character. */
export function overlap(a: Evidence, b: Evidence): boolean {
  return a.field === b.field && a.start < b.end && b.start < a.end;
}

/** What speaks for the judgement, spread over the words that it stands on. */
function wordWeights(counted: readonly Counted[], { words }: ItemReading): Float64Array {
  const weights = new Float64Array(words.length);
  for (const each of counted) {
    if (each.kind === 'frame' || each.weight <= 0) continue;
    const { from, to } = each.stretch;
    for (let at = from; at < to; at += 1) weights[at] = (weights[at] ?? 0) + each.weight / (to - from);
  }
  return weights;
}

/** The words of the sentence with the most weight among those that hold more than names. */
function strongestSentence(weights: Float64Array, { words, withProof }: ItemReading): Stretch | undefined {
  let best: Stretch | undefined;
  let most = 0;
  for (let from = 0; from < words.length; ) {
    let to = from;
    let sum = 0;
    for (; words[to]?.sentence === words[from]?.sentence && to < words.length; to += 1) sum += weights[to] ?? 0;
    if (sum > most && withProof({ from, to }) !== undefined) {
      best = { from, to };
      most = sum;
    }
    from = to;
  }
  return best;
}

/** The shortest stretch within a sentence that holds the carrying share of its weight. */
function shortest(weights: Float64Array, sentence: Stretch): Stretch {
  let total = 0;
  for (let at = sentence.from; at < sentence.to; at += 1) total += weights[at] ?? 0;
  const enough = CARRYING_SHARE * total;
  let best = sentence;
  let sum = 0;
  let from = sentence.from;
  for (let to = sentence.from; to < sentence.to; to += 1) {
    sum += weights[to] ?? 0;
    for (; sum - (weights[from] ?? 0) >= enough; from += 1) sum -= weights[from] ?? 0;
    if (sum >= enough && to + 1 - from < best.to - best.from) best = { from, to: to + 1 };
  }
  return best;
}
