/** Headlines as comparable words: one spelling for each body, person and act, whatever a publisher calls it. */
import { NAMES, SAME_WORDS, STOP_WORDS } from './event-names.ts';

/** A word of a text: `key` is what it is compared by, `text` how it stands there. */
export interface ContentWord {
  readonly key: string;
  readonly text: string;
}

const WORD = /[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu;

/** Words that mean a country, a document or a ministry only when written so: “us” in small letters is nobody. */
const CAPITALS: ReadonlyMap<string, string> = new Map([
  ['US', 'usa'],
  ['USA', 'usa'],
  ['DoW', 'pentagon'],
  ['DOW', 'pentagon'],
]);

interface Name {
  readonly words: readonly string[];
  readonly keys: readonly string[];
}

/** Names by their first word, the longest first. */
const namesByStart = Map.groupBy(
  Object.entries(NAMES)
    .flatMap(([name, others]): Name[] =>
      others.split(',').map((other) => ({ words: other.trim().split(/\s+/), keys: name.split(' ') })),
    )
    .sort((one, other) => other.words.length - one.words.length),
  ({ words }) => words[0] ?? '',
);
const sameWords = new Map(
  Object.entries(SAME_WORDS).flatMap(([key, others]) => others.split(/\s+/).map((other) => [other, key] as const)),
);

/** A written word as it is read, kept because the same words come again and again. */
interface ReadWord {
  readonly lower: string;
  readonly keys: readonly string[];
  /** Names that start with it; absent for nearly all words. */
  readonly names: readonly Name[] | undefined;
}

/** So many words are kept before all are forgotten: about what a year of feeds holds, in a few megabytes. */
const MOST_KEPT = 50_000;
const readWords = new Map<string, ReadWord>();

function readWord(written: string): ReadWord {
  const kept = readWords.get(written);
  if (kept !== undefined) return kept;
  const lower = written.toLowerCase();
  const read = { lower, keys: keysOf(written, lower), names: namesByStart.get(lower) };
  if (readWords.size >= MOST_KEPT) readWords.clear();
  readWords.set(written, read);
  return read;
}

/** Words that carry meaning, in the order of the text. */
export function contentWords(text: string): ContentWord[] {
  const written = text.match(WORD) ?? [];
  const found: ContentWord[] = [];
  for (let at = 0; at < written.length; ) {
    const first = written[at] ?? '';
    const { keys, names } = readWord(first);
    const name = names?.find(({ words }) => words.every((word, i) => readWord(written[at + i] ?? '').lower === word));
    const length = name?.words.length ?? 1;
    const shown = length === 1 ? first : written.slice(at, at + length).join(' ');
    for (const key of name?.keys ?? keys) found.push({ key, text: shown });
    at += length;
  }
  return found;
}

function keysOf(written: string, word: string): readonly string[] {
  const country = CAPITALS.get(written);
  if (country !== undefined) return [country];
  if (word.length < 2 || STOP_WORDS.has(word)) return [];
  return [sameWords.get(word) ?? stem(word)];
}

/** Plural, possessive and tense endings are cut. */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 5 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}
