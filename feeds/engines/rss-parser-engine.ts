import Parser from 'rss-parser';
import { messageOf } from '../../src/errors.ts';
import { DocumentError } from '../document/failure.ts';
import { webLink } from '../document/link.ts';
import type { EngineOptions, FeedElement, FeedEngine, FeedNode, FeedTree } from './engine.ts';
import { repairOutline } from './outline.ts';

/** The elements of entries and feeds that are read, by their usual prefix: it knows no namespaces. */
const FIELDS = [
  ...['title', 'link', 'guid', 'id', 'category', 'enclosure', 'language', 'dc:language', 'dc:title', 'dc:subject'],
  ...['description', 'summary', 'content', 'content:encoded', 'dc:description', 'media:title', 'media:description'],
  ...['pubdate', 'published', 'updated', 'issued', 'modified', 'created', 'dc:date'],
  ...['dcterms:issued', 'dcterms:created', 'dcterms:modified', 'ttl', 'sy:updateperiod', 'sy:updatefrequency'],
];

const STRUCTURE = new Set(['rss', 'channel', 'item', 'feed', 'entry']);
const WANTED = new Set<string>(FIELDS);

/**
 * The name under which rss-parser sees an element. Only the structure keeps its own: rss-parser would read dates, links
 * and summaries itself, and one date or link it cannot read costs it the whole feed (and a run of `<` many seconds).
 */
function elementName(written: string): string {
  const name = written.toLowerCase().replace(/^(?:atom|a10):/, '');
  const local = name.slice(name.indexOf(':') + 1);
  if (local === 'rdf') return 'rdf:RDF';
  if (STRUCTURE.has(name)) return name;
  return WANTED.has(name) ? `field ${name}` : 'other';
}

/** Documents use few names, again and again; hostile ones may use many. */
const names = new Map<string, string>();
const MOST_NAMES = 1_000;

function rememberedName(written: string): string {
  const known = names.get(written);
  if (known !== undefined) return known;
  if (names.size === MOST_NAMES) names.clear();
  const name = elementName(written);
  names.set(written, name);
  return name;
}

const customFields = [
  ['$', 'attributes', { keepArray: true }],
  ...FIELDS.map((name) => [`field ${name}`, name, { keepArray: true }]),
];

/**
 * rss-parser, which reads with the XML parser sax. It sees a document only after its outline was made safe, and only
 * to find the elements: everything else is in `feeds/reading/`, as for every engine.
 */
export const rssParserEngine: FeedEngine = {
  name: 'rss-parser',
  async read(xml: string, { url, mostItems }: EngineOptions): Promise<FeedTree> {
    const outline = repairOutline(xml, mostItems);
    const tree = await parserOf()
      .parseString(outline)
      .catch((thrown: unknown) => {
        throw new DocumentError('xml', `answered with XML that cannot be read as a feed (${messageOf(thrown)})`, {
          cause: thrown,
        });
      });
    // rss-parser keeps no attributes of the root element, which is where `xml:base` and `xml:lang` mostly stand.
    const head = outline.slice(0, 4_000).split(/<(?:\w+:)?(?:item|entry)[\s>]/i, 1)[0] ?? '';
    const outer = { base: attributeIn(head, 'xml:base'), language: attributeIn(head, 'xml:lang') };
    const feed = nodeOf(tree, { base: webLink(outer.base, url) ?? url, language: outer.language });
    return {
      isAtom: /^[^<]*(?:<[?!][^>]*>[^<]*)*<(?:[\w.-]+:)?feed[\s>]/i.test(head),
      feed,
      entries: tree.items.map((entry) => nodeOf(entry, { base: feed.base, language: feed.language })),
    };
  },
};

type Tree = Readonly<Record<string, unknown>>;

function parserOf(): Parser<Tree, Tree> {
  return new Parser<Tree, Tree>({
    defaultRSS: 2,
    // Not strict: bare ampersands, HTML entities and missing end tags occur in feeds and cost nothing this way.
    xml2js: {
      strict: false,
      tagNameProcessors: [rememberedName],
      // Without its namespace declarations a podcast feed is an ordinary one to rss-parser.
      attrNameProcessors: [(name: string) => name.toLowerCase().replace(/^xmlns:.*$/, 'xmlns')],
    },
    // Its types know renamed fields for items only; it reads them for feeds too.
    customFields: { feed: customFields as unknown as string[], item: customFields },
  });
}

function attributeIn(head: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"'<>]*)`, 'i').exec(head)?.[1];
}

function nodeOf(tree: Tree, outer: { readonly base: string; readonly language: string | undefined }): FeedNode {
  const attributes = attributesIn(tree.attributes);
  const base = webLink(attributes['xml:base'], outer.base) ?? outer.base;
  const language = attributes['xml:lang'] ?? outer.language;
  const about = attributes['rdf:about'];
  return {
    elements: FIELDS.flatMap((name) => elementsOf(tree[name], name, base)),
    base,
    ...(language === undefined ? {} : { language }),
    ...(about === undefined ? {} : { about }),
  };
}

/** An XML element as rss-parser leaves it: its text alone, or an object of its text (`_`) and its attributes (`$`). */
function elementsOf(values: unknown, name: string, outerBase: string): FeedElement[] {
  if (!Array.isArray(values)) return [];
  return values.map((value: unknown) => {
    const attributes = isRecord(value) ? attributesIn(value.$) : {};
    const text = isRecord(value) ? value._ : value;
    const base = webLink(attributes['xml:base'], outerBase) ?? outerBase;
    // Markup inside the element was escaped with its outline, so it is text here.
    return { name, attributes, text: typeof text === 'string' ? text : '', isMarkup: false, base };
  });
}

function attributesIn(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  const texts = Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(texts);
}

function isRecord(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
