import { UserError } from '../../src/errors.ts';
import { feedId } from '../../src/feed-list.ts';
import { makeFilter, readTerms } from '../../src/filter.ts';
import {
  FEED_KINDS,
  type FeedKind,
  type Filter,
  IDENTITY_RULES,
  type IdentityRule,
  type ListedDraft,
  type ScopedFilter,
  STREAMS,
  type Stream,
} from '../../src/model.ts';
import type { FeedListContent } from '../../src/ports.ts';
import { webLink } from '../document/link.ts';

/** One entry of a feed list as the file says it; all texts as written, empty texts count as absent. */
export interface ListedOutline {
  /** Where it stands in the file, in words, such as `line 12` or `entry 3`. */
  readonly place: string;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly url?: string | undefined;
  readonly homepage?: string | undefined;
  readonly kind?: string | undefined;
  readonly stream?: string | undefined;
  readonly broad?: boolean | undefined;
  readonly paused?: boolean | undefined;
  readonly identity?: string | undefined;
  /** Terms as people type them, separated by commas. */
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
}

/** The filter of a list or a stream as the file says it. */
export interface ListedFilter {
  readonly place: string;
  readonly scope: string;
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
}

/** All that a file says. */
export interface ListedContent {
  readonly outlines: readonly ListedOutline[];
  readonly filters: readonly ListedFilter[];
}

const MOST_FEEDS = 1_000;
const LONGEST_TITLE = 200;

/** The feeds and filters that a list names, and in words what was left out and why. */
export function draftList({ outlines, filters }: ListedContent): FeedListContent & { readonly faults: string[] } {
  const { feeds, faults } = draftFeeds(outlines);
  const scoped = new Map<ScopedFilter['scope'], Filter>();
  for (const listed of filters) {
    const scope = [...STREAMS, 'all' as const].find((name) => name === listed.scope);
    const filter = readFilter(listed);
    if (scope === undefined)
      faults.push(`${listed.place}: “${listed.scope}” is no stream; known are ${STREAMS.join(', ')}`);
    else if (typeof filter === 'string') faults.push(`${listed.place}: ${filter}`);
    else if (filter !== undefined) scoped.set(scope, filter);
  }
  return { feeds, filters: [...scoped].map(([scope, filter]) => ({ scope, filter })), faults };
}

function draftFeeds(outlines: readonly ListedOutline[]): { feeds: readonly ListedDraft[]; faults: string[] } {
  const feeds = new Map<string, ListedDraft>();
  const addresses = new Set<string>();
  const faults: string[] = [];
  for (const outline of outlines) {
    const label = outline.title ? `${outline.place} (“${outline.title.slice(0, 80)}”)` : outline.place;
    const draft = draftFeed(outline, feeds);
    if (typeof draft === 'string') faults.push(`${label}: ${draft}`);
    else if (addresses.has(draft.url)) faults.push(`${label}: ${draft.url} is on this list already`);
    else if (feeds.size === MOST_FEEDS) faults.push(`${label}: a list may hold ${MOST_FEEDS} feeds at most`);
    else {
      feeds.set(draft.id, draft);
      addresses.add(draft.url);
    }
  }
  return { feeds: [...feeds.values()], faults };
}

/** The feed of one entry, or what is wrong with it in words. */
function draftFeed(outline: ListedOutline, earlier: ReadonlyMap<string, ListedDraft>): ListedDraft | string {
  const address = outline.url
    ?.trim()
    .replace(/^feed:(\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'https://');
  if (!address) return 'the address (xmlUrl or url) is missing';
  const url = webLink(address, 'about:blank');
  if (url === undefined) return `“${address.slice(0, 200)}” is not a web address without a password`;
  const kind = readKind(outline.kind);
  if (kind === undefined) return `“${outline.kind}” is no kind of source; known are ${FEED_KINDS.join(', ')}`;
  const stream = readStream(outline.stream);
  if (stream === undefined) return `“${outline.stream}” is no stream; known are ${STREAMS.join(', ')}`;
  const id = outline.id?.trim() || freeId(feedId(url), earlier);
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(id)) return `the id “${id.slice(0, 80)}” may hold a-z, 0-9 and hyphens only`;
  if (earlier.has(id)) return `the id “${id}” is on this list already`;
  const identity = readIdentity(outline.identity);
  if (identity === undefined)
    return `“${outline.identity}” is no identity rule; known are ${IDENTITY_RULES.join(', ')}`;
  const filter = readFilter(outline);
  if (typeof filter === 'string') return filter;
  const homepage = webLink(outline.homepage, url);
  return {
    id,
    kind,
    url,
    title: outline.title?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE) || new URL(url).host,
    stream,
    ...(homepage === undefined ? {} : { homepage }),
    broad: outline.broad ?? false,
    ...(identity === 'recognised' ? {} : { identity }),
    ...(outline.paused === true ? { paused: true } : {}),
    ...(filter === undefined ? {} : { filter }),
  };
}

function readKind(text: string | undefined): FeedKind | undefined {
  const name = text?.trim().toLowerCase() || 'auto';
  return FEED_KINDS.find((kind) => kind === name);
}

/** Without a rule it is recognised from what the source sends. */
function readIdentity(text: string | undefined): IdentityRule | 'recognised' | undefined {
  const name = text?.trim().toLowerCase() || 'recognised';
  return name === 'recognised' ? name : IDENTITY_RULES.find((rule) => rule === name);
}

/** The filter, or what is wrong with it in words; undefined where there is none. */
function readFilter({
  include = '',
  exclude = '',
}: Pick<ListedOutline, 'include' | 'exclude'>): Filter | string | undefined {
  try {
    return makeFilter(readTerms(include), readTerms(exclude));
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.message;
    throw thrown;
  }
}

function readStream(text: string | undefined): Stream | undefined {
  const name = text?.trim().toLowerCase() || 'analysis';
  return STREAMS.find((stream) => stream === name);
}

function freeId(slug: string, taken: ReadonlyMap<string, unknown>): string {
  let id = slug;
  for (let number = 2; taken.has(id); number++) id = `${slug}-${number}`;
  return id;
}
