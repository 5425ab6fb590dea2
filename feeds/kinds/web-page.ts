import { Parser } from 'htmlparser2';
import { DocumentError } from '../document/failure.ts';
import { webLink } from '../document/link.ts';
import { standInPage } from '../page-watch/stand-in.ts';

/** Throws DocumentError where a text cannot be feed XML, saying what came instead and, for a page, which feed it names. */
export function refuseOtherThanXml(text: string, url: string): void {
  const start = text.slice(0, 2_000).trimStart();
  if (start === '') throw new DocumentError('empty', 'answered with an empty document');
  refuseWebPage(text, url);
  if (start.startsWith('{') || start.startsWith('['))
    throw new DocumentError('json', 'answered with JSON instead of a feed');
  if (!start.includes('<')) throw new DocumentError('text', 'answered with plain text instead of a feed');
}

/** Throws DocumentError for HTML, naming what came in place of the feed, or the feed that the page announces. */
export function refuseWebPage(text: string, url: string): void {
  if (!isWebPage(text)) return;
  const instead = standInPage(text);
  if (instead !== undefined) throw new DocumentError('html', `answered with ${instead} instead of a feed`);
  const feed = findFeedLink(text, url);
  const advice = feed === undefined ? '' : `; the page names this feed: ${feed}`;
  throw new DocumentError('html', `answered with a web page instead of a feed${advice}`);
}

/** True for HTML, whatever its Content-Type says: some servers label feeds as HTML and pages as XML. */
export function isWebPage(text: string): boolean {
  const start = text.slice(0, 2_000).toLowerCase();
  return /<!doctype\s+html|<html[\s>]/.test(start) && !/<(?:\w+:)?(?:rss|feed|rdf)[\s>]/.test(start);
}

const FEED_TYPE = /^application\/(rss\+xml|atom\+xml|feed\+json)/i;

/** The first feed that a page announces in its head (RSS autodiscovery). */
function findFeedLink(page: string, url: string): string | undefined {
  let found: string | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (found !== undefined || name !== 'link' || !/\balternate\b/i.test(attributes.rel ?? '')) return;
      if (FEED_TYPE.test(attributes.type ?? '')) found = webLink(attributes.href, url);
    },
  });
  parser.write(page.slice(0, 50_000));
  parser.end();
  return found;
}
