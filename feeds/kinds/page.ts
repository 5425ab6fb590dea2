import { WorldError } from '../../src/errors.ts';
import { type PageEntry, readEntries } from '../page-watch/entries.ts';
import { decodeHtml } from '../page-watch/html.ts';
import { type KnownPage, knownPage } from '../page-watch/pages.ts';
import { readRule, ruleIn } from '../page-watch/rule.ts';
import { selectFirst } from '../page-watch/selector.ts';
import { likelyStandIn, standInPage, standInPlace } from '../page-watch/stand-in.ts';
import { type Element, readTree, textOf } from '../page-watch/tree.ts';
import { updateOf } from '../page-watch/updated.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';

/**
 * Reads the entries of a web page that has no feed, by the selectors that its address carries or that pages.json knows. Throws
 * WorldError for pages that come in place of the one asked for, and for a page that shows none of its entries.
 */
export async function parsePage(document: SourceDocument): Promise<ParsedFeed> {
  const listedAs = document.listedAs ?? document.url;
  const html = readHtml(document, listedAs);
  const page = readTree(html);
  const title = titleOf(page);
  const entries = entriesOf(page, listedAs, document.url, title);
  if (entries.length === 0) {
    const instead = likelyStandIn(html);
    throw new WorldError(
      instead
        ? `answered with ${instead} instead of its list`
        : 'the page shows none of the entries that are looked for: it may have a new design',
    );
  }
  const language = selectFirst(page, HTML)?.attributes.lang;
  const items = entries.slice(0, MOST_ITEMS).map((entry) =>
    itemOf({
      guid: entry.guid,
      url: entry.url,
      title: entry.title,
      summary: entry.summary,
      dates: entry.date === undefined ? [] : [entry.date],
      categories: entry.guid === undefined ? [] : ['page update'],
      language,
    }),
  );
  return {
    ...(title === '' ? {} : { title }),
    homepage: document.url,
    items: items.filter((item) => item !== undefined),
  };
}

const HTML = [{ test: ({ name }: Element) => name === 'html' }];
const TITLE = [{ test: ({ name }: Element) => name === 'title' }];

/** The text of a page; throws WorldError where something else came. */
function readHtml(document: SourceDocument, listedAs: string): string {
  const html = decodeHtml(document.bytes, document.contentType);
  const instead = standInPlace(listedAs, document.url) ?? standInPage(html);
  if (instead !== undefined) throw new WorldError(`answered with ${instead} instead of the page`);
  if (html.trim() === '') throw new WorldError('answered with an empty page');
  if (!/<(?:!doctype html|html|head|body|main|div|ul|table|article)[\s>]/i.test(html.slice(0, 20_000))) {
    throw new WorldError('answered with something other than a web page');
  }
  return html;
}

function entriesOf(page: Element, listedAs: string, url: string, title: string): PageEntry[] {
  const known: Pick<KnownPage, 'rule' | 'updatedAfter'> | undefined = knownPage(listedAs);
  const rule = ruleIn(listedAs) ?? known?.rule;
  if (rule === undefined && known === undefined) {
    throw new WorldError('it is not known where this page shows its entries; /feeds test <address> finds out');
  }
  const update = known?.updatedAfter ? updateOf(page, known.updatedAfter, shortTitle(title), url) : undefined;
  return [...(update ? [update] : []), ...(rule ? readEntries(page, readRule(rule), url) : [])];
}

function titleOf(page: Element): string {
  const title = selectFirst(page, TITLE);
  return title ? textOf(title) : '';
}

/** Without the name of the site behind a bar. */
function shortTitle(title: string): string {
  return title.split(/ [|·–—] /, 1)[0]?.trim() ?? '';
}
