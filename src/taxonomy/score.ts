/** How well taggings agree with labels given by people. Pure arithmetic; the tool in src/tools/eval.ts reads and prints. */
import { BARRIER_IDS, type BarrierId, type Direction, type TaggedItem } from '../model.ts';

/** What people said of an item. */
export interface Label {
  readonly relevant: boolean;
  readonly barriers: Readonly<Partial<Record<BarrierId, Direction>>>;
  /** Absent when no single barrier leads. */
  readonly primary?: BarrierId;
  readonly crisis: boolean;
}

/** An item with its label and what the tagger made of it. */
export interface Judged {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly label: Label;
  readonly tagged: TaggedItem;
}

/** Counts of agreement on a yes-or-no question, and the rates that follow; a rate without cases is 0. */
export interface Agreement {
  readonly hits: number;
  readonly extra: number;
  readonly missed: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** A share of cases; `share` is 0 without cases. */
export interface Share {
  readonly right: number;
  readonly of: number;
  readonly share: number;
}

/** Taggings whose confidence lies in `[from, to)`, and how many of them were right about the barrier. */
interface ConfidenceBin extends Share {
  readonly from: number;
  readonly to: number;
}

/** An item the tagger got wrong, with each fault in words. */
interface Miss {
  readonly id: string;
  readonly title: string;
  readonly badness: number;
  readonly faults: readonly string[];
}

/** The whole report. */
export interface Score {
  readonly items: number;
  readonly barriers: Readonly<Record<BarrierId, Agreement>>;
  readonly macroF1: number;
  readonly microF1: number;
  /** Over barriers that both label and tagger name. */
  readonly direction: Share;
  readonly relevance: Agreement;
  /** Over items that people found irrelevant. */
  readonly irrelevant: Share;
  /** Over items whose label has a primary barrier. */
  readonly primary: Share;
  readonly crisis: Agreement;
  /** Over the quotes of all taggings: those that are an exact stretch of the item. */
  readonly quotes: Share;
  readonly calibration: readonly ConfidenceBin[];
  readonly misses: readonly Miss[];
}

const BINS = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01];
const WORST = 20;

/** Scores taggings against labels. */
export function score(judged: readonly Judged[]): Score {
  const barriers = scoreBarriers(judged);
  const agreements = Object.values(barriers);
  const matched = judged.flatMap(({ label, tagged }) =>
    tagged.taggings
      .filter(({ barrier }) => label.barriers[barrier] !== undefined)
      .map((tagging) => ({ label, tagging })),
  );
  const irrelevant = judged.filter(({ label }) => !label.relevant);
  const led = judged.filter(({ label }) => label.primary !== undefined);
  return {
    items: judged.length,
    barriers,
    macroF1: agreements.reduce((sum, { f1 }) => sum + f1, 0) / agreements.length,
    microF1: agree(total(agreements, 'hits'), total(agreements, 'extra'), total(agreements, 'missed')).f1,
    direction: shareOf(matched, ({ label, tagging }) => label.barriers[tagging.barrier] === tagging.direction),
    relevance: agreement(
      judged,
      ({ label }) => label.relevant,
      ({ tagged }) => tagged.relevant,
    ),
    irrelevant: shareOf(irrelevant, ({ tagged }) => !tagged.relevant),
    primary: shareOf(led, ({ label, tagged }) => label.primary === tagged.primary),
    crisis: agreement(
      judged,
      ({ label }) => label.crisis,
      ({ tagged }) => tagged.crisis,
    ),
    quotes: verify(judged),
    calibration: calibrate(judged),
    misses: judged
      .map(missOf)
      .filter(({ badness }) => badness > 0)
      .sort((a, b) => b.badness - a.badness)
      .slice(0, WORST),
  };
}

