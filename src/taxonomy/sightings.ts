/** Where the terms of one item were seen. The table is made once and used for one item after another, so reading allocates little. */
import type { Sightings, Stretch } from './pattern.ts';
import type { Word } from './words.ts';

const NONE: readonly Stretch[] = [];
const NO_SIGHTING = -1;

/** An item that names a hundred things says no more than one that names the first of them. */
const MOST_CLASSES = 40;

/** Sightings of classes side by side; only the first `count` are of this item. */
interface ClassSightings {
  count: number;
  readonly terms: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Sightings of one item at a time; `begin` forgets the item before. */
export class SightingTable implements Sightings {
  /** Terms seen in the item that patterns start from, in the order first seen. */
  terms: number[] = [];
  /** Every sighting of a class in the item, in the order of their first words: the class, and the words `[from, to)`. */
  readonly classes: ClassSightings;
  readonly #classCount: number;
  readonly #starts: readonly boolean[];
  #words: readonly Word[] = [];
  /** A term was seen in this item when its mark is the item's number. */
  #item = 0;
  readonly #marks: Int32Array;
  readonly #last: Int32Array;
  #from = new Int32Array(4096);
  #to = new Int32Array(4096);
  #before = new Int32Array(4096);
  #count = 0;
  readonly #stretches = new Map<number, readonly Stretch[]>();

  /** `starts` says of each term whether patterns start from it; the first `classCount` terms are classes. */
  constructor(starts: readonly boolean[], classCount: number) {
    this.#starts = starts;
    this.#classCount = classCount;
    this.classes = {
      count: 0,
      terms: new Int32Array(MOST_CLASSES),
      from: new Int32Array(MOST_CLASSES),
      to: new Int32Array(MOST_CLASSES),
    };
    this.#marks = new Int32Array(starts.length);
    this.#last = new Int32Array(starts.length);
  }

  begin(words: readonly Word[]): void {
    this.#words = words;
    this.#item = (this.#item + 1) | 0;
    this.#count = 0;
    this.terms = [];
    this.classes.count = 0;
    if (this.#stretches.size > 0) this.#stretches.clear();
  }

  note(terms: readonly number[], from: number, to: number): void {
    const marks = this.#marks;
    const last = this.#last;
    if (this.#count + terms.length > this.#from.length) this.#grow(terms.length);
    let at = this.#count;
    for (const term of terms) {
      this.#from[at] = from;
      this.#to[at] = to;
      if (marks[term] === this.#item) this.#before[at] = last[term] ?? NO_SIGHTING;
      else {
        this.#before[at] = NO_SIGHTING;
        marks[term] = this.#item;
        if (this.#starts[term]) this.terms.push(term);
      }
      last[term] = at;
      at += 1;
      if (term < this.#classCount) this.#noteClass(term, from, to);
    }
    this.#count = at;
  }

  #noteClass(term: number, from: number, to: number): void {
    const { classes } = this;
    if (classes.count === MOST_CLASSES) return;
    classes.terms[classes.count] = term;
    classes.from[classes.count] = from;
    classes.to[classes.count] = to;
    classes.count += 1;
  }

  has(term: number): boolean {
    return this.#marks[term] === this.#item;
  }

  of(term: number): readonly Stretch[] {
    if (!this.has(term)) return NONE;
    const present = this.#stretches.get(term);
    if (present !== undefined) return present;
    const made: Stretch[] = [];
    for (let at = this.#last[term] ?? NO_SIGHTING; at !== NO_SIGHTING; at = this.#before[at] ?? NO_SIGHTING)
      made.push({ from: this.#from[at] ?? 0, to: this.#to[at] ?? 0 });
    // In the order of their ends, which the search for sequences relies on.
    if (made.length > 1) made.sort((a, b) => a.to - b.to);
    this.#stretches.set(term, made);
    return made;
  }

  #grow(more: number): void {
    const size = 2 * (this.#from.length + more);
    const grown = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const made = new Int32Array(size);
      made.set(old);
      return made;
    };
    this.#from = grown(this.#from);
    this.#to = grown(this.#to);
    this.#before = grown(this.#before);
  }

  sentenceOf(word: number): number {
    return this.#words[word]?.sentence ?? -1;
  }
}
