/** Where the terms of one item were seen. The table is made once and used for one item after another, so reading allocates little. */
import type { Sightings, Stretch } from './pattern.ts';
import type { Word } from './words.ts';

const NONE: readonly Stretch[] = [];
const NO_SIGHTING = -1;

/** Sightings of one item at a time; `begin` forgets the item before. */
export class SightingTable implements Sightings {
  /** Terms seen in the item that patterns start from, in the order first seen. */
  terms: number[] = [];
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

  /** `starts` says of each term whether patterns start from it. */
  constructor(starts: readonly boolean[]) {
    this.#starts = starts;
    this.#marks = new Int32Array(starts.length);
    this.#last = new Int32Array(starts.length);
  }

  begin(words: readonly Word[]): void {
    this.#words = words;
    this.#item = (this.#item + 1) | 0;
    this.#count = 0;
    this.terms = [];
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
    }
    this.#count = at;
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
