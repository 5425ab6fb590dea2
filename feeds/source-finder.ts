import { messageOf, UserError, WorldError } from '../src/errors.ts';
import type { FeedKind, ItemDraft } from '../src/model.ts';
import type { FoundSource, SourceFinder } from '../src/source-finder.ts';
import { catalogue } from './catalogue.ts';
import { feedLinks, type NamedFeed } from './feed-links.ts';
import type { HttpClient } from './http/client.ts';
import type { ParsedFeed, SourceDocument } from './kinds/document.ts';
import { itemOf } from './kinds/item.ts';
import { acceptHeader } from './kinds/parse.ts';
import { isWebPage } from './kinds/web-page.ts';
import type { PageEntry } from './page-watch/entries.ts';
import { guessList } from './page-watch/guess.ts';
import { decodeHtml } from './page-watch/html.ts';
import { knownPage } from './page-watch/pages.ts';
import { carriesRule, withRule } from './page-watch/rule.ts';
import { readSelector, selectFirst } from './page-watch/selector.ts';
import { standInPage, standInPlace } from './page-watch/stand-in.ts';
import { type Element, readTree, textOf } from './page-watch/tree.ts';
import type { Parser } from './parser.ts';

/** A person waits, and the site did not ask for this: all questions about one address, the first one included. */
const MOST_REQUESTS = 6;
const MOST_NAMED = 3;
const MOST_OTHERS = 4;
/** Where sites keep a feed that no page names, the most usual first. */
const USUAL_PLACES = ['/feed', '/rss.xml', '/atom.xml', '/index.xml', '/feed.json'];
/** Looking for a list costs time by the size of the page, on the thread that answers people. */
const LONGEST_PAGE = 1_000_000;
const TITLE = readSelector('title');

/** Finds a feed, the feed of a page, or the list that a page shows. */
export function createSourceFinder(http: HttpClient, parser: Pick<Parser, 'parse'>): SourceFinder {
  return {
    async find(address, signal) {
      const asking = new Asking(http, parser, signal);
      const found = await findWith(asking, parser, address);
      return asking.disallowed.has(found.url) ? { ...found, disallowed: true } : found;
    },
  };
}

async function findWith(asking: Asking, parser: Pick<Parser, 'parse'>, address: string): Promise<FoundSource> {
  const listed = kindOf(address);
  const document = await asking.get(address, listed);
  const text = decodeHtml(document.bytes, document.contentType);
  const isPage = listed === 'auto' && isWebPage(text);
  if (isPage) return findOnPage(text, address, document.url, asking);
  const kind = listed === 'auto' && isSitemap(text) ? 'sitemap' : listed;
  return { ...partsOf(await parser.parse(kind, document)), url: address, kind, how: 'given', others: [] };
}

/** The kind of a source we know by its address; `auto` for any other. */
function kindOf(address: string): FeedKind {
  if (carriesRule(address)) return 'page';
  const entry = catalogue().find(({ url }) => url === address);
  return entry?.kind ?? (knownPage(address) ? 'page' : 'auto');
}

function isSitemap(text: string): boolean {
  return /<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/i.test(text.slice(0, 5_000));
}

/** The feed that a page names, else one at a usual place, else the list that the page shows. */
async function findOnPage(html: string, address: string, url: string, asking: Asking): Promise<FoundSource> {
  const instead = standInPlace(address, url) ?? standInPage(html);
  if (instead !== undefined) throw new WorldError(`answered with ${instead} instead of the page`);
  const page = readTree(html.slice(0, LONGEST_PAGE));
  const named = feedLinks(page, url);
  const found = await asking.firstFeed(named.slice(0, MOST_NAMED));
  if (found) {
    const others = named.filter((feed) => feed.url !== found.url && !asking.failed.has(feed.url));
    return { ...found, how: 'named', others: others.slice(0, MOST_OTHERS) };
  }
  const usual = await asking.firstFeed(USUAL_PLACES.map((path) => ({ url: new URL(path, url).href })));
  const list = listOn(page, url);
  // A feed of the whole site may say little of what this page is about.
  if (usual) return { ...usual, how: 'usual', others: [], ...(list ? { list: list.url } : {}) };
  if (list) return list;
  const tried = [...asking.failed].map(([place, fault]) => `${place} ${fault}`);
  throw new WorldError(
    `the page names no feed that can be read, and shows no list of entries that could be watched${tried.length > 0 ? `; tried ${tried.join('; ')}` : ''}`,
  );
}

function listOn(page: Element, url: string): FoundSource | undefined {
  const list = guessList(page, url);
  if (list === undefined) return undefined;
  const title = selectFirst(page, TITLE);
  const name = title ? textOf(title) : '';
  return {
    url: withRule(url, list.rule),
    kind: 'page',
    how: 'list',
    ...(name === '' ? {} : { title: name }),
    homepage: url,
    items: list.entries.map(toItem).filter((item) => item !== undefined),
    others: [],
  };
}

function toItem({ url, title, summary, date }: PageEntry): ItemDraft | undefined {
  const dates = date === undefined ? [] : [date];
  return itemOf({ guid: undefined, url, title, summary, dates, categories: [], language: undefined });
}

/** Asks one site a few times at most, and remembers what did not work. */
class Asking {
  /** What could not be read, with the reason. */
  readonly failed = new Map<string, string>();
  /** What the site's robots.txt asks programs not to read. */
  readonly disallowed = new Set<string>();
  readonly #http: HttpClient;
  readonly #parser: Pick<Parser, 'parse'>;
  readonly #signal: AbortSignal;
  #left = MOST_REQUESTS;

  constructor(http: HttpClient, parser: Pick<Parser, 'parse'>, signal: AbortSignal) {
    this.#http = http;
    this.#parser = parser;
    this.#signal = signal;
  }

  async get(url: string, kind: FeedKind): Promise<SourceDocument> {
    this.#left--;
    const answer = await this.#http.get({ url, accept: acceptHeader(kind), signal: this.#signal });
    // Only a conditional request can be answered with "unchanged", and this was none.
    if (answer.outcome === 'unchanged') throw new WorldError('answered "unchanged" although nothing was known');
    if (answer.disallowed) this.disallowed.add(url);
    const { bytes, contentType } = answer;
    return { bytes, url: answer.url, listedAs: url, ...(contentType === undefined ? {} : { contentType }) };
  }

  /** The first of some addresses that holds a feed; undefined when none does, or the site has been asked enough. */
  async firstFeed(feeds: readonly NamedFeed[]): Promise<Omit<FoundSource, 'how' | 'others'> | undefined> {
    for (const { url, title } of feeds) {
      if (this.#left <= 0) return undefined;
      try {
        const feed = partsOf(await this.#parser.parse('auto', await this.get(url, 'auto')));
        return { ...(title === undefined ? {} : { title }), ...feed, url, kind: 'auto' };
      } catch (thrown) {
        this.#signal.throwIfAborted();
        if (!(thrown instanceof WorldError || thrown instanceof UserError)) throw thrown;
        this.failed.set(url, messageOf(thrown));
        // A site that wants quiet, or refuses programs, gets no further questions.
        if (/answered (?:401|403|429|503)\b/.test(thrown.message)) this.#left = 0;
      }
    }
    return undefined;
  }
}

function partsOf({ title, homepage, items }: ParsedFeed): Pick<FoundSource, 'title' | 'homepage' | 'items'> {
  return { ...(title === undefined ? {} : { title }), ...(homepage === undefined ? {} : { homepage }), items };
}
