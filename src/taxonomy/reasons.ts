/** What counted for and against a judgement, in words for people, with the stretch of the item each stands on. */
import type { Reason } from '../model.ts';
import type { ItemReading } from './reading.ts';
import type { Counted } from './reckoning.ts';

/** So many are told, the weightiest first. */
const MOST = 6;
/** So many are looked at, since several may stand on the same words. */
const LOOKED_AT = 12;
/** More words than any item is read for. */
const MANY_WORDS = 1000;

interface Told {
  readonly first: Counted;
  weight: number;
}

/** The weightiest things that counted. Frames tell in their own words; what stands on the same words is told once. */
export function reasonsOf(counted: readonly Counted[], reading: ItemReading): Reason[] {
  const weighty = counted.toSorted(byWeight);
  const told: Told[] = [];
  const byWords = new Map<number, Told>();
  for (let at = 0; at < weighty.length && at < LOOKED_AT; at += 1) {
    const each = weighty[at];
    if (each === undefined) continue;
    const words = each.kind === 'frame' ? undefined : each.stretch.from * MANY_WORDS + each.stretch.to;
    const present = words === undefined ? undefined : byWords.get(words);
    if (present !== undefined) present.weight += each.weight;
    else {
      const made = { first: each, weight: each.weight };
      told.push(made);
      if (words !== undefined) byWords.set(words, made);
    }
  }
  return told
    .sort(byWeight)
    .slice(0, MOST)
    .flatMap((one) => reasonOf(one, reading));
}

function byWeight(a: { readonly weight: number }, b: { readonly weight: number }): number {
  return Math.abs(b.weight) - Math.abs(a.weight);
}

function reasonOf({ first, weight: exact }: Told, reading: ItemReading): Reason[] {
  const weight = Math.round(exact * 100) / 100;
  if (first.kind !== 'frame') return [{ rule: first.rule, weight, evidence: reading.exactly(first.stretch) }];
  const evidence = first.finding.evidence[0];
  return evidence === undefined ? [] : [{ rule: first.finding.frame.says, weight, evidence }];
}
