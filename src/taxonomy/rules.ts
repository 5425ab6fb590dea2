/** Frames that hold in an item, weighed by the weights written in the knowledge files. */
import { BARRIER_IDS, type BarrierId, type Direction } from '../model.ts';
import type { Finding } from './reading.ts';

/** What words in a title weigh more than in a summary. */
const TITLE_FACTOR = 1.3;
/** Each further frame on the same side counts less, since several often see the same thing. */
const FURTHER_FACTOR = 0.6;
/** Sums beyond these say no more. */
const LEAST = -2;
const MOST = 3;

/** The sums of an item, in the order of RULE_SUMS. */
export type RuleSums = Float64Array;

/** What a sum is of: relevance, the crisis flag, or a barrier as a whole or by direction. */
export type SumName = 'relevance' | 'crisis' | BarrierId | `${BarrierId} ${'deepens' | 'eases'}`;

export const RULE_SUMS: readonly SumName[] = [
  'relevance',
  'crisis',
  ...BARRIER_IDS.flatMap((barrier): SumName[] => [barrier, `${barrier} deepens`, `${barrier} eases`]),
];

/** What a finding weighs; zero where a "not" takes it back. */
export function weightOf({ frame, inTitle, negated }: Finding): number {
  if (negated && frame.negated === 'drop') return 0;
  return inTitle && frame.weight > 0 ? frame.weight * TITLE_FACTOR : frame.weight;
}

/** What a finding says of its barrier; absent where its frame speaks against the barrier, or of none. */
export function directionOf({ frame, negated }: Finding): Direction | undefined {
  if (!negated || frame.negated !== 'turn') return frame.direction;
  if (frame.direction === 'deepens') return 'eases';
  return frame.direction === 'eases' ? 'deepens' : frame.direction;
}

/** Adds up what was found. */
export function ruleSums(findings: readonly Finding[]): RuleSums {
  const sums = new Float64Array(RULE_SUMS.length);
  if (findings.length === 0) return sums;
  const bySubject = Map.groupBy(findings, ({ frame }) => frame.subject);
  sums[0] = total(bySubject.get('relevance') ?? []);
  sums[1] = total(bySubject.get('crisis') ?? []);
  for (const [at, barrier] of BARRIER_IDS.entries()) {
    const own = bySubject.get(barrier);
    if (own !== undefined) sums.set(barrierSums(own), 2 + 3 * at);
  }
  for (let at = 0; at < sums.length; at += 1) sums[at] = Math.max(LEAST, Math.min(MOST, sums[at] ?? 0));
  return sums;
}

function barrierSums(own: readonly Finding[]): [number, number, number] {
  const counted = own.filter((finding) => weightOf(finding) > 0).sort((a, b) => weightOf(b) - weightOf(a));
  const against = total(own.filter((finding) => weightOf(finding) < 0));
  return [
    diminishing(counted) + against,
    diminishing(counted.filter((finding) => directionOf(finding) !== 'eases')),
    diminishing(counted.filter((finding) => directionOf(finding) !== 'deepens')),
  ];
}

function total(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => sum + weightOf(finding), 0);
}

/** Expects the heaviest first. */
function diminishing(findings: readonly Finding[]): number {
  let factor = 1;
  let sum = 0;
  for (const finding of findings) {
    sum += weightOf(finding) * factor;
    factor *= FURTHER_FACTOR;
  }
  return sum;
}
