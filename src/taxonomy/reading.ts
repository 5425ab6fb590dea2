/** One item read against the knowledge: which frames hold, where, and which a "not" takes back. */
import type { Evidence } from '../model.ts';
import type { WordKeys } from './feature-key.ts';
import type { CompiledPattern, Frame, Knowledge } from './knowledge.ts';
import { isCapitalised, isHeadline, isLinking } from './names-alone.ts';
import { findPattern, type Match, type Pattern, type Stretch } from './pattern.ts';
import { SightingTable } from './sightings.ts';
import { readWords, type Word } from './words.ts';

/** The words of an item that the tagger reads. */
export interface Text {
  readonly title: string;
  readonly summary: string;
}

/** A frame that holds in an item. */
export interface Finding {
  readonly frame: Frame;
  readonly inTitle: boolean;
  /** True when a "not" stands in or just before the words. */
  readonly negated: boolean;
  /** In the order of the text. */
  readonly evidence: readonly Evidence[];
}

/** News tells the matter in its first lines; a feed that sends whole articles would otherwise match everything somewhere. */
const TITLE_WORDS = 120;
const SUMMARY_WORDS = 240;
/** How far before the words a "not" still governs them. */
const NEGATION_REACH = 3;
/** Parts of one sentence no further apart than this are quoted as one stretch. */
const LONGEST_QUOTE = 14;
/** Shorter stretches are widened to be readable, this far at most. */
const SHORTEST_QUOTE = 6;
const READABLE_QUOTE = 9;
const CLAUSE_END = /[,;:()[\]|–—]| - /;
/** One table for each body of knowledge: items are read one at a time. */
const tables = new WeakMap<Knowledge, SightingTable>();

/** All that was read of an item; to be used before the next item is read, which takes over its table. */
export interface ItemReading {
  /** The frames that hold, each once. */
  readonly findings: readonly Finding[];
  /** Those of the title, then those of the summary. */
  readonly words: readonly Word[];
  readonly titleWords: number;
  readonly keys: readonly WordKeys[];
  readonly seen: SightingTable;
  /** The words of a stretch, widened to be readable where they are few. */
  quote(stretch: Stretch): Evidence;
  /** The words of a stretch and no more. */
  exactly(stretch: Stretch): Evidence;
  /** The stretch, with the nearest word of its sentence that is no name where it holds none; undefined where there is none. */
  withProof(stretch: Stretch): Stretch | undefined;
}

/** Reads an item against the knowledge. */
export function readItem(item: Text, knowledge: Knowledge): ItemReading {
  const reading = new Reading(item, knowledge);
  const found = new Map<number, Finding>();
  for (const term of reading.seen.terms) {
    const patterns = knowledge.patterns[term] ?? [];
    for (const pattern of patterns) {
      if (!reading.mayHold(pattern)) continue;
      const present = found.get(pattern.frameIndex);
      if (present?.inTitle && !present.negated) continue;
      const finding = reading.look(pattern);
      if (finding !== undefined && (present === undefined || isBetter(finding, present)))
        found.set(pattern.frameIndex, finding);
    }
  }
  const { words, titleWords, keys, seen } = reading;
  return {
    findings: [...found.values()],
    words,
    titleWords,
    keys,
    seen,
    quote: (stretch) => reading.quote(stretch),
    exactly: (stretch) => reading.exactly(stretch),
    withProof: (stretch) => reading.withProof(stretch),
  };
}

function isBetter(finding: Finding, present: Finding): boolean {
  if (finding.negated !== present.negated) return present.negated;
  return finding.inTitle && !present.inTitle;
}

class Reading {
  readonly seen: SightingTable;
  readonly #item: Text;
  readonly #knowledge: Knowledge;
  readonly words: readonly Word[];
  readonly titleWords: number;
  readonly keys: readonly WordKeys[];
  #named: ReadonlySet<number> | undefined;
  #isHeadline: boolean | undefined;

  constructor(item: Text, knowledge: Knowledge) {
    this.#item = item;
    this.#knowledge = knowledge;
    const title = readWords(item.title, TITLE_WORDS);
    const summary = readWords(item.summary, SUMMARY_WORDS, (title.at(-1)?.sentence ?? -1) + 1);
    this.titleWords = title.length;
    this.words = title.length === 0 ? summary : title.concat(summary);
    this.seen = tableFor(knowledge);
    this.seen.begin(this.words);
    this.keys = knowledge.vocabulary.find(this.words, this.seen);
  }

  mayHold(pattern: Pattern): boolean {
    for (const term of pattern.needed) if (!this.seen.has(term)) return false;
    return true;
  }

