/** What tells a bare name from words that prove something: a name alone is no evidence, whoever took the quote. */
import type { Word } from './words.ts';

/** Words that stand in the middle of names and clauses, and say nothing at the edge of a quote. */
const LINKING_WORDS: ReadonlySet<string> = new Set(
  [
    'a an the of to in on at by for from with without and or but as that which who its their is are was were be been into over',
    'la le les de du des et der die das und für el los y del di e',
  ]
    .join(' ')
    .split(' '),
);

/** Shorter words are often written small in headlines whose other words are not. */
const HEADLINE_WORD = 4;

export function isLinking(word: string): boolean {
  return LINKING_WORDS.has(word.toLowerCase());
}

/** True for words with a capital, and for numbers: a number or a year alone proves no more than a name does. */
export function isCapitalised(word: string): boolean {
  return /^[\p{Lu}\p{Lt}\p{N}$€£%]/u.test(word);
}

/** True of a title whose words all have capitals, but for linking ones, so that capitals tell nothing. */
export function isHeadline(words: readonly Pick<Word, 'text'>[]): boolean {
  return words.every(({ text }) => text.length < HEADLINE_WORD || isCapitalised(text) || isLinking(text));
}
