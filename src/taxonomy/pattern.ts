/** Patterns as policy people write them in the knowledge files, and how they are found in a text. */

/** Looks up the term of a word, a phrase or a `<class>` while patterns are read. */
export interface Terms {
  /** The number of the class, or undefined when no file declares it. */
  classOf(name: string): number | undefined;
  /** The number of a term that stands for these words and `<classes>`, made when it is new. Throws for an unknown class. */
  wordsOf(phrases: readonly string[]): number;
  /** True for a class of actors. */
  names(term: number): boolean;
}

interface Step {
  readonly term: number;
  /** How many words may stand between the step before and this one. */
  readonly gap: number;
}

/** Steps one after the other in one sentence. */
interface Sequence {
  readonly steps: readonly Step[];
  readonly absent: boolean;
  /** Only names someone, and so proves nothing alone. */
  readonly names: boolean;
}

/** Sequences of one sentence. */
interface Clause {
  readonly present: readonly Sequence[];
  readonly absent: readonly Sequence[];
}

/** Clauses hold anywhere in the item; the sequences of a clause hold in one sentence. */
export interface Pattern {
  readonly text: string;
  readonly clauses: readonly Clause[];
  /** The one sequence of a pattern that has no more; such patterns are many, and found without further ado. */
  readonly single: Sequence | undefined;
  /** Every term that must be somewhere in the item. */
  readonly needed: readonly number[];
}

/** Where terms were seen: for each, the words `[from, to)`, in order. */
export interface Sightings {
  of(term: number): readonly Stretch[];
  sentenceOf(word: number): number;
}

/** Words `[from, to)`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches by which a pattern holds, and those of them that do more than name someone. */
export interface Match {
  readonly all: readonly Stretch[];
  readonly proving: readonly Stretch[];
}

const GAP = 5;

/**
 * Reads a pattern: words stand side by side; `..` lets up to five words between, `..9` up to nine; `(a|b c)` is a choice;
 * `<class>` a word class; ` & ` joins what must stand in one sentence in any order; ` + ` what must stand anywhere in the
 * item; `!` before a part says that it must not. Throws an Error that names the fault.
 */
export function parsePattern(text: string, terms: Terms): Pattern {
  const clauses = text.split(' + ').map((clause): Clause => {
    const sequences = clause.split(' & ').map((part) => parseSequence(part.trim(), terms));
    const present = sequences.filter((sequence) => !sequence.absent);
    const absent = sequences.filter((sequence) => sequence.absent);
    if (present.length === 0 && absent.length > 1)
      throw new Error(`"${text}": a clause of several parts needs one that must be present`);
    return { present, absent };
  });
  const needed = clauses.flatMap(({ present }) => present.flatMap(({ steps }) => steps.map(({ term }) => term)));
  if (needed.length === 0) throw new Error(`"${text}": nothing in the pattern must be present`);
  const [first, ...others] = clauses;
  const isSingle = others.length === 0 && first?.present.length === 1 && first.absent.length === 0;
  return { text, clauses, single: isSingle ? first.present[0] : undefined, needed: [...new Set(needed)] };
}

function parseSequence(text: string, terms: Terms): Sequence {
  const absent = text.startsWith('!');
  const steps: Step[] = [];
  let gap = 0;
  let literal: string[] = [];
  const closeLiteral = (): void => {
    if (literal.length === 0) return;
    steps.push({ term: terms.wordsOf([literal.join(' ')]), gap });
    gap = 0;
    literal = [];
  };
  for (const part of partsOf(absent ? text.slice(1) : text)) {
    if (part.startsWith('..')) {
      closeLiteral();
      gap = part === '..' ? GAP : Number(part.slice(2));
      if (!Number.isInteger(gap)) throw new Error(`"${text}": "${part}" is no gap`);
    } else if (part.startsWith('<') || part.startsWith('(')) {
      closeLiteral();
      steps.push({ term: termOf(part, terms), gap });
      gap = 0;
    } else literal.push(part);
  }
  closeLiteral();
  if (steps.length === 0) throw new Error(`"${text}": an empty part`);
  return { steps, absent, names: steps.every(({ term }) => terms.names(term)) };
}

function termOf(part: string, terms: Terms): number {
  const inner = part.slice(1, -1);
  if (part.startsWith('(')) return terms.wordsOf(inner.split('|'));
  const term = terms.classOf(inner);
  if (term === undefined) throw new Error(`unknown class <${inner}>`);
  return term;
}

