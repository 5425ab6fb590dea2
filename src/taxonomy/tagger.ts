/** Tags an item against the barriers: what its words say, weighed. Pure; every tag carries the words that support it. */
import { RESPONSES, type TaggedItem } from '../model.ts';
import { judgeBarriers } from './judge.ts';
import type { Knowledge } from './knowledge.ts';
import { CRISIS, RELEVANT, RESPONSE } from './learned/targets.ts';
import { holds, type Weights } from './learned/weights.ts';
import type { Text } from './reading.ts';
import { reasonsOf } from './reasons.ts';
import { Reckoner } from './reckoning.ts';

/** Who tags: this version of the rules. A change of rules, knowledge or weights is a new version. */
export const TAGGER_METHOD = 'rules@2';

/** What counts less for relevance is not told: it is asked of every item, and most are off topic. */
const TELLING = 0.12;

/** An item so little below the line of relevance, in logits, is nearly relevant. */
const NEAR = 1.5;

/** Says what the words of an item mean for the barriers; never throws. */
export type Tagger = (item: Text) => TaggedItem;

/** A tagger with this knowledge and the weights learned on it. */
export function createTagger(knowledge: Knowledge, weights: Weights): Tagger {
  const reckoner = new Reckoner(knowledge, weights);
  return (item) => {
    const reckoning = reckoner.reckon(item);
    const isSaid = (target: number) => holds(weights, target, reckoning.logit(target));
    const relevance = reasonsOf(reckoning.counted(RELEVANT, 'relevance', TELLING), reckoning.reading);
    const method = TAGGER_METHOD;
    if (!isSaid(RELEVANT)) {
      const isNear = holds(weights, RELEVANT, reckoning.logit(RELEVANT) + NEAR);
      const near = isNear ? ({ nearlyRelevant: true } as const) : {};
      return { relevant: false, ...near, relevance, taggings: [], crisis: false, method };
    }
    const { taggings, unclear, primary } = judgeBarriers(reckoning, weights);
    const responses = RESPONSES.filter((_, at) => isSaid(RESPONSE[at] ?? 0));
    return {
      relevant: true,
      relevance,
      taggings: taggings.map((tagging) => ({ ...tagging, method })),
      ...(unclear.length > 0 ? { unclear } : {}),
      ...(responses.length > 0 ? { responses } : {}),
      ...(primary === undefined ? {} : { primary }),
      crisis: isSaid(CRISIS),
      method,
    };
  };
}
