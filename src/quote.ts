/** Finds quotes that somebody else took from an item, and keeps those that prove something. Pure. */
import type { Evidence } from './model.ts';
import type { ReadableText } from './second-reader.ts';
import { overlap } from './taxonomy/evidence.ts';
import { isCapitalised, isHeadline, isLinking } from './taxonomy/names-alone.ts';
import { readWords } from './taxonomy/words.ts';

const MOST_QUOTES = 3;
/** A quote of everything proves nothing. */
const LONGEST_QUOTE = 300;
const MOST_WORDS = 60;

/** The quotes that stand in the item word for word and are more than a name, none over another; empty when there is none. */
export function provenQuotes(text: ReadableText, quotes: readonly string[]): Evidence[] {
  const proven: Evidence[] = [];
  for (const quote of quotes) {
    if (proven.length === MOST_QUOTES) break;
    const found = findQuote(text, quote.trim());
    if (found && isMoreThanName(found, text) && !proven.some((other) => overlap(other, found))) proven.push(found);
  }
  return proven;
}

/** Where whole words of the title, else of the summary, are the quote. */
function findQuote(text: ReadableText, quote: string): Evidence | undefined {
  if (quote === '' || quote.length > LONGEST_QUOTE) return undefined;
  for (const field of ['title', 'summary'] as const) {
    const whole = text[field];
    for (let start = whole.indexOf(quote); start >= 0; start = whole.indexOf(quote, start + 1)) {
      const end = start + quote.length;
      if (isEdge(whole, start) && isEdge(whole, end)) return { field, start, end, quote };
    }
  }
  return undefined;
}

/** True where no word goes on from one side to the other. */
function isEdge(text: string, at: number): boolean {
  const isLetter = (character: string | undefined) => /^[\p{L}\p{N}]$/u.test(character ?? '');
  return !(isLetter([...text.slice(Math.max(0, at - 2), at)].at(-1)) && isLetter([...text.slice(at, at + 2)][0]));
}

/** True with a word that is not capitalised; in a headline, where all words are, with half of the headline. */
function isMoreThanName({ field, quote }: Evidence, { title }: ReadableText): boolean {
  const words = readWords(quote, MOST_WORDS);
  if (words.some(({ text }) => !isCapitalised(text) && !isLinking(text))) return true;
  const headline = readWords(title, MOST_WORDS);
  return field === 'title' && isHeadline(headline) && words.length > 1 && words.length * 2 >= headline.length;
}