function scoreBarriers(judged: readonly Judged[]): Record<BarrierId, Agreement> {
  const of = (barrier: BarrierId): Agreement =>
    agreement(
      judged,
      ({ label }) => label.barriers[barrier] !== undefined,
      ({ tagged }) => has(tagged, barrier),
    );
  return {
    'geopolitical-deadlock': of('geopolitical-deadlock'),
    'weakened-institutions': of('weakened-institutions'),
    'public-private-asymmetry': of('public-private-asymmetry'),
    'knowledge-collapse': of('knowledge-collapse'),
    'pacing-gap': of('pacing-gap'),
    'ungoverned-militarization': of('ungoverned-militarization'),
  };
}

function has(tagged: TaggedItem, barrier: BarrierId): boolean {
  return tagged.taggings.some((tagging) => tagging.barrier === barrier);
}

function agreement(
  judged: readonly Judged[],
  labelled: (one: Judged) => boolean,
  found: (one: Judged) => boolean,
): Agreement {
  const hits = judged.filter((one) => labelled(one) && found(one)).length;
  const extra = judged.filter((one) => !labelled(one) && found(one)).length;
  const missed = judged.filter((one) => labelled(one) && !found(one)).length;
  return agree(hits, extra, missed);
}

function agree(hits: number, extra: number, missed: number): Agreement {
  return {
    hits,
    extra,
    missed,
    precision: ratio(hits, hits + extra),
    recall: ratio(hits, hits + missed),
    f1: ratio(2 * hits, 2 * hits + extra + missed),
  };
}

function total(agreements: readonly Agreement[], count: 'hits' | 'extra' | 'missed'): number {
  return agreements.reduce((sum, agreed) => sum + agreed[count], 0);
}

function shareOf<T>(cases: readonly T[], isRight: (one: T) => boolean): Share {
  const right = cases.filter(isRight).length;
  return { right, of: cases.length, share: ratio(right, cases.length) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function verify(judged: readonly Judged[]): Share {
  const quotes = judged.flatMap((item) =>
    item.tagged.taggings.flatMap(({ evidence }) => evidence.map((quote) => ({ item, quote }))),
  );
  return shareOf(quotes, ({ item, quote: { field, start, end, quote } }) => item[field].slice(start, end) === quote);
}

function calibrate(judged: readonly Judged[]): ConfidenceBin[] {
  const cases = judged.flatMap(({ label, tagged }) =>
    tagged.taggings.map(({ barrier, confidence }) => ({ confidence, right: label.barriers[barrier] !== undefined })),
  );
  return BINS.slice(0, -1).map((from, at) => {
    const to = BINS[at + 1] ?? 1;
    const within = cases.filter(({ confidence }) => confidence >= from && confidence < to);
    return { from, to: Math.min(to, 1), ...shareOf(within, ({ right }) => right) };
  });
}

/** A wrong answer counts by how sure the tagger was of it; relevance and barriers count whole, direction and primary half. */
function missOf({ id, title, label, tagged }: Judged): Miss {
  const faults: string[] = [];
  let badness = 0;
  const note = (weight: number, fault: string): void => {
    badness += weight;
    faults.push(fault);
  };
  if (label.relevant !== tagged.relevant)
    note(1, label.relevant ? 'taken for off topic' : 'off topic, taken for relevant');
  for (const { barrier, direction, confidence, reasons } of tagged.taggings) {
    const wanted = label.barriers[barrier];
    const why = reasons.map((reason) => `${reason.rule} (“${reason.evidence.quote}”)`).join('; ');
    if (wanted === undefined) note(confidence, `${barrier} should not be there: ${why}`);
    else if (wanted !== direction) note(confidence / 2, `${barrier} is ${wanted}, not ${direction}: ${why}`);
  }
  for (const barrier of BARRIER_IDS)
    if (label.barriers[barrier] !== undefined && !has(tagged, barrier)) note(1, `${barrier} was not seen`);
  if (label.primary !== undefined && label.primary !== tagged.primary)
    note(0.5, `primary is ${label.primary}, not ${tagged.primary ?? 'none'}`);
  if (label.crisis !== tagged.crisis) note(0.5, label.crisis ? 'crisis was not seen' : 'no crisis');
  return { id, title, badness, faults };
}
