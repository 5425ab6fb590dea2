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

/** The id of an entry of a feed: 50 bits of SHA-256 in lower-case base32hex (RFC 4648 §7), the same in every database. */
export function itemId(feedId: string, identity: string): string {
  const bits = Number.parseInt(hash('sha256', `${feedId}\0${identity}`, 'hex').slice(0, 13), 16);
  // Thirteen hexadecimal digits are 52 bits, as many as a number holds exactly; ten base32 digits are 50.
  return Math.floor(bits / 4)
    .toString(32)
    .padStart(10, '0');
}

/** 48 bits of a hash of a link's comparable form: short to index, and exact in a number. */
export function linkHash(link: string): number {
  return Number.parseInt(hash('sha256', comparableLink(link), 'hex').slice(0, 12), 16);
}
