/** Names of features as numbers, so that reading an item builds no texts. */

/** A 32-bit hash of a text (FNV-1a over UTF-16 units, then mixed); the same on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** One number of two, in their order. */
export function join(one: number, other: number): number {
  return mix(Math.imul(one, 0x9e3779b1) ^ (other + 0x7f4a7c15));
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) | 0;
}

const NUMBER = /^\d[\d.,]*$/;

/** How a word is called as a feature: years as they are, other numbers as one, plurals as their singular. Expects lower case. */
export function wordName(lower: string): string {
  if (NUMBER.test(lower)) return /^20[23]\d$/.test(lower) ? lower : '0';
  return singular(lower);
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

/** Words of at least this length also count by their start, which inflected forms and kindred languages share. */
const LONG_WORD = 7;
const START = 5;

/** Words that say nothing alone; they still count in pairs. */
const EMPTY_WORDS = new Set(
  [
    'a an the of to in on at by for from with and or but as that which who what how why when its it is are was were be been has have',
    'had into over will would than then this these those their they them he she his her we our you your i there here also s t d l m n',
    'some any all more most very much many such same so up out down now just only still even first next last new old one two three',
    'de la le les des du et en un une au aux ce cette ces qui que par pour pas sur dans avec est sont il elle son sa ses leur ne se',
    'el los las y del al por para con es su sus lo como más no son ha han este esta der die das und den dem des ein eine einen einem',
    'einer im in zu zum zur auf mit von für ist sind wird werden nicht als auch es bei aus nach wie il gli i di da del della dei',
    'delle e che per non si più nel nella alla al dal o os as um uma do dos das na nos ao é com mais sem seu sua',
  ]
    .join(' ')
    .split(' '),
);

/** A word as features know it. */
export interface WordKeys {
  readonly hash: number;
  /** True where the word alone is no feature. */
  readonly isEmpty: boolean;
  /** Of the word's start; 0 for a short word. */
  readonly start: number;
}

/** How the start of a word is called as a feature; empty for a short word. */
export function startName(lower: string): string {
  return lower.length < LONG_WORD ? '' : lower.slice(0, START);
}

/** The numbers of a word in lower case. */
export function wordKeys(lower: string): WordKeys {
  const start = startName(lower);
  return { hash: hashOf(wordName(lower)), isEmpty: EMPTY_WORDS.has(lower), start: start === '' ? 0 : hashOf(start) };
}
