/** Why an address has no answer: no feed brought it, and whether one could have. Pure. */
import type { Instant, ListedFeed } from '../model.ts';
import { plural } from '../plural.ts';
import { registrableDomain } from '../registrable-domain.ts';
import { showAge, showTime } from '../time.ts';

const FEEDS_NAMED = 3;

/** The host of a web address; undefined for anything else, such as an item's id. */
export function hostOf(reference: string): string | undefined {
  const url = URL.canParse(reference) ? new URL(reference) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}

/** What is known of an address that no feed brought. */
export function notSeenSentences(
  host: string,
  feeds: readonly ListedFeed[],
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): string[] {
  const own = feedsOf(host, feeds);
  const first = 'No item with this link has been seen on the feeds of this list.';
  if (own.length === 0) {
    return [first, `None of them is from ${host}: /feeds add with the address of its page looks for a feed there.`];
  }
  const named = own.slice(0, FEEDS_NAMED).map((feed) => readSentence(feed, now, timeZone));
  const more = own.length - named.length;
  return [
    first,
    `${host} belongs to ${plural(own.length, 'feed')} on it:`,
    ...named,
    ...(more > 0 ? [`and ${more} more: /feeds list.`] : []),
  ];
}

/** Feeds of the same host where there are any, else of the same owner. */
function feedsOf(host: string, feeds: readonly ListedFeed[]): ListedFeed[] {
  const hosts = (feed: ListedFeed) => [feed.url, feed.homepage ?? ''].flatMap((address) => hostOf(address) ?? []);
  const same = feeds.filter((feed) => hosts(feed).includes(host));
  const owner = registrableDomain(host);
  return same.length > 0 ? same : feeds.filter((feed) => hosts(feed).some((each) => registrableDomain(each) === owner));
}

function readSentence(feed: ListedFeed, now: Instant, timeZone: string): string {
  const { title, pausedAt, succeededAt, errorCount, lastError } = feed;
  if (pausedAt !== undefined) return `“${title}” is paused since ${showTime(pausedAt, timeZone)}, so it is not read.`;
  const read = succeededAt
    ? `was last read ${showTime(succeededAt, timeZone)} (${showAge(succeededAt, now)} ago)`
    : 'has never been read';
  return errorCount > 0 ? `“${title}” ${read}; it fails: ${lastError ?? 'not read'}.` : `“${title}” ${read}.`;
}
