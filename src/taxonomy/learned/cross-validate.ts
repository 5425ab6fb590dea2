/** What weights make of examples that they did not see: the honest measure, and the ground for thresholds and confidence. */
import { hashOf } from '../feature-key.ts';
import type { Knowledge } from '../knowledge.ts';
import { Reckoner } from '../reckoning.ts';
import { createTagger, type Tagger } from '../tagger.ts';
import type { Example } from './examples.ts';
import { learnWeights, type Row } from './learn.ts';
import { rowsOf } from './rows.ts';
import { ALWAYS } from './targets.ts';
import { compileWeights, type Weights } from './weights.ts';

/** The examples are cut into so many parts; each is judged by weights learned from the others. */
const FOLDS = 5;

/** The fold of an example: those about one event share it, so that no report of a happening teaches about another. */
function foldOf({ event, title }: Pick<Example, 'event' | 'title'>): number {
  return (hashOf(event ?? title) >>> 0) % FOLDS;
}

/** The logits of each row's targets (those asked of every item) by weights that saw nothing of its fold, in the order of the rows. */
export function unseenLogits(rows: readonly Row[], knowledge: Knowledge): Float64Array[] {
  const byFold = Array.from({ length: FOLDS }, (_, fold) => new Reckoner(knowledge, foldWeights(rows, fold)));
  return rows.map(({ example }) => {
    const reckoning = byFold[foldOf(example)]?.reckon(example);
    return Float64Array.from({ length: ALWAYS }, (_, target) => reckoning?.logit(target) ?? 0);
  });
}

/** Weights learned from all rows but those of one fold. */
function foldWeights(rows: readonly Row[], fold: number): Weights {
  return compileWeights(learnWeights(rows.filter(({ example }) => foldOf(example) !== fold)));
}

/** Taggers for items that are among the examples. */
interface UnseenTaggers {
  /** One that learned from no example about the same event; undefined for an item that is not among the examples. */
  find(item: { readonly title: string }): Tagger | undefined;
}

/** Learns a tagger for each fold when it is first asked for; lines and confidence are those of the weights that ship. */
export function unseenTaggers(
  examples: readonly Example[],
  knowledge: Knowledge,
  { thresholds, confidence }: Pick<Weights, 'thresholds' | 'confidence'>,
): UnseenTaggers {
  const folds = new Map(examples.map((example) => [comparable(example.title), foldOf(example)]));
  const taggers = new Map<number, Tagger>();
  let rows: readonly Row[] | undefined;
  return {
    find({ title }) {
      const fold = folds.get(comparable(title));
      if (fold === undefined) return undefined;
      rows ??= rowsOf(examples, knowledge);
      const found =
        taggers.get(fold) ?? createTagger(knowledge, { ...foldWeights(rows, fold), thresholds, confidence });
      taggers.set(fold, found);
      return found;
    },
  };
}

/** Titles that differ in case, marks and spaces only are one. */
function comparable(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
