import { decodeReferences } from '../document/entities.ts';
import type { FeedElement } from './engine.ts';

/** A longer text is cut: no entry needs it, and it bounds what one document can hold in memory. */
const LONGEST_TEXT = 200_000;

/** The text of an element while it is read; elements inside it are written out as HTML. */
export class ElementText {
  readonly #name: string;
  readonly #attributes: Readonly<Record<string, string>>;
  readonly #base: string;
  /** How many elements are open inside the root, this one included. */
  readonly depth: number;
  #text = '';
  /** As written, with references still in it: they are decoded together, for the parser may cut one in two. */
  #written = '';
  #isData = false;
  #isMarkup = false;

  constructor(name: string, attributes: Readonly<Record<string, string>>, base: string, depth: number) {
    this.#name = name;
    this.#attributes = attributes;
    this.#base = base;
    this.depth = depth;
  }

  add(text: string): void {
    const room = LONGEST_TEXT - this.#text.length - this.#written.length;
    if (room > 0) this.#written += text.slice(0, room);
  }

  startData(): void {
    this.#settle();
    this.#isData = true;
  }

  endData(): void {
    this.#settle();
    this.#isData = false;
  }

  openTag(name: string): void {
    this.#settle();
    if (!this.#isMarkup) this.#text = escapeText(this.#text);
    this.#isMarkup = true;
    if (this.#text.length < LONGEST_TEXT) this.#text += `<${localName(name)}>`;
  }

  closeTag(name: string): void {
    this.#settle();
    if (this.#text.length < LONGEST_TEXT) this.#text += `</${localName(name)}>`;
  }

  finished(): FeedElement {
    this.#settle();
    const attributes = decodeAttributes(this.#attributes);
    return { name: this.#name, attributes, text: this.#text, isMarkup: this.#isMarkup, base: this.#base };
  }

  #settle(): void {
    if (this.#written === '') return;
    const text = this.#isData ? this.#written : decodeReferences(this.#written);
    this.#text += this.#isMarkup ? escapeText(text) : text;
    this.#written = '';
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function decodeAttributes(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(attributes);
  if (!pairs.some(([, value]) => value.includes('&'))) return attributes;
  return Object.fromEntries(pairs.map(([name, value]) => [name, decodeReferences(value)]));
}
