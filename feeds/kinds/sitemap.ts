import { WorldError } from '../../src/errors.ts';
import { decode } from '../document/decode.ts';
import { webLink } from '../document/link.ts';
import { plainText } from '../document/text.ts';
import { pathsIn } from '../page-watch/rule.ts';
import { titleFrom } from '../page-watch/title.ts';
import type { ParsedFeed, SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { refuseOtherThanXml } from './web-page.ts';

/** A sitemap lists what a site has in any order, so that the newest may stand last: all of it is compared. */
const MOST_ADDRESSES = 5_000;
const LOCATION = /<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2048}?)\s*(?:\]\]>)?\s*<\/(?:\w+:)?loc\s*>/gi;

/**
 * Reads a sitemap (sitemaps.org/protocol.html): each address is an entry, with the last part of its path for a title. `lastmod`
 * is not read, since sites set it to whenever they were built. `#path=/blog/` after the feed's address keeps the addresses below
 * a path. Throws WorldError for anything else, and for an index, naming the sitemaps in it.
 */
export async function parseSitemap(document: SourceDocument): Promise<ParsedFeed> {
  const xml = decode(document.bytes, document.contentType);
  refuseOtherThanXml(xml, document.url);
  const start = xml.slice(0, 5_000);
  const addresses = [...xml.matchAll(LOCATION)].map(([, found]) => webLink(plainText(found ?? ''), document.url));
  const urls = [...new Set(addresses.filter((url) => url !== undefined))];
  if (/<(?:\w+:)?sitemapindex[\s>]/i.test(start)) {
    throw new WorldError(`answered with an index of sitemaps; add one of these: ${urls.slice(0, 5).join(' ')}`);
  }
  if (!/<(?:\w+:)?urlset[\s>]/i.test(start)) throw new WorldError('answered with XML that is not a sitemap');
  const paths = pathsIn(document.listedAs ?? document.url);
  const wanted = urls.filter((url) => isBelow(new URL(url).pathname, paths));
  if (wanted.length === 0) throw new WorldError('the sitemap holds none of the addresses that are looked for');
  if (wanted.length > MOST_ADDRESSES) {
    throw new WorldError(
      `the sitemap holds ${wanted.length} addresses; name the part to watch, such as ${document.url}#path=/news/`,
    );
  }
  const items = wanted.map((url) =>
    itemOf({ guid: url, url, title: titleFrom(url), summary: '', dates: [], categories: [], language: undefined }),
  );
  return { homepage: new URL('/', document.url).href, items: items.filter((item) => item !== undefined) };
}

function isBelow(pathname: string, paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some((path) => pathname.startsWith(path) && pathname.length > path.length);
}
