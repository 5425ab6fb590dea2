/** Made-up news: each round brings entries that no other round holds, each with a mark that can be counted in what is shown. */
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';

/** So many that a digest needs a thread on both platforms. */
const ITEMS_A_ROUND = 36;
/** A document holds this many rounds, so that what is new is no flood (store/sqlite/floods.ts). */
const ROUNDS_SHOWN = 3;

/** Of an entry. */
const NAMES = 10;

const ACTS = ['delays', 'adopts', 'weakens', 'drops', 'repeals', 'enforces'];
const SUBJECTS = [
  'binding rules for frontier AI models',
  'export controls on AI chips',
  'a treaty on autonomous weapons',
  'an AI safety law',
  'oversight of general-purpose AI',
];
const SYLLABLES = [
  'ba',
  'cor',
  'dun',
  'fel',
  'gar',
  'hin',
  'jov',
  'kel',
  'lor',
  'mur',
  'nal',
  'pev',
  'quo',
  'rit',
  'sul',
  'tam',
];

/** The mark of an entry, such as `R7N12`. */
export function marksOf(round: number): string[] {
  return Array.from({ length: ITEMS_A_ROUND }, (_, index) => `R${round}N${index}`);
}

/** All marks in a text, in order. */
export function marksIn(text: string): string[] {
  return [...text.matchAll(/\bR\d+N\d+\b/g)].map(String);
}

/** The document of the feed in a round, newest first. */
export function newsDocument(round: number): string {
  const rounds = Array.from({ length: ROUNDS_SHOWN }, (_, back) => round - back).filter((each) => each >= 0);
  const items = rounds.flatMap((each) =>
    marksOf(each).map((mark, index) => itemXml(mark, each * ITEMS_A_ROUND + index)),
  );
  return `<rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>`;
}

/** Names that no other entry has keep entries from being taken for one event. */
function itemXml(mark: string, seed: number): string {
  const below = repeatableNumbers(seed);
  const [one, other, ...rest] = Array.from({ length: NAMES }, (_, index) => nameOf(seed * NAMES + index));
  const act = `${ACTS[below(ACTS.length)]} ${SUBJECTS[below(SUBJECTS.length)]}`;
  const title = `${one} ${other} ${act}: ${rest.join(' ')} (${mark})`;
  const date = new Date(Date.now() - 60_000).toUTCString();
  return `<item><guid>${mark}</guid><title>${title}</title><link>https://news.example/${seed}</link><pubDate>${date}</pubDate></item>`;
}

/** A name of five syllables for a number below 16 to the power of 5, each its own. */
function nameOf(number: number): string {
  // An odd factor only changes the order, so that neighbours are not alike.
  let left = (number * 403_211) % SYLLABLES.length ** 5;
  let word = '';
  for (let place = 0; place < 5; place++) {
    word += SYLLABLES[left % SYLLABLES.length];
    left = Math.floor(left / SYLLABLES.length);
  }
  return word.charAt(0).toUpperCase() + word.slice(1);
}
