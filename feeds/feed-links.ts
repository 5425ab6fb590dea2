import { webLink } from './document/link.ts';
import { baseOf } from './page-watch/html.ts';
import { readSelector, selectAll } from './page-watch/selector.ts';
import { type Element, textOf } from './page-watch/tree.ts';

/** A feed that a page names. */
export interface NamedFeed {
  readonly url: string;
  /** Absent where the page gives it no name. */
  readonly title?: string;
}

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf)\+xml|feed\+json|rss|x-rss)/i;
/** Where a page's own words lead to a feed although no `rel` says so. */
const FEED_WORDS =
  /^(?:rss|atom|feed|rss ?\/? ?atom|(?:subscribe (?:to|via|by) )?(?:our |the )?(?:rss|atom)(?: 2\.0)?(?: feeds?)?|json feed)$/i;
const FEED_PATH =
  /\/(?:rss|atom|feed|feeds?\.(?:xml|json)|rss\.xml|atom\.xml|index\.rdf|[\w-]+\.(?:rss|atom|rdf))\/?$/i;
const LINKS = readSelector('link[href], a[href]');

/**
 * The feeds that a page names (RSS autodiscovery, `rel=feed`, links that say RSS), best first: those below the page's own
 * address, then what `rel` names, then what words name; feeds of comments last.
 */
export function feedLinks(page: Element, url: string): NamedFeed[] {
  const base = baseOf(page, url);
  const found = new Map<string, NamedFeed & { readonly rank: number }>();
  for (const link of selectAll(page, LINKS)) {
    const named = rankOf(link);
    const address = named === undefined ? undefined : webLink(link.attributes.href, base);
    if (named === undefined || address === undefined || found.has(address) || address === url) continue;
    const title = link.attributes.title?.trim() || (link.name === 'a' ? textOf(link) : '');
    const rank = named + (isOfComments(address, title) ? 10 : 0) - (isBelow(address, url) ? 1.5 : 0);
    found.set(address, { url: address, ...(title === '' ? {} : { title }), rank });
  }
  const ranked = [...found.values()].sort((one, other) => one.rank - other.rank);
  return ranked.map(({ rank, ...feed }) => feed);
}

/** 1 for what is declared a feed, 2 for what only looks like one; undefined for other links. */
function rankOf(link: Element): number | undefined {
  const { rel = '', type = '', href = '' } = link.attributes;
  if (/\balternate\b/i.test(rel) && FEED_TYPE.test(type)) return 1;
  if (/(?:^|\s)feed(?:\s|$)/i.test(rel)) return 1;
  if (link.name !== 'a') return undefined;
  return FEED_TYPE.test(type) || FEED_WORDS.test(textOf(link)) || FEED_PATH.test(href.split(/[?#]/, 1)[0] ?? '')
    ? 2
    : undefined;
}

function isOfComments(address: string, title: string): boolean {
  return /\bcomments?\b/i.test(title) || /\/comments\b/i.test(address);
}

/** True for a feed of the part of the site that the page stands for. */
function isBelow(feed: string, page: string): boolean {
  const [{ host, pathname }, here] = [new URL(feed), new URL(page)];
  const folder = here.pathname.replace(/\/[^/]*\.\w+$/, '/').replace(/\/?$/, '/');
  return folder !== '/' && host === here.host && pathname.startsWith(folder);
}
