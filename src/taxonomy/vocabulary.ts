/** Every phrase the knowledge files know, found in a text in one pass over its words. */
import { type WordKeys, wordKeys } from './feature-key.ts';
import { readWords, type Word } from './words.ts';

/** One word of a phrase: `regulat*` stands for every word that starts so; a word with a capital must have it in the text. */
interface WordShape {
  readonly text: string;
  readonly open: boolean;
  readonly cased: boolean;
}

interface Phrase {
  readonly shapes: readonly WordShape[];
  /** The terms that the phrase stands for. */
  readonly terms: number[];
}

interface KnownWord extends WordKeys {
  readonly lower: string;
  /** What the word stands for alone. */
  readonly terms: readonly number[];
  /** Longer phrases that it begins, by their second word. */
  readonly followers: ReadonlyMap<string, readonly Phrase[]>;
  /** Longer phrases whose second word is open. */
  readonly openFollowers: readonly Phrase[];
}

/** Is told the terms found, with the words `[from, to)` that stand for them, in the order of their first word. */
interface Witness {
  note(terms: readonly number[], from: number, to: number): void;
}

/** The words last met, so that common ones are looked up once; dropped as a whole when full, so memory stays flat. */
const REMEMBERED_WORDS = 30_000;
const LONGEST_WORD = 40;
const UNKNOWN: KnownWord = {
  lower: '',
  hash: 0,
  isEmpty: true,
  start: 0,
  terms: [],
  followers: new Map(),
  openFollowers: [],
};

/** Collects phrases, then finds them. */
export class Vocabulary {
  readonly #phrases = new Map<string, Phrase>();
  readonly #whole = new Map<string, Phrase[]>();
  readonly #open = new Map<string, Phrase[]>();
  #shortest = LONGEST_WORD;
  #known = new Map<string, KnownWord>();

  /** Lets `phrase` stand for `term`; returns false when it holds no word. */
  add(phrase: string, term: number): boolean {
    const shapes = shapesOf(phrase);
    const first = shapes[0];
    if (first === undefined) return false;
    const key = shapes.map((shape) => (shape.open ? `${shape.text}*` : shape.text)).join(' ');
    const present = this.#phrases.get(key);
    if (present !== undefined) {
      if (!present.terms.includes(term)) present.terms.push(term);
      return true;
    }
    const made: Phrase = { shapes, terms: [term] };
    this.#phrases.set(key, made);
    const index = first.open ? this.#open : this.#whole;
    const sameStart = index.get(first.text);
    if (sameStart === undefined) index.set(first.text, [made]);
    else sameStart.push(made);
    if (first.open) this.#shortest = Math.min(this.#shortest, first.text.length);
    return true;
  }

  /** Reports every phrase that stands in `words` (phrases do not cross sentences), and returns the keys of each word. */
  find(words: readonly Word[], witness: Witness): readonly WordKeys[] {
    const known: KnownWord[] = [];
    for (const word of words) known.push(this.#know(word.text));
    for (let at = 0; at < known.length; at += 1) {
      const { terms, followers, openFollowers } = known[at] ?? UNKNOWN;
      if (terms.length > 0) witness.note(terms, at, at + 1);
      if (followers.size > 0) {
        const next = known[at + 1];
        const text = words[at + 1]?.text;
        if (next !== undefined && text !== undefined) {
          report(followers.get(next.lower), at, words, known, witness);
          if (text !== next.lower) report(followers.get(text), at, words, known, witness);
        }
      }
      if (openFollowers.length > 0) report(openFollowers, at, words, known, witness);
    }
    return known;
  }

  #know(text: string): KnownWord {
    const present = this.#known.get(text);
    if (present !== undefined) return present;
    if (text.length > LONGEST_WORD) return UNKNOWN;
    const lower = text.toLowerCase();
    const starts = [...(this.#whole.get(lower) ?? [])];
    if (text !== lower) starts.push(...(this.#whole.get(text) ?? []));
    for (let length = this.#shortest; length <= lower.length; length += 1)
      starts.push(...(this.#open.get(lower.slice(0, length)) ?? []));
    // Numbers hardly come twice; remembering them would only push words out.
    const keys = wordKeys(lower);
    if (starts.length === 0 && isDigit(text)) return { ...UNKNOWN, lower, ...keys };
    const made = starts.length === 0 ? { ...UNKNOWN, lower, ...keys } : knownWord(lower, keys, starts);
    if (this.#known.size >= REMEMBERED_WORDS) this.#known = new Map();
    this.#known.set(text, made);
    return made;
  }
}

function knownWord(lower: string, keys: WordKeys, starts: readonly Phrase[]): KnownWord {
  const alone = starts.filter(({ shapes }) => shapes.length === 1);
  return {
    lower,
    ...keys,
    terms: [...new Set(alone.flatMap(({ terms }) => terms))],
    followers: Map.groupBy(
      starts.filter(({ shapes }) => shapes[1]?.open === false),
      ({ shapes }) => shapes[1]?.text ?? '',
    ),
    openFollowers: starts.filter(({ shapes }) => shapes[1]?.open === true),
  };
}

function isDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function report(
  phrases: readonly Phrase[] | undefined,
  at: number,
  words: readonly Word[],
  known: readonly KnownWord[],
  witness: Witness,
): void {
  if (phrases === undefined) return;
  for (const phrase of phrases) {
    if (!continues(phrase.shapes, at, words, known)) continue;
    witness.note(phrase.terms, at, at + phrase.shapes.length);
  }
}

function continues(
  shapes: readonly WordShape[],
  at: number,
  words: readonly Word[],
  known: readonly KnownWord[],
): boolean {
  const sentence = words[at]?.sentence;
  for (let offset = 1; offset < shapes.length; offset += 1) {
    const shape = shapes[offset];
    const word = words[at + offset];
    const lower = known[at + offset]?.lower;
    if (shape === undefined || word === undefined || lower === undefined || word.sentence !== sentence) return false;
    if (shape.cased ? word.text !== shape.text : shape.open ? !lower.startsWith(shape.text) : lower !== shape.text)
      return false;
  }
  return true;
}

function shapesOf(phrase: string): WordShape[] {
  return readWords(phrase, 12).map((word) => {
    const open = phrase.charAt(word.end) === '*';
    const lower = word.text.toLowerCase();
    return { text: word.text, open, cased: !open && lower !== word.text };
  });
}