  look(pattern: CompiledPattern): Finding | undefined {
    const match = findPattern(pattern, this.seen);
    const first = match?.all[0];
    if (match === undefined || first === undefined) return undefined;
    const inTitle = first.from < this.titleWords;
    if (pattern.frame.titleOnly && !inTitle) return undefined;
    if (pattern.unless.some((exception) => this.mayHold(exception) && findPattern(exception, this.seen) !== undefined))
      return undefined;
    const merged = this.#merge(match.all);
    const denied = pattern.negative ? merged : merged.map((stretch) => this.#withNegation(stretch));
    const negated = denied.some((stretch, at) => stretch !== merged[at]);
    return {
      frame: pattern.frame,
      inTitle,
      negated,
      evidence: this.#quoteProofs(denied, match, pattern.frame.subject),
    };
  }

  /** The stretch with the "not" that governs it; the stretch itself when none does. */
  #withNegation(stretch: Stretch): Stretch {
    if (!this.seen.has(this.#knowledge.negation)) return stretch;
    const sentence = this.seen.sentenceOf(stretch.from);
    for (const { from } of this.seen.of(this.#knowledge.negation)) {
      const governs = from >= stretch.from - NEGATION_REACH && from < stretch.to;
      if (governs && this.seen.sentenceOf(from) === sentence)
        return { from: Math.min(from, stretch.from), to: stretch.to };
    }
    return stretch;
  }

  /** Joins parts of one sentence that stand close together. */
  #merge(parts: readonly Stretch[]): readonly Stretch[] {
    if (parts.length === 1) return parts;
    const merged: Stretch[] = [];
    for (const stretch of parts.toSorted((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last !== undefined && this.#belongTogether(last, stretch))
        merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
      else merged.push(stretch);
    }
    return merged;
  }

  /** Names are quoted only together with words that prove something. */
  #quoteProofs(merged: readonly Stretch[], match: Match, subject: Frame['subject']): Evidence[] {
    return merged
      .filter(({ from, to }) => match.proving.some((part) => part.from >= from && part.to <= to))
      .flatMap((stretch) => (subject === 'relevance' ? stretch : (this.withProof(stretch) ?? [])))
      .map((stretch) => this.quote(stretch));
  }

  withProof({ from, to }: Stretch): Stretch | undefined {
    for (let word = from; word < to; word += 1) if (this.#proves(word)) return { from, to };
    const sentence = this.seen.sentenceOf(from);
    for (let word = to; this.seen.sentenceOf(word) === sentence; word += 1)
      if (this.#proves(word)) return { from, to: word + 1 };
    for (let word = from - 1; this.seen.sentenceOf(word) === sentence; word -= 1)
      if (this.#proves(word)) return { from: word, to };
    return undefined;
  }

  /** True for a word that is neither part of a name nor an empty one. */
  #proves(word: number): boolean {
    this.#named ??= this.#namedWords();
    if (this.#named.has(word) || this.#links(word)) return false;
    this.#isHeadline ??= isHeadline(this.words.slice(0, this.titleWords));
    const capitalsTell = word >= this.titleWords || !this.#isHeadline;
    return !capitalsTell || !isCapitalised(this.words[word]?.text ?? '');
  }

  #namedWords(): ReadonlySet<number> {
    const named = new Set<number>();
    for (const actor of this.#knowledge.actors)
      for (const { from, to } of this.seen.of(actor)) for (let at = from; at < to; at += 1) named.add(at);
    return named;
  }

  #belongTogether(a: Stretch, b: Stretch): boolean {
    if (this.seen.sentenceOf(a.from) !== this.seen.sentenceOf(b.from)) return false;
    return b.from < a.to || b.to - a.from <= LONGEST_QUOTE;
  }

  quote(stretch: Stretch): Evidence {
    const field = stretch.from < this.titleWords ? 'title' : 'summary';
    return this.exactly(this.#whole(this.#widen(stretch, this.#item[field]), this.#item[field]));
  }

  exactly({ from, to }: Stretch): Evidence {
    const field = from < this.titleWords ? 'title' : 'summary';
    const start = this.words[from]?.start ?? 0;
    const end = this.words[to - 1]?.end ?? start;
    return { field, start, end, quote: this.#item[field].slice(start, end) };
  }

  /** A few words alone prove little to a reader: they are quoted with what follows, then what stands before, in their clause. */
  #widen({ from, to }: Stretch, text: string): Stretch {
    if (to - from >= SHORTEST_QUOTE) return { from, to };
    let [first, end] = [from, to];
    while (end - first < READABLE_QUOTE && this.#joined(end - 1, text)) end += 1;
    while (end > to && this.#links(end - 1)) end -= 1;
    while (end - first < READABLE_QUOTE && this.#joined(first - 1, text)) first -= 1;
    while (first < from && this.#links(first)) first += 1;
    return { from: first, to: end };
  }

  /** With the rest of a hyphenated word or of a known term that the edges would cut: “high-risk AI”, not “risk AI”. */
  #whole({ from, to }: Stretch, text: string): Stretch {
    let [first, end] = [from, to];
    const { classes } = this.seen;
    for (let at = 0; at < classes.count; at += 1) {
      const [start, stop] = [classes.from[at] ?? 0, classes.to[at] ?? 0];
      // A term may run from the title into the summary by chance; a quote may not.
      if (this.seen.sentenceOf(start) !== this.seen.sentenceOf(stop - 1)) continue;
      if (start < first && stop > first) first = start;
      if (start < end && stop > end) end = stop;
    }
    while (this.#isHyphened(first - 1, text)) first -= 1;
    while (this.#isHyphened(end - 1, text)) end += 1;
    return { from: first, to: end };
  }

  /** True when a word and the next one are written as one, with a hyphen. */
  #isHyphened(word: number, text: string): boolean {
    const [one, next] = [this.words[word], this.words[word + 1]];
    if (one === undefined || next === undefined || word + 1 === this.titleWords) return false;
    return one.sentence === next.sentence && /^[-‐‑]$/.test(text.slice(one.end, next.start));
  }

  #links(word: number): boolean {
    return isLinking(this.words[word]?.text ?? '');
  }

  /** True when a word and the next one stand in one clause: nothing but spaces, hyphens and quotation marks between them. */
  #joined(word: number, text: string): boolean {
    const [one, next] = [this.words[word], this.words[word + 1]];
    if (one === undefined || next === undefined || word + 1 === this.titleWords) return false;
    if (one.sentence !== next.sentence) return false;
    return !CLAUSE_END.test(text.slice(one.end, next.start));
  }
}

function tableFor(knowledge: Knowledge): SightingTable {
  const present = tables.get(knowledge);
  if (present !== undefined) return present;
  const made = new SightingTable(
    knowledge.patterns.map((patterns) => patterns.length > 0),
    knowledge.classes.length,
  );
  tables.set(knowledge, made);
  return made;
}
