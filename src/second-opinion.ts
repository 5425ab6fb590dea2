/** Which items a second reader is asked about, and what its answer changes. Pure; nothing is taken without a proven quote. */
import { BARRIER_IDS, type BarrierId, type TaggedItem, type Tagging } from './model.ts';
import { provenQuotes } from './quote.ts';
import type { ReadableText, SecondReading, Verdict } from './second-reader.ts';
import { barrierOf } from './taxonomy/barriers.ts';

/** By convention, since nobody has measured the model: no more than the rules are right about where they are not sure. */
const UNMEASURED_CONFIDENCE = 0.6;

/** Starts the method of all that a second reader changed. */
const MODEL = 'model:';

/** True for items that the rules hold relevant, or nearly so; never for what a person has tagged, which is the last word. */
export function wantsSecondLook({ relevant, nearlyRelevant, taggings, method }: TaggedItem): boolean {
  if ([method, ...taggings.map((tagging) => tagging.method)].some((each) => each.startsWith('person:'))) return false;
  return relevant || nearlyRelevant === true;
}

/** True where what holds of the item was changed by a second reader. */
export function isSecondOpinion({ method }: Pick<TaggedItem, 'method'>): boolean {
  return method.startsWith(MODEL);
}

/** What an answer makes of an item. */
export interface SecondOpinion {
  readonly verdicts: readonly Verdict[];
  /** What holds from now on; absent where the answer changes nothing. */
  readonly tagged?: TaggedItem;
}

/** Weighs an answer against the rules'; undefined where it names barriers and not one of its quotes proves anything. */
export function secondOpinion(
  text: ReadableText,
  builtIn: TaggedItem,
  reading: SecondReading,
  model: string,
): SecondOpinion | undefined {
  const judged = BARRIER_IDS.flatMap((barrier) =>
    judge(barrier, { text, builtIn, reading, method: `${MODEL}${model}` }),
  );
  const named = judged.filter(({ verdict }) => verdict.to !== undefined);
  if (named.length > 0 && named.every(({ verdict }) => verdict.kind === 'unproven')) return undefined;
  const verdicts = judged.map(({ verdict }) => verdict);
  const taggings = judged.flatMap(({ tagging }) => (tagging ? [tagging] : []));
  // Without a quote nothing says why an item that the rules left out should be posted.
  const relevant = reading.relevant && (builtIn.relevant || taggings.length > 0);
  const primary = primaryOf(taggings, [reading.primary, builtIn.primary]);
  // The answer quotes nothing for the flag, so it can take it away and never raise it.
  const crisis = relevant && builtIn.crisis && reading.crisis;
  const isSame =
    relevant === builtIn.relevant &&
    crisis === builtIn.crisis &&
    primary === builtIn.primary &&
    verdicts.every(({ kind }) => kind === 'confirmed' || kind === 'unproven');
  if (isSame) return { verdicts };
  const { relevance, responses } = builtIn;
  const facets = { ...(responses ? { responses } : {}), ...(primary ? { primary } : {}) };
  return { verdicts, tagged: { relevant, relevance, taggings, ...facets, crisis, method: `${MODEL}${model}` } };
}

interface Given {
  readonly text: ReadableText;
  readonly builtIn: TaggedItem;
  readonly reading: SecondReading;
  readonly method: string;
}

/** What becomes of one barrier; empty where neither names it. */
function judge(
  barrier: BarrierId,
  { text, builtIn, reading, method }: Given,
): { readonly verdict: Verdict; readonly tagging?: Tagging }[] {
  const own = builtIn.taggings.find((tagging) => tagging.barrier === barrier);
  const said = reading.barriers[barrier];
  const from = own ? { from: own.direction } : {};
  if (said === undefined) return own ? [{ verdict: { barrier, kind: 'dropped', ...from } }] : [];
  const to = said.direction;
  const evidence = provenQuotes(text, said.quotes);
  if (evidence.length === 0) {
    return [{ verdict: { barrier, kind: 'unproven', ...from, to }, ...(own ? { tagging: own } : {}) }];
  }
  if (own?.direction === to) return [{ verdict: { barrier, kind: 'confirmed', ...from, to }, tagging: own }];
  const tagging: Tagging = {
    barrier,
    direction: to,
    confidence: UNMEASURED_CONFIDENCE,
    evidence,
    section: barrierOf(barrier).section,
    method,
    // What the rules weighed is kept where it was turned, so that it can still be explained.
    reasons: own?.reasons ?? [],
  };
  return [{ verdict: { barrier, kind: own ? 'turned' : 'added', ...from, to }, tagging }];
}

/** The first wish that is tagged, else the most confident tagging; undefined where nothing is tagged. */
function primaryOf(taggings: readonly Tagging[], wishes: readonly (BarrierId | undefined)[]): BarrierId | undefined {
  const wished = wishes.find((wish) => taggings.some(({ barrier }) => barrier === wish));
  return wished ?? taggings.toSorted((one, other) => other.confidence - one.confidence)[0]?.barrier;
}
