import { webLink } from '../document/link.ts';
import type { FeedElement, FeedNode } from '../engines/engine.ts';

/** A file that an entry brings along. */
export interface Enclosure {
  readonly url: string;
  /** A media type, as written; absent where none is given. */
  readonly type?: string;
}

/** The page a feed or an entry stands for; undefined where it names none. */
export function readPage(node: FeedNode): string | undefined {
  const links = named(node, 'link');
  const pages = links.filter(isPage);
  const others = links.filter((link) => !isPage(link) && !NO_PAGES.has(relation(link)));
  return addressOf(pages.toReversed()) ?? addressOf(others) ?? permanentLink(node);
}

/** The files of an entry, in the order of the document, each once. */
export function readEnclosures(node: FeedNode): Enclosure[] {
  const found = new Map<string, Enclosure>();
  for (const element of node.elements) {
    const isFile = element.name === 'enclosure' || (element.name === 'link' && relation(element) === 'enclosure');
    const { type } = element.attributes;
    const url = isFile ? webLink(hrefOf(element), element.base) : undefined;
    if (url !== undefined && !found.has(url)) found.set(url, { url, ...(type ? { type } : {}) });
    if (found.size === MOST_ENCLOSURES) break;
  }
  return [...found.values()];
}

const MOST_ENCLOSURES = 50;

/** The address that a link of some relation leads to (RFC 8288 §3.3). */
export function readRelated(node: FeedNode, wanted: string): string | undefined {
  const link = named(node, 'link').find((each) => relation(each) === wanted);
  return link && webLink(hrefOf(link), link.base);
}

/** Relations that never lead to the page itself. */
const NO_PAGES = new Set(
  'enclosure self edit replies via related hub next prev previous first last license search service.post service.feed'.split(
    ' ',
  ),
);

/** Some write Atom's `href` as RSS writes the address of an enclosure, or of a page. */
function hrefOf({ attributes, text }: FeedElement): string {
  return attributes.href ?? attributes.url ?? attributes.uri ?? text;
}

function relation(link: FeedElement): string {
  return (link.attributes.rel ?? 'alternate').trim().toLowerCase();
}

/** RSS writes the page's address as text; of Atom's links it is the last alternate one that leads to a page at all. */
function isPage(link: FeedElement): boolean {
  return relation(link) === 'alternate' && /html/i.test(link.attributes.type ?? 'html');
}

function addressOf(links: readonly FeedElement[]): string | undefined {
  for (const link of links) {
    const address = webLink(hrefOf(link), link.base);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** What is a number or a key and no address, although the publisher did not say so. */
const KEY = /^(?:\d+|[\da-f]{8}-[\da-f-]{27}|.*\s.*)$/i;

/** RSS 2.0: a guid is a link unless it says otherwise; RSS 1.0 names the page in rdf:about. */
function permanentLink(node: FeedNode): string | undefined {
  const guid = named(node, 'guid')[0];
  const isLink = guid?.attributes.ispermalink?.trim().toLowerCase() !== 'false';
  const identity = ((isLink ? guid?.text : undefined) ?? node.about ?? '').trim();
  return KEY.test(identity) ? undefined : webLink(identity, node.base);
}

function named(node: FeedNode, name: string): FeedElement[] {
  return node.elements.filter((element) => element.name === name);
}
