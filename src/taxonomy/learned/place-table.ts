/** Finds the place of a feature by its number: a hash table in two arrays, since each item asks it two hundred times. */

/** So many slots a feature, so that most questions end at the first. */
const SLOTS_A_FEATURE = 4;

/** Places from 0 up by 32-bit numbers that are hashes themselves. */
export class PlaceTable {
  readonly #mask: number;
  readonly #keys: Int32Array;
  /** One more than the place; 0 where the slot is free. */
  readonly #places: Int32Array;

  constructor(features: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, features) * SLOTS_A_FEATURE));
    this.#mask = size - 1;
    this.#keys = new Int32Array(size);
    this.#places = new Int32Array(size);
  }

  /** Of two features with one number the later counts. */
  set(key: number, place: number): void {
    const slot = this.#slot(key);
    this.#keys[slot] = key;
    this.#places[slot] = place + 1;
  }

  /** -1 for a number that no feature has. */
  get(key: number): number {
    return (this.#places[this.#slot(key)] ?? 0) - 1;
  }

  /** Where the number stands, or the free slot where it would. */
  #slot(key: number): number {
    let slot = key & this.#mask;
    while (this.#places[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
