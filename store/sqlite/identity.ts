import { hash } from 'node:crypto';
import type { ItemDraft } from '../../src/model.ts';

const WEB_LINK = /^https?:\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** Parameters that say where a reader came from, never what the page is. */
const TRACKING =
  /^(utm_[^=]*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|yclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id)(=|$)/i;

/**
 * The form in which links compare: no scheme, host in lower case, no tracking parameters, no slash at the end of the path.
 * Fragments stay, because some sources tell their entries apart by nothing else; what is no web link stays as it is.
 */
export function comparableLink(link: string): string {
  const trimmed = link.trim();
  const parts = WEB_LINK.exec(trimmed);
  if (parts === null) return trimmed;
  const [, host = '', path = '', query = '', fragment = ''] = parts;
  return `//${host.toLowerCase()}${withoutEndSlash(path)}${query === '' ? '' : withoutTracking(query)}${fragment}`;
}

function withoutEndSlash(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function withoutTracking(query: string): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !TRACKING.test(parameter));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/**
 * What makes an entry the same entry in a later document: its guid, else its link, else its words.
 * A guid that is a link compares as one: a site that moves to https renames every guid, and nothing of it is news.
 */
export function identityOf(draft: ItemDraft): string {
  const guid = draft.guid?.trim() ?? '';
  if (guid !== '') return comparableLink(guid);
  const url = draft.url?.trim() ?? '';
  if (url !== '') return comparableLink(url);
  return `${draft.title}\0${draft.summary}`;
}

/**
 * The id of an entry of a feed: ten base32hex digits (RFC 4648 §7) of SHA-256, the same in every database. Two digits stand for
 * the feed and eight for the entry, so that the entries of one document lie side by side in the index: ids without any order
 * would make each check write a page an entry.
 */
export function itemId(feedId: string, identity: string): string {
  const feed = firstBits(10, hash('sha256', feedId, 'hex'));
  const entry = firstBits(40, hash('sha256', `${feedId}\0${identity}`, 'hex'));
  return feed.toString(32).padStart(2, '0') + entry.toString(32).padStart(8, '0');
}

/** 48 bits of a link's comparable form: 16 for the host, for the reason given above, and 32 for the whole; exact in a number. */
export function linkHash(link: string): number {
  const comparable = comparableLink(link);
  const end = comparable.indexOf('/', 2);
  const host = firstBits(16, hash('sha256', end < 0 ? comparable : comparable.slice(0, end), 'hex'));
  return host * 2 ** 32 + firstBits(32, hash('sha256', comparable, 'hex'));
}

/** The first bits of a digest, as a number. */
function firstBits(count: number, digest: string): number {
  const digits = Math.ceil(count / 4);
  return Math.floor(Number.parseInt(digest.slice(0, digits), 16) / 2 ** (digits * 4 - count));
}
