/** Headlines as comparable words: one spelling for each body, person and act, whatever a publisher calls it. */
import { NAMES, SAME_WORDS, STOP_WORDS } from './event-names.ts';

/** A word of a text: `key` is what it is compared by, `text` how it stands there. */
export interface ContentWord {
  readonly key: string;
  readonly text: string;
}

const WORD = /[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu;

/** Words that mean a country, a document or a ministry only when written so: “us” in small letters is nobody. */
const CAPITALS: Readonly<Record<string, string>> = { US: 'usa', USA: 'usa', DoW: 'pentagon', DOW: 'pentagon' };

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

/** Words that carry meaning, in the order of the text. */
export function contentWords(text: string): ContentWord[] {
  const written = text.match(WORD) ?? [];
  const lower = written.map((word) => word.toLowerCase());
  const found: ContentWord[] = [];
  for (let at = 0; at < lower.length; ) {
    const name = namesByStart
      .get(lower[at] ?? '')
      ?.find(({ words }) => words.every((word, i) => lower[at + i] === word));
    const length = name?.words.length ?? 1;
    const shown = written.slice(at, at + length).join(' ');
    for (const key of name?.keys ?? keysOf(shown)) found.push({ key, text: shown });
    at += length;
  }
  return found;
}

function keysOf(written: string): readonly string[] {
  const country = CAPITALS[written];
  if (country !== undefined) return [country];
  const word = written.toLowerCase();
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
