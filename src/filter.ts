/** Filters: which items of a feed, a stream or a whole list are posted. Pure; a filter never lets through more than there was. */
import { UserError } from './errors.ts';
import type { Filter, ListedFeed, ReadItem, ScopedFilter } from './model.ts';

const MOST_TERMS = 50;
const LONGEST_TERM = 100;

/** Terms separated by commas, in lower case, each once. Throws UserError. */
export function readTerms(words: string): string[] {
  const terms = words
    .split(/[,;\n]/)
    .map((term) =>
      term
        .replace(/["“”„«»]/g, '')
        .replace(/\s+/g, ' ')
        .trim()
        .toLowerCase(),
    )
    .filter((term) => term !== '');
  const fault = terms.find((term) => term.length > LONGEST_TERM || !/[\p{L}\p{N}]/u.test(term));
  if (fault !== undefined)
    throw new UserError(
      `“${fault.slice(0, LONGEST_TERM)}” is no word to filter by. Separate words or phrases with commas.`,
    );
  if (terms.length > MOST_TERMS) throw new UserError(`A filter takes ${MOST_TERMS} words or phrases at most.`);
  return [...new Set(terms)];
}

/** A filter of these terms; undefined where there are none. */
export function makeFilter(include: readonly string[], exclude: readonly string[]): Filter | undefined {
  return include.length + exclude.length === 0 ? undefined : { include, exclude };
}

/** `only with “ai act” or “chips”, never with “vacanc*”` */
export function filterWords({ include, exclude }: Filter): string {
  const list = (terms: readonly string[]) => terms.map((term) => `“${term}”`).join(' or ');
  const only = include.length > 0 ? [`only with ${list(include)}`] : [];
  return [...only, ...(exclude.length > 0 ? [`never with ${list(exclude)}`] : [])].join(', ');
}

type Filtered = Pick<ReadItem, 'item'>;

/** Why a filter leaves an item out, in words; undefined where it keeps it. */
function leftOutBy({ include, exclude }: Filter, { item }: Filtered): string | undefined {
  const text = plain([item.title, item.summary, ...item.categories].join('\n'));
  const refused = exclude.find((term) => holds(text, term));
  if (refused !== undefined) return `it has “${refused}”`;
  if (include.length === 0 || include.some((term) => holds(text, term))) return undefined;
  return `it has none of ${include.map((term) => `“${term}”`).join(', ')}`;
}

/** Letters without accents, in lower case, so that people may write them either way. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ');
}

/** True where the text has the term as whole words; after `*` a word may go on. */
function holds(text: string, term: string): boolean {
  const isStart = term.endsWith('*');
  const wanted = plain(isStart ? term.slice(0, -1) : term);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (isEdge(text, at) && (isStart || isEdge(text, end))) return true;
  }
  return false;
}

/** True between a letter or digit and something else. */
function isEdge(text: string, at: number): boolean {
  const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character);
  const [before, after] = [text.slice(0, at), text.slice(at, at + 2)];
  return !isWord([...before.slice(-2)].at(-1) ?? '') || !isWord([...after][0] ?? '');
}

/** What a filter belongs to, in words. */
export type FilterScope = ScopedFilter['scope'] | { readonly feedId: string };

/** All filters of a list. */
export interface ListFilters {
  readonly scoped: readonly ScopedFilter[];
  readonly feeds: ReadonlyMap<string, Filter>;
}

export function listFilters(feeds: readonly ListedFeed[], scoped: readonly ScopedFilter[]): ListFilters {
  const own = feeds.flatMap(({ id, filter }) => (filter ? [[id, filter] as const] : []));
  return { scoped, feeds: new Map(own) };
}

/** The same filters with that of one scope in another form; undefined takes it away. */
export function withFilter(filters: ListFilters, scope: FilterScope, filter: Filter | undefined): ListFilters {
  if (typeof scope === 'object') {
    const feeds = new Map(filters.feeds);
    feeds.delete(scope.feedId);
    if (filter) feeds.set(scope.feedId, filter);
    return { ...filters, feeds };
  }
  const others = filters.scoped.filter((each) => each.scope !== scope);
  return { ...filters, scoped: filter ? [...others, { scope, filter }] : others };
}

/** True where the scope's filter speaks of items of the feed. */
export function isWithin(scope: FilterScope, feed: ReadItem['feed']): boolean {
  if (typeof scope === 'object') return scope.feedId === feed.id;
  return scope === 'all' || scope === feed.stream;
}

/** Why an item is not posted: the filter in words with what it found; undefined where every filter keeps it. */
export function whyLeftOut({ scoped, feeds }: ListFilters, read: Pick<ReadItem, 'item' | 'feed'>): string | undefined {
  const own = feeds.get(read.feed.id);
  const applying = [
    ...(own ? [{ of: read.feed.title, filter: own }] : []),
    ...scoped
      .filter(({ scope }) => isWithin(scope, read.feed))
      .map(({ scope, filter }) => ({ of: scope === 'all' ? 'all feeds' : `stream ${scope}`, filter })),
  ];
  for (const { of, filter } of applying) {
    const reason = leftOutBy(filter, read);
    if (reason !== undefined) return `the filter of ${of} (${filterWords(filter)}): ${reason}`;
  }
  return undefined;
}

/** The items that every filter keeps. */
export function keptItems<Read extends Pick<ReadItem, 'item' | 'feed'>>(
  filters: ListFilters,
  items: readonly Read[],
): Read[] {
  return items.filter((read) => whyLeftOut(filters, read) === undefined);
}
