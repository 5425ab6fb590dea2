/** What weights are learned for: relevance, each barrier, its direction and mechanism, responses, and the crisis flag. */
import { BARRIER_IDS, type BarrierId, DIRECTIONS, RESPONSES } from '../../model.ts';
import { barrierOf } from '../barriers.ts';

/** A question of which one answer is right. */
export interface Choice {
  /** Places in TARGETS, one an answer. */
  readonly from: number;
  readonly answers: readonly string[];
}

const names: string[] = [];

function one(name: string): number {
  return names.push(name) - 1;
}

function choice(name: string, answers: readonly string[]): Choice {
  const from = names.length;
  for (const answer of answers) names.push(`${name} ${answer}`);
  return { from, answers };
}

function ofBarriers<T>(make: (barrier: BarrierId) => T): readonly T[] {
  return BARRIER_IDS.map(make);
}

export const RELEVANT = one('relevant');
/** By the place of the barrier among BARRIER_IDS, as all lists below. */
export const BARRIER = ofBarriers((barrier) => one(barrier));
export const CRISIS = one('crisis');
export const RESPONSE = RESPONSES.map((response) => one(`response ${response}`));
/** Targets up to here are asked of every item; those beyond, of what is tagged. */
export const ALWAYS = names.length;
export const DIRECTION = ofBarriers((barrier) => choice(barrier, DIRECTIONS));
export const MECHANISM = ofBarriers((barrier) =>
  choice(
    barrier,
    barrierOf(barrier).mechanisms.map(({ id }) => id),
  ),
);

/** The names of all targets, in their order in the file of weights. */
export const TARGETS: readonly string[] = names;
