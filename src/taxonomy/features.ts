/** What learned weights stand on: the words of an item, pairs of them, classes of words, pairs of classes, and frames. */
import { hashOf, join, startName, wordName } from './feature-key.ts';
import type { Knowledge } from './knowledge.ts';
import type { ItemReading } from './reading.ts';

const FEATURE_KINDS = ['word', 'title', 'start', 'pair', 'class', 'classes', 'frame', 'denied'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/**
 * Is told of each feature of an item, some more than once: its number, the words `[from, to)` that show it (of a frame: its
 * place among the findings, twice), its kind, and for classes the numbers of the one or two that it is.
 */
export type FeatureSink = (
  key: number,
  from: number,
  to: number,
  kind: FeatureKind,
  one: number,
  other: number,
) => void;

/** Classes further apart than this in a sentence make no pair. */
const CLASS_REACH = 7;
const KIND_KEYS: Readonly<Record<FeatureKind, number>> = {
  word: hashOf('word'),
  title: hashOf('title'),
  start: hashOf('start'),
  pair: hashOf('pair'),
  class: hashOf('class'),
  classes: hashOf('classes'),
  frame: hashOf('frame'),
  denied: hashOf('denied'),
};

/** Finds the features of items that were read against one body of knowledge. */
export class FeatureFinder {
  readonly #classes: readonly string[];
  readonly #classKeys: readonly number[];
  readonly #pairs: Uint8Array | undefined;

  /** Pairs of classes other than `pairs` (names of features) are passed over; all are told of where it is absent. */
  constructor({ classes }: Pick<Knowledge, 'classes'>, pairs?: Iterable<string>) {
    this.#classes = classes;
    this.#classKeys = classes.map(hashOf);
    this.#pairs = pairs && pairTable(classes, pairs);
  }

  find(reading: ItemReading, sink: FeatureSink): void {
    findWords(reading, sink);
    this.#findClasses(reading, sink);
    for (const [at, { frame, negated }] of reading.findings.entries()) {
      const kind = negated ? 'denied' : 'frame';
      sink(join(KIND_KEYS[kind], frame.key), at, at, kind, 0, 0);
    }
  }

  #findClasses({ seen }: ItemReading, sink: FeatureSink): void {
    const { count, terms, from, to } = seen.classes;
    for (let at = 0; at < count; at += 1) {
      const term = terms[at] ?? 0;
      const start = from[at] ?? 0;
      const end = to[at] ?? 0;
      sink(join(KIND_KEYS.class, this.#classKeys[term] ?? 0), start, end, 'class', term, term);
      const sentence = seen.sentenceOf(start);
      for (let next = at + 1; next < count; next += 1) {
        const other = terms[next] ?? 0;
        const otherStart = from[next] ?? 0;
        if (otherStart - end > CLASS_REACH || seen.sentenceOf(otherStart) !== sentence) break;
        if (otherStart < end || other === term || !this.#isPair(term, other)) continue;
        const pair = join(this.#classKeys[term] ?? 0, this.#classKeys[other] ?? 0);
        sink(join(KIND_KEYS.classes, pair), start, to[next] ?? 0, 'classes', term, other);
      }
    }
  }

  #isPair(one: number, other: number): boolean {
    return this.#pairs === undefined || this.#pairs[one * this.#classes.length + other] === 1;
  }

  /** What a feature that `find` told of is called in the file of weights. */
  nameOf({ words, findings }: ItemReading, ...[, from, to, kind, one, other]: Parameters<FeatureSink>): string {
    const word = (at: number) => (words[at]?.text ?? '').toLowerCase();
    switch (kind) {
      case 'word':
      case 'title':
        return `${kind} ${wordName(word(from))}`;
      case 'start':
        return `${kind} ${startName(word(from))}`;
      case 'pair':
        return `${kind} ${wordName(word(from))} ${wordName(word(to - 1))}`;
      case 'class':
        return `${kind} ${this.#classes[one]}`;
      case 'classes':
        return `${kind} ${this.#classes[one]} ${this.#classes[other]}`;
      case 'frame':
      case 'denied':
        return `${kind} ${findings[from]?.frame.name}`;
    }
  }
}

/** Row by row of the first class: 1 where the pair is asked for. */
function pairTable(classes: readonly string[], names: Iterable<string>): Uint8Array {
  const table = new Uint8Array(classes.length ** 2);
  const places = new Map(classes.map((name, place) => [name, place]));
  for (const name of names) {
    const [kind, one = '', other = ''] = name.split(' ');
    const [row, column] = [places.get(one), places.get(other)];
    if (kind === 'classes' && row !== undefined && column !== undefined) table[row * classes.length + column] = 1;
  }
  return table;
}

function findWords({ words, keys, titleWords }: ItemReading, sink: FeatureSink): void {
  for (let at = 0; at < words.length; at += 1) {
    const key = keys[at];
    const next = keys[at + 1];
    if (key === undefined) continue;
    if (!key.isEmpty) {
      sink(join(KIND_KEYS.word, key.hash), at, at + 1, 'word', 0, 0);
      if (at < titleWords) sink(join(KIND_KEYS.title, key.hash), at, at + 1, 'title', 0, 0);
    }
    if (key.start !== 0) sink(join(KIND_KEYS.start, key.start), at, at + 1, 'start', 0, 0);
    if (next !== undefined && at + 1 !== titleWords && words[at + 1]?.sentence === words[at]?.sentence)
      sink(join(KIND_KEYS.pair, join(key.hash, next.hash)), at, at + 2, 'pair', 0, 0);
  }
}

/** The number of a feature by its name. Throws for a name that no feature has. */
export function keyOfName(name: string): number {
  const kind = FEATURE_KINDS.find((each) => name.startsWith(`${each} `));
  if (kind === undefined) throw new Error(`no feature is called “${name}”`);
  const rest = name.slice(kind.length + 1);
  if (kind !== 'pair' && kind !== 'classes') return join(KIND_KEYS[kind], hashOf(rest));
  const [one = '', other = ''] = rest.split(' ');
  return join(KIND_KEYS[kind], join(hashOf(one), hashOf(other)));
}
