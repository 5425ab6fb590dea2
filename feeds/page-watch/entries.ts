import { webLink } from '../document/link.ts';
import { dateOf } from './date-in-text.ts';
import type { ReadRule } from './rule.ts';
import { fits, type Selector, selectAll, selectFirst } from './selector.ts';
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

/** The entries of a page in its order, each address once: of several links to one address the one with the most words counts. */
export function readEntries(page: Element, rule: ReadRule, base: string): PageEntry[] {
  const entries = new Map<string, PageEntry>();
  for (const element of selectAll(page, rule.entry)) {
    const entry = readEntry(element, rule, base);
    if (entry === undefined) continue;
    const known = entries.get(entry.url);
    if (known === undefined) entries.set(entry.url, entry);
    else entries.set(entry.url, fuller(known, entry));
  }
  return [...entries.values()].filter(({ title }) => title !== '');
}

function readEntry(element: Element, rule: ReadRule, base: string): PageEntry | undefined {
  const link = linkOf(element, rule);
  const url = webLink(link?.attributes.href, base);
  if (link === undefined || url === undefined || !isEntry(url, rule, base)) return undefined;
  const title = rule.title ? selectFirst(element, rule.title) : link;
  const date = rule.date ? selectFirst(element, rule.date) : undefined;
  const summary = rule.summary ? selectFirst(element, rule.summary) : undefined;
  const day = date ? dateOf(date) : undefined;
  return {
    url,
    title:
      (title ? textOf(title) : '') || textOf(link) || (link.attributes['aria-label'] ?? link.attributes.title ?? ''),
    summary: summary ? textOf(summary) : '',
    ...(day === undefined ? {} : { date: day }),
  };
}

function linkOf(element: Element, rule: ReadRule): Element | undefined {
  if (rule.link) return fits(element, rule.link) ? element : selectFirst(element, rule.link);
  return element.attributes.href !== undefined ? element : selectFirst(element, ANY_LINK);
}

/** A link back to the page itself is no entry, nor is one whose path begins otherwise than the rule says. */
function isEntry(url: string, { paths }: ReadRule, base: string): boolean {
  const [{ pathname, search, host }, page] = [new URL(url), new URL(base)];
  if (host === page.host && pathname === page.pathname && search === page.search) return false;
  return paths === undefined || paths.some((path) => pathname.startsWith(path) && pathname.length > path.length);
}

function fuller(one: PageEntry, other: PageEntry): PageEntry {
  const [main, second] = other.title.length > one.title.length ? [other, one] : [one, other];
  const date = main.date ?? second.date;
  return { ...main, summary: main.summary || second.summary, ...(date === undefined ? {} : { date }) };
}
