import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/**
 * The text of HTML, with a space where a block or a line ends. Works on tags alone, without a tree of elements, so that its
 * time grows with the length of the text only, however deeply hostile markup nests.
 */
export function withoutTags(html: string): string {
  const source = html.replace(RAW_TEXT, ' ');
  const found = new MarkupText(source);
  const tokenizer = new Tokenizer({ decodeEntities: true }, found);
  tokenizer.write(source);
  tokenizer.end();
  return found.text;
}

/**
 * Inside these HTML knows no tags, so that one which is never closed, as in XHTML (`<iframe/>`), would turn all that follows
 * into text with its tags.
 */
const RAW_TEXT = /<\/?(?:iframe|noembed|noframes|plaintext|textarea|title|xmp)(?:\s[^<>]*)?\/?>/gi;

/** Elements whose content nobody reads. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'svg']);
const SEPARATING = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

/** True for the elements at whose edges a space belongs: blocks, lines, cells. */
export function isSeparating(name: string): boolean {
  return SEPARATING.has(name.toLowerCase());
}

class MarkupText implements TokenizerCallbacks {
  text = '';
  readonly #html: string;
  #opened = '';
  /** The silent element that is open, and how many of its name are open in it. */
  #silent = '';
  #silentDepth = 0;

  constructor(html: string) {
    this.#html = html;
  }

  ontext(start: number, end: number): void {
    if (this.#silentDepth === 0) this.text += this.#html.slice(start, end);
  }

  ontextentity(codePoint: number): void {
    if (this.#silentDepth === 0) this.text += String.fromCodePoint(codePoint);
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.ontext(start, end - endOffset);
  }

  onopentagname(start: number, end: number): void {
    this.#opened = this.#nameIn(start, end);
    if (SEPARATING.has(this.#opened)) this.text += ' ';
    if (this.#silentDepth === 0 && SILENT.has(this.#opened)) this.#silent = this.#opened;
    if (this.#opened === this.#silent) this.#silentDepth++;
  }

  onselfclosingtag(): void {
    // In HTML the slash means nothing, but feeds hold XHTML, where it ends the element.
    if (this.#opened === this.#silent) this.#leaveSilent();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#nameIn(start, end);
    if (SEPARATING.has(name)) this.text += ' ';
    if (name === this.#silent) this.#leaveSilent();
  }

  #leaveSilent(): void {
    this.#silentDepth--;
    if (this.#silentDepth <= 0) this.#silent = '';
  }

  #nameIn(start: number, end: number): string {
    return this.#html.slice(start, end).toLowerCase();
  }

  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onprocessinginstruction(): void {}
}
