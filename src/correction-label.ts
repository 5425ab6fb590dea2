/** What a person types of an item's right tags, read and written. Pure. */
import { UserError } from './errors.ts';
import type { Label } from './judgement.ts';
import { BARRIER_IDS, type BarrierId, type Direction } from './model.ts';
import { barrierOf } from './taxonomy/barriers.ts';

const DIRECTION_WORDS: Readonly<Record<string, Direction>> = {
  deepens: 'deepens',
  deepen: 'deepens',
  deepening: 'deepens',
  '▲': 'deepens',
  eases: 'eases',
  ease: 'eases',
  easing: 'eases',
  '▼': 'eases',
  mixed: 'mixed',
  both: 'mixed',
  '◆': 'mixed',
};

/** What a person said is right; what is absent stays as it is. */
export interface Wish {
  /** Barriers with their directions such as `pacing deepens, institutions eases`; `none`; or `off topic`. */
  readonly barriers?: string;
  readonly primary?: string;
  readonly crisis?: boolean;
  readonly relevant?: boolean;
}

/** The label a person wants. `readBarrier` takes loose names and throws UserError; so does this for words that fit nothing. */
export function wantedLabel(current: Label, wish: Wish, readBarrier: (words: string) => BarrierId): Label {
  const named = wish.barriers === undefined ? undefined : readBarriers(wish.barriers, current, readBarrier);
  const relevant =
    wish.relevant ??
    (named ? named !== 'off topic' : wish.crisis === true || wish.primary !== undefined || current.relevant);
  if (relevant && named === 'off topic')
    throw new UserError('It cannot be off topic and relevant. Leave one of the two out.');
  if (!relevant) {
    if (typeof named === 'object' && named.size > 0)
      throw new UserError('What is off topic has no barriers. Leave barriers out, or relevant.');
    return { relevant, barriers: new Map(), crisis: false };
  }
  const barriers = typeof named === 'object' ? named : current.barriers;
  const primary = primaryOf(barriers, current, wish.primary === undefined ? undefined : readBarrier(wish.primary));
  return { relevant, barriers, ...(primary ? { primary } : {}), crisis: wish.crisis ?? current.crisis };
}

/** The one that was named; where it is none of the barriers, as in a form whose barriers alone were changed, the first of them. */
function primaryOf(barriers: Label['barriers'], current: Label, wanted: BarrierId | undefined): BarrierId | undefined {
  if (wanted && !barriers.has(wanted) && wanted !== current.primary) {
    const name = barrierOf(wanted).name;
    throw new UserError(
      `The primary barrier is one of barriers: name ${name} there too, as in barriers:"${wanted} deepens".`,
    );
  }
  return [wanted, current.primary, ...barriers.keys()].find((barrier) => barrier && barriers.has(barrier));
}

function readBarriers(
  words: string,
  current: Label,
  readBarrier: (words: string) => BarrierId,
): ReadonlyMap<BarrierId, Direction> | 'off topic' {
  const text = words.replace(/["“”„]/g, '').trim();
  if (/^(off[ -]?topic|irrelevant|not relevant)$/i.test(text)) return 'off topic';
  if (/^(none|no barriers?|nothing)$/i.test(text)) return new Map();
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  return new Map(parts.filter((part) => part !== '').map((part) => readTag(part, current, readBarrier)));
}

/** `pacing deepens` or `▲ pacing`; a barrier alone keeps the direction it has. */
function readTag(
  part: string,
  current: Label,
  readBarrier: (words: string) => BarrierId,
): readonly [BarrierId, Direction] {
  const words = part.split(/[\s:=]+/);
  const isDirection = (word: string) => DIRECTION_WORDS[word.toLowerCase()] !== undefined;
  const name = words.filter((word) => !isDirection(word)).join(' ');
  const direction = words.flatMap((word) => DIRECTION_WORDS[word.toLowerCase()] ?? []).at(-1);
  const barrier = readBarrier(name);
  const known = direction ?? current.barriers.get(barrier);
  if (known) return [barrier, known];
  throw new UserError(`Which way? Write “${name} deepens”, “${name} eases” or “${name} mixed”.`);
}

/** As `wantedLabel` reads them: the primary barrier first. */
export function writeBarriers({ relevant, barriers, primary }: Label): string {
  if (!relevant) return 'off topic';
  const order = [...(primary ? [primary] : []), ...BARRIER_IDS.filter((id) => id !== primary)];
  const tags = order.flatMap((id) => (barriers.has(id) ? [`${id} ${barriers.get(id)}`] : []));
  return tags.join(', ') || 'none';
}
