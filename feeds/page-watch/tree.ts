import { Parser } from 'htmlparser2';
import { WorldError } from '../../src/errors.ts';
import { plainText } from '../document/text.ts';

/** One element of a page. */
export interface Element {
  /** In lower case; empty for the root. */
  readonly name: string;
  /** Names in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements, and texts with their entities decoded. */
  readonly children: readonly (Element | string)[];
  /** Absent for the root. */
  readonly parent?: Element;
  /** The element before it with the same parent; absent for the first. */
  readonly previous?: Element;
}

/** An element while its children still come in. */
interface OpenElement extends Element {
  readonly children: (Element | string)[];
  latest?: Element;
}

/** Browsers stop at 512 too; parsers take time for each end tag by the number of elements that are open. */
const DEEPEST = 512;
/** Far more than any list of news has; what follows is not read. */
const MOST_ELEMENTS = 100_000;
/** Holds no text that a reader of the page would see. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'svg', 'iframe']);
const SEPARATING =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)$/;

/** A page as a tree. Throws WorldError where it is nested too deeply to be one. */
export function readTree(html: string): Element {
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  let count = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (open.length > DEEPEST) throw new WorldError('answered with a page that is nested too deeply');
      const parent = open.at(-1) ?? root;
      const previous = parent.latest;
      const element: OpenElement = { name, attributes, children: [], parent, ...(previous ? { previous } : {}) };
      open.push(element);
      if (++count > MOST_ELEMENTS) return;
      parent.children.push(element);
      parent.latest = element;
    },
    onclosetag() {
      open.pop();
    },
    ontext(text) {
      const parent = open.at(-1) ?? root;
      if (count <= MOST_ELEMENTS && !SILENT.has(parent.name)) parent.children.push(text);
    },
  });
  parser.write(html);
  parser.end();
  return root;
}

/** All elements below one, in the order of the page. */
export function* elementsOf(root: Element): Generator<Element> {
  const waiting = root.children.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') continue;
    yield next;
    for (let index = next.children.length - 1; index >= 0; index--) waiting.push(next.children[index] ?? '');
  }
}

/** What a reader of the page sees of an element, as one line of plain text. */
export function textOf(element: Element): string {
  const parts: string[] = [];
  collect(element, parts);
  return plainText(parts.join(''));
}

function collect(element: Element, parts: string[]): void {
  const separates = SEPARATING.test(element.name);
  if (separates) parts.push(' ');
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(child);
    else if (!SILENT.has(child.name)) collect(child, parts);
  }
  if (separates) parts.push(' ');
}
