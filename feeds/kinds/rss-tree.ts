import Parser from 'rss-parser';

/** The elements of entries and feeds that are read, by their usual prefix. */
const FIELDS = [
  'title',
  'link',
  'guid',
  'id',
  'description',
  'summary',
  'content',
  'content:encoded',
  'category',
  'language',
  'pubdate',
  'published',
  'updated',
  'issued',
  'modified',
  'created',
  'dc:title',
  'dc:description',
  'dc:subject',
  'dc:date',
  'dc:language',
  'dcterms:issued',
  'dcterms:created',
  'dcterms:modified',
  'media:title',
  'media:description',
] as const;

type FieldName = (typeof FIELDS)[number];

/** An entry or a feed: its elements by name, and its attributes. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** The elements of a name in the order of the document. */
  all(name: FieldName): readonly Element[] {
    const values = this.#values[name];
    return Array.isArray(values) ? values.map((value) => new Element(value)) : [];
  }

  first(name: FieldName): Element | undefined {
    const values = this.#values[name];
    return Array.isArray(values) && values.length > 0 ? new Element(values[0]) : undefined;
  }

  attribute(name: string): string | undefined {
    return textIn(this.#values.attributes, name);
  }
}

/** An XML element as rss-parser leaves it: its text alone, or an object of its text (`_`) and its attributes (`$`). */
class Element {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** Trimmed; absent where there is none. */
  get text(): string | undefined {
    const text = typeof this.#value === 'string' ? this.#value : textIn(this.#value, '_');
    return text?.trim() || undefined;
  }

  attribute(name: string): string | undefined {
    return isRecord(this.#value) ? textIn(this.#value.$, name) : undefined;
  }
}

function textIn(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

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

/** The elements of a feed and of its entries, through rss-parser; rejects where the text is no feed it knows. */
export async function readTree(xml: string): Promise<{ readonly feed: Fields; readonly entries: readonly Fields[] }> {
  const parser = new Parser<Record<string, unknown>, Record<string, unknown>>({
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
  const tree = await parser.parseString(xml);
  return { feed: new Fields(tree), entries: tree.items.map((entry) => new Fields(entry)) };
}
