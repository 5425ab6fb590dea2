import { webLink } from '../document/link.ts';
import { dateOf } from './date-in-text.ts';
import { baseOf } from './html.ts';
import type { ReadRule } from './rule.ts';
import { fits, type Selector, selectAll, selectFirst } from './selector.ts';
import { namesNothing, titleFrom } from './title.ts';
import { type Element, textOf } from './tree.ts';

/** One entry of a page; texts are plain. */
export interface PageEntry {
  /** Absent where the address is the identity. */
  readonly guid?: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** A day, or an instant where the page gives one; absent where it gives none. */
  readonly date?: string;
}

const ANY_LINK: Selector = [{ test: ({ name, attributes }) => name === 'a' && attributes.href !== undefined }];

/**
 * The entries of a page in its order, each address once: what the first place lacks (a title, a date) is taken from later ones,
 * since lists often show an image, a heading and “Read more” with one address.
 */
export function readEntries(page: Element, rule: ReadRule, url: string): PageEntry[] {
  const place = { url, base: baseOf(page, url) };
  const entries = new Map<string, PageEntry>();
  for (const element of selectAll(page, rule.entry)) {
    const entry = readEntry(element, rule, place);
    if (entry === undefined) continue;
    const known = entries.get(entry.url);
    entries.set(entry.url, known === undefined ? entry : filled(known, entry));
  }
  return [...entries.values()].map((entry) =>
    namesNothing(entry.title) ? { ...entry, title: titleFrom(entry.url) } : entry,
  );
}

/** The address of a page, and the one its relative links start from. */
interface Place {
  readonly url: string;
  readonly base: string;
}

function readEntry(element: Element, rule: ReadRule, place: Place): PageEntry | undefined {
  const link = linkOf(element, rule);
  const url = webLink(link?.attributes.href, place.base);
  if (link === undefined || url === undefined || !isEntry(url, rule, place.url)) return undefined;
  const title = rule.title ? selectFirst(element, rule.title) : undefined;
  const summary = rule.summary ? selectFirst(element, rule.summary) : undefined;
  const day = rule.date ? firstDate(selectAll(element, rule.date)) : undefined;
  return {
    url: withoutAnchor(url),
    title:
      (title ? textOf(title) : '') || textOf(link) || (link.attributes['aria-label'] ?? link.attributes.title ?? ''),
    summary: summary ? textOf(summary) : '',
    ...(day === undefined ? {} : { date: day }),
  };
}

function firstDate(elements: readonly Element[]): string | undefined {
  for (const element of elements) {
    const date = dateOf(element);
    if (date !== undefined) return date;
  }
  return undefined;
}

function linkOf(element: Element, rule: ReadRule): Element | undefined {
  if (rule.link) return fits(element, rule.link) ? element : selectFirst(element, rule.link);
  return element.attributes.href !== undefined ? element : selectFirst(element, ANY_LINK);
}

/** A link back to the page itself is no entry, nor is one outside the part of the site that the rule names. */
function isEntry(url: string, { paths }: ReadRule, pageUrl: string): boolean {
  const [address, page] = [new URL(url), new URL(pageUrl)];
  const { pathname } = address;
  const isHere = siteOf(address) === siteOf(page);
  if (isHere && pathname === page.pathname && address.search === page.search) return false;
  if (paths === undefined) return true;
  return isHere && paths.some((path) => pathname.startsWith(path) && pathname.length > path.length);
}

function siteOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}

/** Two places of one page are one entry, except where a site writes its own addresses after `#`. */
function withoutAnchor(url: string): string {
  return url.replace(/#(?![!/]).*$/, '');
}

function filled(known: PageEntry, other: PageEntry): PageEntry {
  const date = known.date ?? other.date;
  return {
    ...known,
    title: namesNothing(known.title) ? other.title : known.title,
    summary: known.summary || other.summary,
    ...(date === undefined ? {} : { date }),
  };
}
