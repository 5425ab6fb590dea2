/** The names of elements, whatever prefix a document gives their namespace. */

/** Usual prefix by namespace, lower case and without a last slash or `#`; RSS and Atom have none, their names are alike. */
const PREFIXES = new Map(
  Object.entries({
    'http://www.w3.org/2005/atom': '',
    'http://purl.org/atom/ns': '',
    'http://example.com/newformat': '',
    'http://purl.org/rss/1.0': '',
    'http://purl.org/net/rss1.1': '',
    'http://my.netscape.com/rdf/simple/0.9': '',
    'http://channel.netscape.com/rdf/simple/0.9': '',
    'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
    'http://backend.userland.com/rss': '',
    'http://backend.userland.com/rss2': '',
    'http://blogs.law.harvard.edu/tech/rss': '',
    'http://cyber.law.harvard.edu/rss/rss.html': '',
    'http://purl.org/dc/elements/1.0': 'dc',
    'http://purl.org/dc/elements/1.1': 'dc',
    'http://purl.org/dc/terms': 'dcterms',
    'http://purl.org/rss/1.0/modules/content': 'content',
    'http://purl.org/rss/1.0/modules/syndication': 'sy',
    'http://search.yahoo.com/mrss': 'media',
    'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
    'http://www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
    'http://www.w3.org/1999/xhtml': 'xhtml',
    'http://www.w3.org/xml/1998/namespace': 'xml',
  }),
);

/** What a prefix means in a document that does not declare it. */
const UNDECLARED: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['atom', ''],
  ['a10', ''],
]);

/** Prefixes with what they stand for, as declared at one place of a document. */
export type Namespaces = ReadonlyMap<string, string>;

export const NO_NAMESPACES: Namespaces = new Map();

/** The namespaces inside an element, with those it declares itself (www.w3.org/TR/xml-names). */
export function declaredBy(attributes: Readonly<Record<string, string>>, outer: Namespaces): Namespaces {
  let inner: Map<string, string> | undefined;
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const prefix = name.slice('xmlns:'.length);
    inner ??= new Map(outer);
    inner.set(prefix, usualPrefix(attributes[name] ?? '', prefix));
  }
  return inner ?? outer;
}

function usualPrefix(namespace: string, prefix: string): string {
  const known = PREFIXES.get(namespace.trim().toLowerCase().replace(/[/#]$/, ''));
  // A default namespace that nobody knows is as a rule a mistyped one; a prefix for one is an extension.
  return known ?? (prefix === '' ? '' : `unknown ${prefix}`);
}

/** A name as written, in lower case, under the usual prefix. */
export function usualName(written: string, namespaces: Namespaces): string {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon);
  const usual = namespaces.get(prefix) ?? UNDECLARED.get(prefix) ?? prefix;
  return usual === '' ? written.slice(colon + 1) : `${usual}:${written.slice(colon + 1)}`;
}
