/** Tags an item against the barriers: what its words say, weighed. Pure; every tag carries the words that support it. */
import {
  BARRIER_IDS,
  type BarrierId,
  type Direction,
  type Evidence,
  type Reason,
  type TaggedItem,
  type Tagging,
} from '../model.ts';
import { barrierOf } from './barriers.ts';
import { loadKnowledge } from './knowledge.ts';
import { type Finding, readItem, type Text } from './reading.ts';

/** Who tags: this version of the rules. A change of rules or weights is a new version. */
export const TAGGER_METHOD = 'rules@1';

/** A judgement is made from this weight on. */
const ENOUGH = 1;
/** What words in a title weigh more than in a summary. */
const TITLE_FACTOR = 1.3;
/** Each further frame on the same side counts less, since several often see the same thing. */
const FURTHER_FACTOR = 0.6;
/** A direction is mixed when the weaker side has this share of the stronger. */
const MIXED_SHARE = 0.6;
/** A further barrier is named only with this share of the heaviest one's weight. */
const FURTHER_SHARE = 0.5;
const MOST_EVIDENCE = 3;
/** Confidence = 1 / (1 + exp(-(SLOPE * (weight - 1) + OFFSET))), fitted to labelled items. */
const CONFIDENCE_SLOPE = 1.8;
const CONFIDENCE_OFFSET = 0.3;

const knowledge = loadKnowledge();

/** What the words of the item say about the barriers; never throws. */
export function tag(item: Text): TaggedItem {
  const findings = readItem(item, knowledge);
  const judgements = BARRIER_IDS.map((barrier) => judge(barrier, findings)).filter(
    (judgement) => judgement !== undefined,
  );
  const relevance = reasonsFor('relevance', findings);
  const heaviest = Math.max(0, ...judgements.map((judgement) => judgement.weight));
  const relevant = sum(relevance) + Math.min(ENOUGH, heaviest * 0.6) >= ENOUGH;
  if (!relevant) return { relevant, relevance, taggings: [], crisis: false, method: TAGGER_METHOD };
  const least = Math.max(ENOUGH, FURTHER_SHARE * heaviest);
  const tagged = judgements.filter((judgement) => judgement.weight >= least && judgement.evidence.length > 0);
  const primary = tagged.reduce<Judgement | undefined>(
    (best, judgement) => (best === undefined || judgement.weight > best.weight ? judgement : best),
    undefined,
  );
  return {
    relevant,
    relevance,
    taggings: tagged.map(taggingOf),
    ...(primary === undefined ? {} : { primary: primary.barrier }),
    crisis: sum(reasonsFor('crisis', findings)) >= ENOUGH,
    method: TAGGER_METHOD,
  };
}

interface Judgement {
  readonly barrier: BarrierId;
  readonly weight: number;
  readonly direction: Direction;
  readonly mechanism?: string;
  readonly evidence: readonly Evidence[];
  readonly reasons: readonly Reason[];
}

function judge(barrier: BarrierId, findings: readonly Finding[]): Judgement | undefined {
  const about = findings.filter(({ frame }) => frame.subject === barrier);
  if (about.length === 0) return undefined;
  const own = about.toSorted((a, b) => weightOf(b) - weightOf(a));
  const counted = own.filter((finding) => weightOf(finding) > 0);
  if (counted.length === 0) return undefined;
  const deepens = diminishing(counted.filter((finding) => directionOf(finding) !== 'eases'));
  const eases = diminishing(counted.filter((finding) => directionOf(finding) !== 'deepens'));
  const against = own
    .filter((finding) => weightOf(finding) < 0)
    .reduce((total, finding) => total + weightOf(finding), 0);
  const weight = diminishing(counted) + against;
  const direction = directionBetween(deepens, eases);
  const supporting = counted.filter((finding) => supports(directionOf(finding), direction));
  const mechanism = mechanismOf(supporting);
  return {
    barrier,
    weight,
    direction,
    ...(mechanism === undefined ? {} : { mechanism }),
    evidence: evidenceOf(supporting),
    reasons: own.flatMap(reasonsOf),
  };
}

function taggingOf(judgement: Judgement): Tagging {
  const { weight, ...rest } = judgement;
  const barrier = barrierOf(judgement.barrier);
  const confidence = 1 / (1 + Math.exp(-(CONFIDENCE_SLOPE * (weight - ENOUGH) + CONFIDENCE_OFFSET)));
  return { ...rest, confidence: Math.round(confidence * 100) / 100, section: barrier.section, method: TAGGER_METHOD };
}

function weightOf({ frame, inTitle, negated }: Finding): number {
  if (negated && frame.negated === 'drop') return 0;
  return inTitle && frame.weight > 0 ? frame.weight * TITLE_FACTOR : frame.weight;
}

function directionOf({ frame, negated }: Finding): Direction | undefined {
  if (!negated || frame.negated !== 'turn') return frame.direction;
  if (frame.direction === 'deepens') return 'eases';
  return frame.direction === 'eases' ? 'deepens' : frame.direction;
}

/** Expects the heaviest first. */
function diminishing(findings: readonly Finding[]): number {
  let factor = 1;
  let total = 0;
  for (const finding of findings) {
    total += weightOf(finding) * factor;
    factor *= FURTHER_FACTOR;
  }
  return total;
}

function directionBetween(deepens: number, eases: number): Direction {
  const weaker = Math.min(deepens, eases);
  if (weaker > 0 && weaker >= MIXED_SHARE * Math.max(deepens, eases)) return 'mixed';
  return deepens > eases ? 'deepens' : 'eases';
}

function supports(side: Direction | undefined, direction: Direction): boolean {
  return direction === 'mixed' || side === 'mixed' || side === direction;
}

/** The mechanism with the most weight behind it. */
function mechanismOf(findings: readonly Finding[]): string | undefined {
  const weights = new Map<string, number>();
  for (const finding of findings) {
    const { mechanism } = finding.frame;
    if (mechanism !== undefined) weights.set(mechanism, (weights.get(mechanism) ?? 0) + weightOf(finding));
  }
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The quotes of the heaviest findings, none inside another. */
function evidenceOf(findings: readonly Finding[]): Evidence[] {
  const chosen: Evidence[] = [];
  for (const { evidence } of findings)
    for (const quote of evidence)
      if (chosen.length < MOST_EVIDENCE && !chosen.some((other) => overlap(other, quote))) chosen.push(quote);
  return chosen;
}

function overlap(a: Evidence, b: Evidence): boolean {
  return a.field === b.field && a.start < b.end && b.start < a.end;
}

function reasonsFor(subject: 'relevance' | 'crisis', findings: readonly Finding[]): Reason[] {
  return findings.filter(({ frame }) => frame.subject === subject).flatMap(reasonsOf);
}

function reasonsOf(finding: Finding): Reason[] {
  const weight = weightOf(finding);
  const evidence = finding.evidence[0];
  if (weight === 0 || evidence === undefined) return [];
  return [{ rule: finding.frame.says, weight, evidence }];
}

function sum(reasons: readonly Reason[]): number {
  return reasons.reduce((total, reason) => total + reason.weight, 0);
}
