import { DocumentError } from '../document/failure.ts';

/** No real feed nests deeper; parsers grow with the square of the depth, so this bounds their work. */
const DEEPEST = 250;

/** Start and end tags of a thousand entries of two hundred elements each; the parser needs about a second for as many. */
const MOST_TAGS = 400_000;
/** A tag longer than this is a flood of attributes. */
const LONGEST_TAG = 20_000;

/** Elements that hold text, which publishers fill with unescaped markup although a feed wants it escaped. */
const TEXT_ELEMENTS = new Set(['title', 'summary', 'description', 'content', 'content:encoded', 'media:description']);
const ITEM_ELEMENTS = new Set(['item', 'entry']);

/**
 * Feed XML made safe for a parser in one pass: at most `mostItems` entries, inline markup of texts escaped, nothing after
 * the root element, missing end tags added after the last whole entry, comments and document types dropped.
 * Throws DocumentError when it is nested deeper, or holds longer or more tags, than any feed.
 */
export function repairOutline(xml: string, mostItems: number): string {
  return new Outline(xml, mostItems).repaired();
}

class Outline {
  readonly #xml: string;
  readonly #mostItems: number;
  readonly #parts: string[] = [];
  /** Ends that do not occur any more: searching for them again would make the pass quadratic. */
  readonly #absent = new Set<string>();
  readonly #open: string[] = [];
  #items = 0;
  #tags = 0;
  /** The elements around the entries, outermost first, once an entry was seen. */
  #ancestors: readonly string[] = [];
  /** Where the text that was not yet copied to the parts begins. */
  #copied = 0;
  /** The state after the last whole entry, to come back to. */
  #whole: { readonly parts: number; readonly copied: number; readonly end: number } | undefined;

  constructor(xml: string, mostItems: number) {
    this.#xml = xml;
    this.#mostItems = mostItems;
  }

  repaired(): string {
    let at = this.#xml.indexOf('<');
    if (at > 0) this.#copied = at;
    while (at >= 0) {
      const next = this.#step(at);
      if (next === undefined) return this.#parts.join('');
      at = this.#xml.indexOf('<', next);
    }
    return this.#closed();
  }

  /** Handles what starts at `at` and returns where to go on; undefined when the document is complete. */
  #step(at: number): number | undefined {
    const mark = this.#xml[at + 1];
    if (mark === '!') return this.#skipDeclaration(at);
    const end = this.#xml.indexOf('>', at);
    if (end < 0) return this.#xml.length;
    if (mark === '?') return end + 1;
    if (++this.#tags > MOST_TAGS) return this.#stopAtLimit();
    if (mark === '/') return this.#endTag(at, end);
    return this.#startTag(at, end);
  }

  #skipDeclaration(at: number): number {
    if (this.#xml.startsWith('<![CDATA[', at)) return this.#after(']]>', at) ?? this.#xml.length;
    const end = this.#xml.startsWith('<!--', at) ? this.#after('-->', at) : this.#afterDoctype(at);
    this.#drop(at, end ?? this.#xml.length);
    return end ?? this.#xml.length;
  }

  /** A document type may hold declarations in brackets; none of them is ever read, so no entity can be defined. */
  #afterDoctype(at: number): number | undefined {
    const end = this.#after('>', at);
    if (end === undefined || !this.#xml.slice(at, end).includes('[')) return end;
    const bracket = this.#after(']', at);
    return bracket === undefined ? undefined : this.#after('>', bracket);
  }

