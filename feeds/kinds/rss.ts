import { messageOf, WorldError } from '../../src/errors.ts';
import type { ItemDraft } from '../../src/model.ts';
import { decode } from '../document/decode.ts';
import { webLink } from '../document/link.ts';
import { repairOutline } from '../document/outline.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { type Fields, readTree } from './rss-tree.ts';
import { refuseOtherThanXml } from './web-page.ts';

/** Reads RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom; throws WorldError for anything else. */
export async function parseRss(document: SourceDocument): Promise<ParsedFeed> {
  const text = decode(document.bytes, document.contentType);
  refuseOtherThanXml(text, document.url);
  const xml = repairOutline(text, MOST_ITEMS);
  const { feed, entries } = await readTree(xml).catch((thrown: unknown) => {
    throw new WorldError(`answered with XML that cannot be read as a feed (${messageOf(thrown)})`, { cause: thrown });
  });
  const head = xml.slice(0, 4_000).split(/<(?:\w+:)?(?:item|entry)[\s>]/i, 1)[0] ?? '';
  const base = webLink(attributeIn(head, 'xml:base'), document.url) ?? document.url;
  const language = attributeIn(head, 'xml:lang') ?? feed.first('language')?.text ?? feed.first('dc:language')?.text;
  const items = entries.map((entry) => readEntry(entry, base, language)).filter((item) => item !== undefined);
  refuseEnded(items);
  const title = plainTextOf(feed, ['title']);
  const homepage = readLink(feed, base);
  return { ...(title === '' ? {} : { title }), ...(homepage === undefined ? {} : { homepage }), items };
}

/** rss-parser keeps no attributes of the root element, which is where `xml:base` and `xml:lang` mostly stand. */
function attributeIn(head: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"'<>]*)`, 'i').exec(head)?.[1];
}

function readEntry(entry: Fields, feedBase: string, feedLanguage: string | undefined): ItemDraft | undefined {
  const base = webLink(entry.attribute('xml:base'), feedBase) ?? feedBase;
  const guid = entry.first('guid')?.text ?? entry.first('id')?.text ?? entry.attribute('rdf:about');
  return itemOf({
    guid: guid === undefined ? undefined : withoutTimestamp(guid),
    url: readLink(entry, base) ?? readPermanentLink(entry, base),
    title: plainTextOf(entry, TITLES),
    summary: plainTextOf(entry, SUMMARIES).replace(WORDPRESS_FOOTER, ''),
    dates: DATES.map((name) => entry.first(name)?.text).filter((date) => date !== undefined),
    categories: [...entry.all('category'), ...entry.all('dc:subject')]
      .map((category) => category.attribute('term') ?? category.text)
      .filter((category) => category !== undefined),
    language: entry.attribute('xml:lang') ?? entry.first('dc:language')?.text ?? feedLanguage,
  });
}

const TITLES = ['title', 'dc:title', 'media:title'] as const;
/** What is written as a summary goes before the whole text. */
const SUMMARIES = [
  'description',
  'summary',
  'dc:description',
  'content:encoded',
  'content',
  'media:description',
] as const;
/** WordPress ends each summary with the names of the post and the site. */
const WORDPRESS_FOOTER = / ?The post .{1,500} appeared first on .{1,200}\.$/;
/** The first publication goes before any later change. */
const DATES = [
  ...(['published', 'pubdate', 'issued', 'dcterms:issued', 'dcterms:created', 'dc:date', 'created'] as const),
  ...(['updated', 'modified', 'dcterms:modified'] as const),
];

/** The plain text of the first field that has any; Atom says in `type` whether a text is markup (RFC 4287 §3.1). */
function plainTextOf(fields: Fields, names: readonly Parameters<Fields['first']>[0][]): string {
  for (const name of names) {
    const element = fields.first(name);
    const source = element?.text;
    if (element === undefined || source === undefined) continue;
    const type = element.attribute('type');
    if (type !== undefined && !/^(text|html|xhtml|text\/.*|.*[/+]xml)$/i.test(type)) continue;
    const text = plainText(source, type !== undefined && /html/i.test(type));
    if (text !== '') return text;
  }
  return '';
}

/** The page an entry or a feed stands for: the text of an RSS link, or the `alternate` among Atom links. */
function readLink(fields: Fields, base: string): string | undefined {
  const links = fields.all('link');
  for (const link of links) {
    const written = webLink(link.text, base);
    if (written !== undefined) return written;
  }
  const alternates = links.filter((link) => (link.attribute('rel') ?? 'alternate').toLowerCase() === 'alternate');
  const pages = alternates.filter((link) => /html/i.test(link.attribute('type') ?? 'html'));
  for (const link of [...pages, ...alternates]) {
    const address = webLink(link.attribute('href'), link.attribute('xml:base') ?? base);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** RSS 2.0: a guid is a link unless it says otherwise; RSS 1.0 names the page in rdf:about. */
function readPermanentLink(entry: Fields, base: string): string | undefined {
  const guid = entry.first('guid');
  const isLink = guid?.attribute('ispermalink')?.toLowerCase() !== 'false';
  const identity = (isLink ? guid?.text : undefined) ?? entry.attribute('rdf:about');
  return identity !== undefined && /^https?:/i.test(identity) ? webLink(identity, base) : undefined;
}

/** GOV.UK organisation feeds give each republication a new id, `URL#timestamp`: the address before it is the identity. */
function withoutTimestamp(guid: string): string {
  return guid.replace(/^(https:\/\/www\.gov\.uk\/[^#]*)#\d{4}-\d{2}-\d{2}T.*$/, '$1');
}

/** GOV.UK answers 200 with one last entry where a feed was retired. */
function refuseEnded(items: readonly ItemDraft[]): void {
  if (items.length === 1 && /^this feed has ended\b/i.test(items[0]?.title ?? '')) {
    throw new WorldError('the publisher has ended this feed');
  }
}
