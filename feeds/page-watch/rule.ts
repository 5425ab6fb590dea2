/** Which parts of a page are its entries: as data in pages.json, or written after the `#` of a feed's own address. */
import { UserError } from '../../src/errors.ts';
import { readSelector, type Selector } from './selector.ts';

/** The selectors for the entries of a page, as text. */
export interface PageRule {
  /** Each element that fits is one entry. */
  readonly entry: string;
  /** Within the entry; absent for the entry itself where it is a link, else its first link. */
  readonly link?: string;
  /** Within the entry; absent for the text of the link. */
  readonly title?: string;
  /** Within the entry: the first that holds a date counts; absent where the list shows none. */
  readonly date?: string;
  /** Within the entry; absent where the list shows none. */
  readonly summary?: string;
  /** How the paths of the entries' addresses begin, one of these; absent for any. */
  readonly paths?: readonly string[];
}

/** A rule with its selectors read. */
export interface ReadRule {
  readonly entry: Selector;
  readonly link?: Selector;
  readonly title?: Selector;
  readonly date?: Selector;
  readonly summary?: Selector;
  readonly paths?: readonly string[];
}

const PARTS = ['link', 'title', 'date', 'summary'] as const;
const MARK = '#watch=';

/** Throws UserError for a selector that is not understood. */
export function readRule(rule: PageRule): ReadRule {
  const { entry, link, title, date, summary, paths } = rule;
  return {
    entry: readSelector(entry),
    ...(link ? { link: readSelector(link) } : {}),
    ...(title ? { title: readSelector(title) } : {}),
    ...(date ? { date: readSelector(date) } : {}),
    ...(summary ? { summary: readSelector(summary) } : {}),
    ...(paths ? { paths } : {}),
  };
}

/** True for the address of a page to watch that carries its own rule; what stands after `#` is never sent to a server. */
export function carriesRule(url: string): boolean {
  return url.includes(MARK);
}

/** The rule that an address carries: `https://example.org/news#watch=li.item&title=h3&date=time`; undefined where it carries none. */
export function ruleIn(url: string): PageRule | undefined {
  const at = url.indexOf(MARK);
  if (at < 0) return undefined;
  const fields = new URLSearchParams(url.slice(at + 1));
  const paths = pathsIn(url);
  const parts = PARTS.map((part) => [part, fields.get(part)] as const).filter(([, text]) => text);
  const entry = fields.get('watch') ?? '';
  if (entry === '') throw new UserError('the address names no selector for its entries after #watch=');
  return { entry, ...Object.fromEntries(parts), ...(paths.length > 0 ? { paths } : {}) };
}

/** The beginnings of paths that an address asks for after its `#`, such as `#path=/blog/&path=/research/`. */
export function pathsIn(url: string): string[] {
  const at = url.indexOf('#');
  return at < 0 ? [] : new URLSearchParams(url.slice(at + 1)).getAll('path').filter((path) => path.startsWith('/'));
}

/** The address of a page with a rule, which `ruleIn` reads back. */
export function withRule(url: string, rule: PageRule): string {
  const fields = new URLSearchParams({ watch: rule.entry });
  for (const part of PARTS) if (rule[part] !== undefined) fields.set(part, rule[part]);
  for (const path of rule.paths ?? []) fields.append('path', path);
  const address = new URL(url);
  address.hash = fields.toString();
  return address.href;
}
