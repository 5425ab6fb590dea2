/** Feed lists: ids made from addresses, and drafts of listed feeds. */
import { messageOf, UserError } from './errors.ts';
import type { FeedDraft, ListedDraft, ListedFeed } from './model.ts';
import type { FeedListFiles } from './ports.ts';

const LONGEST_ID = 60;

/** A readable id from an address, the same each time: `ntia-gov-rss` for https://www.ntia.gov/rss.xml. */
export function feedId(url: string): string {
  const { host, pathname, search } = new URL(url);
  const words = `${host.replace(/^www\./, '')}${pathname}${search}`
    .toLowerCase()
    .replace(/\.(xml|rss|atom|rdf|json)$/, '');
  const slug = words.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '');
  return slug.slice(0, LONGEST_ID).replace(/-$/, '') || 'feed';
}

/** What is needed to list the feed again, here or elsewhere. */
export function toDraft(feed: ListedFeed): ListedDraft {
  const { id, kind, url, title, stream, broad, homepage, identity, pausedAt, filter } = feed;
  return {
    ...{ id, kind, url, title, stream, broad },
    ...(homepage ? { homepage } : {}),
    ...(identity ? { identity } : {}),
    ...(pausedAt ? { paused: true } : {}),
    ...(filter ? { filter } : {}),
  };
}

/** Who is named in the audit trail for what a first run sets up; undo without a number passes over it. */
export const FIRST_RUN = 'first run';

/** Tells of entries that were left out. Throws UserError when the file cannot be read or names no feed at all. */
export function readFeedsFile(
  file: string,
  read: (file: string) => string,
  lists: FeedListFiles,
  tell: (fault: string) => void,
): readonly FeedDraft[] {
  let text: string;
  try {
    text = read(file);
  } catch (thrown) {
    throw new UserError(`FEEDS_FILE cannot be read: ${messageOf(thrown)}`);
  }
  const { feeds, faults } = parseFile(file, text, lists);
  for (const fault of faults) tell(`FEEDS_FILE ${file}: ${fault}`);
  if (feeds.length === 0) throw new UserError(`FEEDS_FILE ${file} names no feed that can be used.`);
  return feeds;
}

function parseFile(file: string, text: string, lists: FeedListFiles): ReturnType<FeedListFiles['parse']> {
  try {
    return lists.parse(text);
  } catch (thrown) {
    throw thrown instanceof UserError ? new UserError(`FEEDS_FILE ${file}: ${thrown.message}`) : thrown;
  }
}
