/** What a person says of an item, made into taggings with proof: every one stands on exact words of the item. Pure. */
import { barrierMark } from './entries.ts';
import { UserError } from './errors.ts';
import { BARRIER_IDS, type BarrierId, type Direction, type Evidence, type Judgement, type Tagging } from './model.ts';
import { barrierOf } from './taxonomy/barriers.ts';

/** The words of an item. */
interface Text {
  readonly title: string;
  readonly summary: string;
}

/** What is right of an item, without proof. */
export interface Label {
  readonly relevant: boolean;
  readonly barriers: ReadonlyMap<BarrierId, Direction>;
  /** Absent where there is no barrier. */
  readonly primary?: BarrierId;
  readonly crisis: boolean;
}

/** Who tagged, for taggings that a person made. */
function personMethod(userId: string): string {
  return `person:${userId}`;
}

/** The id of the person who tagged; undefined where the rules did. */
export function personOf(method: string): string | undefined {
  return method.startsWith('person:') ? method.slice('person:'.length) : undefined;
}

/**
 * The label as taggings. What stays of `former` keeps its proof; what is new or turned stands on the words given, else on the
 * proof that `former` or the rules had for that barrier, else on the title. Where nothing is new the words prove all of it.
 * Throws UserError when the words given are not in the item, or the item has no words at all.
 */
export function judge(
  item: Text,
  { former, rules }: { readonly former: readonly Tagging[]; readonly rules: readonly Tagging[] },
  { relevant, barriers, primary, crisis }: Label,
  { userId, words }: { readonly userId: string; readonly words?: string },
): Judgement {
  const method = personMethod(userId);
  const given = words === undefined ? undefined : findWords(item, words);
  if (words !== undefined && given === undefined) {
    throw new UserError(
      `“${words}” is neither in the title nor in the summary of this item. Copy the words as they stand.`,
    );
  }
  const stays = (barrier: BarrierId, direction: Direction) =>
    former.some((each) => each.barrier === barrier && each.direction === direction);
  const isAllOld = [...barriers].every(([barrier, direction]) => stays(barrier, direction));
  const taggings = BARRIER_IDS.flatMap((barrier): Tagging[] => {
    const direction = barriers.get(barrier);
    if (!relevant || direction === undefined) return [];
    const before = [...former, ...rules].find((each) => each.barrier === barrier);
    const isProven = given && (isAllOld || !stays(barrier, direction));
    const evidence = isProven ? [given] : (before?.evidence ?? [clauseOf(item)]);
    if (evidence.every(({ quote }) => quote === ''))
      throw new UserError('This item has no words that could prove a tag.');
    const mechanism = before?.mechanism === undefined ? {} : { mechanism: before.mechanism };
    const { section } = barrierOf(barrier);
    return [{ barrier, ...mechanism, direction, confidence: 1, evidence, section, method, reasons: [] }];
  });
  return { relevant, taggings, ...(relevant && primary ? { primary } : {}), crisis: relevant && crisis, method };
}

/** What is right of an item by a judgement, so that it can be changed in part. */
export function labelOf({ relevant, taggings, primary, crisis }: Judgement): Label {
  const barriers = new Map(taggings.map(({ barrier, direction }) => [barrier, direction]));
  return { relevant, barriers, ...(primary ? { primary } : {}), crisis };
}

/**
 * The same judgement of an item whose text has changed: proof that is no longer there is found anew, in the words that the
 * person had named, in the same words elsewhere, or in the title.
 */
export function onNewText(judged: Judgement, item: Text, words: string | undefined): Judgement {
  const fits = ({ field, start, end, quote }: Evidence) => item[field].slice(start, end) === quote;
  const anew = (evidence: readonly Evidence[]): readonly Evidence[] => {
    if (evidence.every(fits)) return evidence;
    const named = words === undefined ? undefined : findWords(item, words);
    const found = named ? [named] : evidence.flatMap(({ quote }) => findWords(item, quote) ?? []);
    return found.length > 0 ? found : [clauseOf(item)];
  };
  return { ...judged, taggings: judged.taggings.map((each) => ({ ...each, evidence: anew(each.evidence) })) };
}

/** Where the words stand, in any case and with any white space between them, the title first; undefined where they do not. */
function findWords(item: Text, words: string): Evidence | undefined {
  const parts = words
    .trim()
    .replace(/^["“”„«]+|["“”»]+$/gu, '')
    .split(/\s+/u)
    .filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const escaped = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/['‘’]/gu, "['‘’]"));
  const pattern = new RegExp(escaped.join('\\s+'), 'iu');
  for (const field of ['title', 'summary'] as const) {
    const found = pattern.exec(item[field]);
    if (found) return evidenceAt(item, field, found.index, found.index + found[0].length);
  }
  return undefined;
}

/** Between clauses of a title. */
const BREAK = /\s*[:;|–—]\s+|\s+[-–—]\s+|,\s+|[.!?]\s+/gu;
const SHORTEST_CLAUSE = 3;
/** Small words that names hold too. */
const IN_NAMES = new Set(['and', 'for', 'from', 'the', 'with', 'von', 'van', 'der', 'des', 'del']);

/** The shortest clause of the title that is not only a name, else the whole title; the summary where there is no title. */
function clauseOf(item: Text): Evidence {
  const { title, summary } = item;
  if (title.trim() === '') return evidenceAt(item, 'summary', 0, summary.length);
  const clauses: (readonly [start: number, end: number])[] = [];
  let start = 0;
  for (const { index, 0: gap } of title.matchAll(BREAK)) {
    clauses.push([start, index]);
    start = index + gap.length;
  }
  clauses.push([start, title.length]);
  const telling = clauses
    .filter(([from, to]) => tells(title.slice(from, to)))
    .sort(([from, to], [otherFrom, otherTo]) => to - from - (otherTo - otherFrom));
  const [from, to] = telling[0] ?? [0, title.length];
  return evidenceAt(item, 'title', from, to);
}

/** True for words that say something of what they name: some of them are written small, as those of names are not. */
function tells(clause: string): boolean {
  const words = clause.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  return words.length >= SHORTEST_CLAUSE && words.some((word) => /^\p{Ll}{3,}/u.test(word) && !IN_NAMES.has(word));
}

function evidenceAt(item: Text, field: Evidence['field'], start: number, end: number): Evidence {
  return { field, start, end, quote: item[field].slice(start, end) };
}

/** `▲ Pacing gap, ▼ Weakened institutions · crisis`, the primary barrier first; `off topic`; `no barrier`. */
export function judgementWords({ relevant, taggings, primary, crisis }: Omit<Judgement, 'method'>): string {
  if (!relevant) return 'off topic';
  const first = taggings.filter(({ barrier }) => barrier === primary);
  const others = taggings.filter(({ barrier }) => barrier !== primary);
  const marks = [...first, ...others].map(barrierMark).join(', ') || 'no barrier';
  return crisis ? `${marks} · crisis` : marks;
}