/** Splits at spaces, but not inside brackets. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > 0) {
    const close = rest.startsWith('(') ? ')' : rest.startsWith('<') ? '>' : ' ';
    const at = rest.indexOf(close);
    if (at < 0 && close !== ' ') throw new Error(`"${text}": "${close}" is missing`);
    const end = at < 0 ? rest.length : close === ' ' ? at : at + 1;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return parts;
}

/** How the pattern holds in an item; undefined when it does not. */
export function findPattern(pattern: Pattern, seen: Sightings): Match | undefined {
  if (pattern.single !== undefined) {
    const first = stretchesOf(pattern.single, seen)[0];
    return first === undefined ? undefined : { all: [first], proving: [first] };
  }
  const all: Stretch[] = [];
  const proving: Stretch[] = [];
  for (const clause of pattern.clauses) if (!findClause(clause, seen, all, proving)) return undefined;
  return { all, proving: proving.length === 0 ? all : proving };
}

/** Adds the stretches of the first sentence in which the clause holds. */
function findClause({ present, absent }: Clause, seen: Sightings, all: Stretch[], proving: Stretch[]): boolean {
  const lead = present[0];
  if (lead === undefined) return absent.every((sequence) => stretchesOf(sequence, seen).length === 0);
  const leads = stretchesOf(lead, seen);
  if (leads.length === 0) return false;
  const rest = present.slice(1).map((sequence) => stretchesOf(sequence, seen));
  if (rest.some((stretches) => stretches.length === 0)) return false;
  const banned = absent.map((sequence) => stretchesOf(sequence, seen)).filter((stretches) => stretches.length > 0);
  let tried = -1;
  for (const first of leads) {
    const sentence = seen.sentenceOf(first.from);
    if (sentence === tried) continue;
    tried = sentence;
    if (banned.some((stretches) => firstIn(sentence, stretches, seen) !== undefined)) continue;
    const others = oneOfEach(sentence, rest, seen);
    if (others === undefined) continue;
    all.push(first, ...others);
    if (!lead.names) proving.push(first);
    for (let at = 0; at < others.length; at += 1) {
      const other = others[at];
      if (other !== undefined && present[at + 1]?.names === false) proving.push(other);
    }
    return true;
  }
  return false;
}

function oneOfEach(
  sentence: number,
  sequences: readonly (readonly Stretch[])[],
  seen: Sightings,
): Stretch[] | undefined {
  const chosen: Stretch[] = [];
  for (const stretches of sequences) {
    const next = firstIn(sentence, stretches, seen);
    if (next === undefined) return undefined;
    chosen.push(next);
  }
  return chosen;
}

function firstIn(sentence: number, stretches: readonly Stretch[], seen: Sightings): Stretch | undefined {
  for (const stretch of stretches) if (seen.sentenceOf(stretch.from) === sentence) return stretch;
  return undefined;
}

function stretchesOf(sequence: Sequence, seen: Sightings): readonly Stretch[] {
  const first = sequence.steps[0];
  if (first === undefined) return [];
  let reached = seen.of(first.term);
  for (let at = 1; at < sequence.steps.length; at += 1) {
    const step = sequence.steps[at];
    if (reached.length === 0 || step === undefined) return [];
    reached = advance(reached, seen.of(step.term), step.gap, seen);
  }
  return reached;
}

/** Extends stretches by the next step; each next sighting takes the nearest stretch before it, so the work is linear. */
function advance(reached: readonly Stretch[], next: readonly Stretch[], gap: number, seen: Sightings): Stretch[] {
  const extended: Stretch[] = [];
  let at = 0;
  let nearest: Stretch | undefined;
  for (const stretch of next) {
    for (
      let candidate = reached[at];
      candidate !== undefined && candidate.to <= stretch.from;
      candidate = reached[at]
    ) {
      if (nearest === undefined || candidate.to >= nearest.to) nearest = candidate;
      at += 1;
    }
    if (nearest === undefined || stretch.from - nearest.to > gap) continue;
    if (seen.sentenceOf(nearest.from) !== seen.sentenceOf(stretch.from)) continue;
    extended.push({ from: nearest.from, to: stretch.to });
  }
  return extended;
}
