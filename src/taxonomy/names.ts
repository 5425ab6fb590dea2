/** Barriers by the names people type: "deadlock", "2.1", "public private", "militry". */
import type { Barrier } from './barriers.ts';

const STOP_WORDS = new Set([
  'the',
  'of',
  'and',
  'to',
  'a',
  'in',
  'on',
  'vs',
  'between',
  'barrier',
  'section',
  'ch',
  'chapter',
]);
const SHORTEST_START = 3;
const SHORTEST_WITH_TYPO = 5;

/** Those of `barriers` whose names fit all the words, best first; empty when none does. */
export function bestFits(barriers: readonly Barrier[], words: string): readonly Barrier[] {
  const asked = wordsOf(words);
  const query = asked.join(' ');
  if (query === '') return [];
  const telling = asked.filter((word) => !STOP_WORDS.has(word));
  return barriers
    .map((barrier) => ({ barrier, fit: fitOf(barrier, query, telling) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ barrier }) => barrier);
}

/** 0 for no fit. A whole name beats words of it; a barrier's own name beats words that describe it. */
function fitOf(barrier: Barrier, query: string, telling: readonly string[]): number {
  const names = [barrier.id, barrier.name].map((name) => wordsOf(name).join(' '));
  if (names.includes(query)) return 1000;
  const sections = barrier.sections.map((section) => wordsOf(section).join(' '));
  if (sections.some((section) => section === query || section === `ch ${query}`)) return 900 - 10 * sections.length;
  if (telling.length === 0) return 0;
  const phrases = [...barrier.words, ...barrier.mechanisms.map(({ id }) => id)].map((phrase) =>
    wordsOf(phrase).join(' '),
  );
  if (phrases.includes(query)) return 800;
  return Math.max(fitOfWords(telling, names, 2), fitOfWords(telling, [...names, ...phrases], 1));
}

/** The weakest of the words decides, so that one stray word means no fit. */
function fitOfWords(telling: readonly string[], names: readonly string[], factor: number): number {
  const known = new Set(names.flatMap((name) => name.split(' ')).filter((word) => !STOP_WORDS.has(word)));
  const fits = telling.map((word) => Math.max(0, ...[...known].map((other) => likeness(word, other))));
  return Math.min(...fits) === 0 ? 0 : (factor * fits.reduce((sum, fit) => sum + fit, 0)) / fits.length;
}

function likeness(asked: string, known: string): number {
  if (asked === known) return 4;
  if (asked.length >= SHORTEST_START && known.startsWith(asked)) return 3;
  if (asked.length < SHORTEST_WITH_TYPO) return 0;
  return differByOne(asked, known) || differByOne(asked, known.slice(0, asked.length)) ? 1 : 0;
}

/** True for one letter added, left out, changed, or two neighbours swapped. */
function differByOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const restA = a.slice(start, endA);
  const restB = b.slice(start, endB);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('isation', 'ization')
    .replace(/^ch(?=\d)/, 'ch ')
    .replaceAll(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '' && word !== '.');
}
