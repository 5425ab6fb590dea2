/** What stands between feed XML and its reading: an engine finds the elements, `feeds/reading/` says what they mean. */

/** An element of a feed or of one of its entries. */
export interface FeedElement {
  /** In lower case, RSS and Atom names bare, all others behind the usual prefix of their namespace: `dc:date`. */
  readonly name: string;
  /** Names in lower case, values decoded. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Decoded once, as XML; where the element holds others, they are written out as HTML. */
  readonly text: string;
  /** True where `text` is markup because the element holds others; false says nothing about escaped markup. */
  readonly isMarkup: boolean;
  /** The absolute address at which its relative links start (xml:base, www.w3.org/TR/xmlbase). */
  readonly base: string;
}

/** A feed or an entry. */
export interface FeedNode {
  /** In the order of the document. */
  readonly elements: readonly FeedElement[];
  /** `rdf:about` of RSS 1.0; absent elsewhere. */
  readonly about?: string;
  /** `xml:lang`, its own or inherited; absent where none is given. */
  readonly language?: string;
  readonly base: string;
}

export interface FeedTree {
  /** Atom says of each text whether it is markup (RFC 4287 §3.1); RSS does not. */
  readonly isAtom: boolean;
  readonly feed: FeedNode;
  /** The whole ones, in the order of the document. */
  readonly entries: readonly FeedNode[];
}

export interface EngineOptions {
  /** The address of the document. */
  readonly url: string;
  /** Entries after so many are left out. */
  readonly mostItems: number;
}

/** Finds the elements of feeds in XML. Pure; every engine runs the suite in test/contracts/feed-engine.ts. */
export interface FeedEngine {
  readonly name: string;
  /** Rejects with DocumentError where the text is no feed. */
  read(xml: string, options: EngineOptions): Promise<FeedTree>;
}

/** The elements of a feed or an entry that are read. */
const READ = new Set([
  ...['title', 'link', 'guid', 'id', 'category', 'enclosure', 'language', 'dc:language', 'dc:title', 'dc:subject'],
  ...['description', 'summary', 'content', 'content:encoded', 'dc:description', 'body', 'xhtml:body', 'fullitem'],
  ...['abstract', 'media:title', 'media:description', 'itunes:summary', 'itunes:subtitle'],
  ...['pubdate', 'published', 'updated', 'issued', 'modified', 'created', 'dc:date', 'date', 'lastbuilddate'],
  ...['dcterms:issued', 'dcterms:created', 'dcterms:modified', 'dc:created', 'dc:issued', 'dc:modified'],
  ...['media:category', 'media:keywords', 'itunes:category', 'itunes:keywords'],
  ...['ttl', 'hour', 'day', 'sy:updateperiod', 'sy:updatefrequency'],
]);

/** True for the elements that a reading can use; an engine may leave out all others. */
export function isRead(name: string): boolean {
  return READ.has(name);
}

/** Elements that say all they have to say in attributes. */
const ATTRIBUTES_ALONE = new Set(['enclosure', 'itunes:category']);

export function hasText(name: string): boolean {
  return !ATTRIBUTES_ALONE.has(name);
}

/** Elements that only group others: what they hold counts as if it stood one level higher. */
const GROUPS = new Set(['channel', 'categories', 'skiphours', 'skipdays', 'media:group', 'media:content']);

export function isGroup(name: string): boolean {
  return GROUPS.has(name) || ATTRIBUTES_ALONE.has(name);
}

/** RSS calls its entries items, Atom calls them entries. */
export function isEntry(name: string): boolean {
  return name === 'item' || name === 'entry';
}
