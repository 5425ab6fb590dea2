import type { Handler } from 'htmlparser2';
import { decodeReferences } from '../document/entities.ts';
import { DocumentError } from '../document/failure.ts';
import { webLink } from '../document/link.ts';
import { ElementText } from './element-text.ts';
import { type EngineOptions, type FeedNode, type FeedTree, hasText, isEntry, isGroup, isRead } from './engine.ts';
import { declaredBy, type Namespaces, NO_NAMESPACES, usualName } from './namespaces.ts';

/** No real feed nests deeper, and the work of an XML parser grows with the square of the depth. */
const DEEPEST = 500;

const ROOTS = new Set(['rss', 'feed', 'rdf', 'channel']);

/** What can be a feed inside a page, as some servers answer browsers; RDF there is a licence as a rule. */
const ROOTS_IN_PAGE = new Set(['rss', 'feed']);
/** A feed that a page only wraps begins early; a page with more start tags before one is a page. */
const MOST_TAGS_AROUND = 20;

/** A feed or an entry while it is read. */
interface OpenNode extends FeedNode {
  readonly elements: FeedNode['elements'][number][];
  isWhole: boolean;
}

/** What an element hands down to those inside it. */
interface Surroundings {
  readonly namespaces: Namespaces;
  readonly base: string;
  readonly language: string | undefined;
}

/** An element that is open. */
interface Scope extends Surroundings {
  /** The feed or entry whose parts the element's children are; undefined inside what nobody reads. */
  readonly node: OpenNode | undefined;
  /** The entry or feed that ends with the element. */
  readonly ends: OpenNode | undefined;
}

/** Builds the tree of a feed from the events of an XML parser. Throws DocumentError for what is no feed. */
export class TreeBuilder implements Partial<Handler> {
  readonly #options: EngineOptions;
  readonly #scopes: Scope[] = [];
  readonly #entries: OpenNode[] = [];
  #feed: OpenNode | undefined;
  #isAtom = false;
  #isComplete = false;
  #hasEnded = false;
  /** The root element where it is no feed, and how many start tags stood before any feed in it. */
  #page: string | undefined;
  #tagsAround = 0;
  /** The element whose text is being collected. */
  #text: ElementText | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** True once nothing that follows can matter: the root is closed, or there are entries enough. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Elements that are closed from here on were cut off; an entry among them waits for the next look. */
  noteEnd(): void {
    this.#hasEnded = true;
  }

  tree(): FeedTree | undefined {
    if (this.#feed === undefined && this.#page !== undefined) throw noFeed(this.#page);
    if (this.#feed === undefined) return undefined;
    return { isAtom: this.#isAtom, feed: this.#feed, entries: this.#entries.filter(({ isWhole }) => isWhole) };
  }

  onopentag(written: string, attributes: Record<string, string>): void {
    if (this.#isComplete) return;
    if (this.#scopes.length === DEEPEST) {
      throw new DocumentError('too-deep', 'answered with a document nested too deeply to be a feed');
    }
    const outer = this.#scopes.at(-1);
    const namespaces = declaredBy(attributes, outer?.namespaces ?? NO_NAMESPACES);
    const name = usualName(written, namespaces);
    const base = baseOf(attributes, outer?.base ?? this.#options.url);
    const language = attributes['xml:lang'] ?? outer?.language;
    const opened = { namespaces, base, language };
    if (this.#text !== undefined) {
      this.#text.openTag(name);
      this.#scopes.push({ ...opened, node: undefined, ends: undefined });
    } else if (this.#feed === undefined) {
      this.#openRoot(name, opened);
    } else if (isEntry(name)) {
      this.#openEntry(attributes, opened);
    } else {
      this.#openElement(name, attributes, opened, outer?.node);
    }
  }

  #openRoot(name: string, opened: Surroundings): void {
    const local = name.slice(name.indexOf(':') + 1);
    const isFeed = this.#page === undefined ? ROOTS.has(local) : ROOTS_IN_PAGE.has(name);
    if (!isFeed) {
      this.#page ??= local;
      this.#tagsAround++;
      if (this.#page !== 'html' || this.#tagsAround > MOST_TAGS_AROUND) throw noFeed(this.#page);
      this.#scopes.push({ ...opened, node: undefined, ends: undefined });
      return;
    }
    this.#isAtom = local === 'feed';
    this.#feed = newNode(opened, undefined);
    this.#scopes.push({ ...opened, node: this.#feed, ends: this.#feed });
  }

  /** Entries stand anywhere: beside the channel (RSS 1.0), in it (RSS 2.0), even in one another. */
  #openEntry(attributes: Record<string, string>, opened: Surroundings): void {
    if (this.#entries.length === this.#options.mostItems) {
      this.#isComplete = true;
      return;
    }
    const entry = newNode(opened, attributes['rdf:about']);
    this.#entries.push(entry);
    this.#scopes.push({ ...opened, node: entry, ends: entry });
  }

  #openElement(
    name: string,
    attributes: Record<string, string>,
    opened: Surroundings,
    node: OpenNode | undefined,
  ): void {
    this.#scopes.push({ ...opened, node: isGroup(name) ? node : undefined, ends: undefined });
    if (node === undefined || !isRead(name)) return;
    const element = new ElementText(name, attributes, opened.base, this.#scopes.length);
    if (hasText(name)) this.#text = element;
    else node.elements.push(element.finished());
  }

  ontext(text: string): void {
    this.#text?.add(text);
  }

  oncdatastart(): void {
    this.#text?.startData();
  }

  oncdataend(): void {
    this.#text?.endData();
  }

  onclosetag(name: string): void {
    if (this.#isComplete && !this.#hasEnded) return;
    const depth = this.#scopes.length;
    const closed = this.#scopes.pop();
    if (closed === undefined) return;
    if (this.#text !== undefined && depth > this.#text.depth) {
      this.#text.closeTag(usualName(name, closed.namespaces));
      return;
    }
    if (this.#text !== undefined) this.#scopes.at(-1)?.node?.elements.push(this.#text.finished());
    this.#text = undefined;
    if (closed.ends !== undefined && !this.#hasEnded) closed.ends.isWhole = true;
    if (closed.ends !== undefined && closed.ends === this.#feed) this.#isComplete = true;
  }
}

function noFeed(root: string): DocumentError {
  return new DocumentError('xml', `answered with XML that is not a feed: it begins with <${root.slice(0, 40)}>`);
}

function newNode({ base, language }: Surroundings, about: string | undefined): OpenNode {
  return {
    elements: [],
    base,
    isWhole: false,
    ...(language === undefined ? {} : { language }),
    ...(about === undefined ? {} : { about: decodeReferences(about) }),
  };
}

function baseOf(attributes: Record<string, string>, outer: string): string {
  const written = attributes['xml:base'];
  return written === undefined ? outer : (webLink(decodeReferences(written), outer) ?? outer);
}