  #startTag(at: number, end: number): number {
    const name = this.#nameAt(at + 1);
    // A bare "less than" is text; the next ">" belongs to some later tag.
    if (name === '') return at + 1;
    if (end - at > LONGEST_TAG) throw new DocumentError('too-big', 'answered with tags too long to be those of a feed');
    if (this.#xml[end - 1] === '/') {
      this.#tags++;
      return end + 1;
    }
    if (TEXT_ELEMENTS.has(name)) {
      const next = this.#escapeMarkup(this.#xml.slice(at + 1, at + 1 + name.length), end + 1);
      if (next !== undefined) return next;
    }
    if (ITEM_ELEMENTS.has(name) && this.#items === 0) this.#ancestors = [...this.#open];
    this.#open.push(name);
    if (this.#open.length > DEEPEST)
      throw new DocumentError('too-deep', 'answered with a document nested too deeply to be a feed');
    return end + 1;
  }

  #stopAtLimit(): undefined {
    if (this.#whole === undefined) throw new DocumentError('too-big', 'answered with more tags than any feed has');
    this.#closeAfterItems(this.#whole);
  }

  #endTag(at: number, end: number): number | undefined {
    const name = this.#nameAt(at + 2);
    const opened = this.#open.lastIndexOf(name);
    if (opened < 0) {
      // The parser would look for its start through all open elements, for each such tag again.
      this.#drop(at, end + 1);
      return end + 1;
    }
    // Elements left open end with the one around them; the parser does the same.
    this.#open.splice(opened);
    if (opened === 0) {
      this.#copyUntil(end + 1);
      return undefined;
    }
    if (!ITEM_ELEMENTS.has(name)) return end + 1;
    this.#items++;
    this.#whole = { parts: this.#parts.length, copied: this.#copied, end: end + 1 };
    if (this.#items < this.#mostItems) return end + 1;
    this.#closeAfterItems(this.#whole);
    return undefined;
  }

  /** Skips a text element's content, escaping it where it holds tags; undefined when it has no end tag. */
  #escapeMarkup(name: string, start: number): number | undefined {
    const end = this.#contentEnd(name, start);
    if (end === undefined) return undefined;
    const first = this.#xml.indexOf('<', start);
    if (first < end && !this.#xml.startsWith('<![CDATA[', first)) {
      this.#copyUntil(start);
      this.#parts.push(escapeTags(this.#xml.slice(start, end)));
      this.#copied = end;
    }
    return this.#after('>', end) ?? this.#xml.length;
  }

  #contentEnd(name: string, start: number): number | undefined {
    const isData = this.#xml.startsWith('<![CDATA[', this.#firstNonSpace(start));
    const from = isData ? (this.#search(']]>', start) ?? start) : start;
    return this.#search(`</${name}`, from);
  }

  #search(text: string, from: number): number | undefined {
    if (this.#absent.has(text)) return undefined;
    const found = this.#xml.indexOf(text, from);
    if (found >= 0) return found;
    this.#absent.add(text);
    return undefined;
  }

  #firstNonSpace(at: number): number {
    let position = at;
    while (this.#xml.charCodeAt(position) <= 32) position++;
    return position;
  }

  /** The element name at a position, in lower case; empty where no name starts there. */
  #nameAt(start: number): string {
    NAME.lastIndex = start;
    return NAME.exec(this.#xml)?.[0].toLowerCase() ?? '';
  }

  #after(text: string, from: number): number | undefined {
    const found = this.#xml.indexOf(text, from);
    return found < 0 ? undefined : found + text.length;
  }

  #copyUntil(end: number): void {
    this.#parts.push(this.#xml.slice(this.#copied, end));
    this.#copied = end;
  }

  #drop(start: number, end: number): void {
    this.#copyUntil(start);
    this.#copied = end;
  }

  /** The document ended before its root element did: keep the whole entries. */
  #closed(): string {
    if (this.#whole !== undefined) this.#closeAfterItems(this.#whole);
    else this.#parts.push(this.#xml.slice(this.#copied), ...endTags(this.#open));
    return this.#parts.join('');
  }

  #closeAfterItems(whole: { readonly parts: number; readonly copied: number; readonly end: number }): void {
    this.#parts.splice(whole.parts);
    this.#parts.push(this.#xml.slice(whole.copied, whole.end), ...endTags(this.#ancestors));
  }
}

function endTags(names: readonly string[]): string[] {
  return names.toReversed().map((name) => `</${name}>`);
}

const NAME = /[A-Za-z_][\w:.-]*/y;

/** Markup as text; what is escaped already stays escaped once, so that both are one text of HTML to the reader. */
function escapeTags(markup: string): string {
  return markup.replaceAll('<![CDATA[', '').replaceAll(']]>', '').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
