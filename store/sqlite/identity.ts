import { hash } from 'node:crypto';
import type { IdentityRule, ItemDraft } from '../../src/model.ts';
import { referenceOf } from './reference.ts';

const WEB_LINK = /^https?:\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** Parameters that say where a reader came from, never what the page is. */
const TRACKING =
  /^(utm_[^=]*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|yclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|_ga|_gl|ref_src|at_medium|at_campaign|pk_campaign|pk_kwd|mtm_[^=]*|cmpid|sessionid|session_id|phpsessid|jsessionid|aspsessionid[^=]*|asp\.net_sessionid|cfid|cftoken|zenid|oscsid)(=|$)/i;

/** `sid` and `s` may name a story as well as a session; only a session is a long run of letters and digits without a word. */
const SESSION = /^(sid|s|session)=(?=[^&]*\d)(?=[^&]*[a-z])[a-z0-9]{20,}$/i;

/** A session in the path, as Java servers write it (Servlet specification §7.1.3). */
const SESSION_IN_PATH = /;jsessionid=[^/;?#]*/gi;

/**
 * The form in which links compare: no scheme, host in lower case, no tracking parameters or session ids, no slash at the end
 * of the path.
 * Fragments stay, because some sources tell their entries apart by nothing else; what is no web link stays as it is.
 */
export function comparableLink(link: string): string {
  const trimmed = link.trim();
  const parts = WEB_LINK.exec(trimmed);
  if (parts === null) return trimmed;
  const [, host = '', path = '', query = '', fragment = ''] = parts;
  return `//${host.toLowerCase()}${withoutEndSlash(path.replace(SESSION_IN_PATH, ''))}${query === '' ? '' : withoutTracking(query)}${fragment}`;
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
    .filter((parameter) => parameter !== '' && !TRACKING.test(parameter) && !SESSION.test(parameter));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/**
 * What makes an entry the same entry in a later document, by the rule of its feed: its guid, its link, or the number of the
 * document it is about; else its link, else its words. A guid that is a link compares as one: a site that moves to https
 * renames every guid, and nothing of it is news.
 */
export function identityOf(draft: ItemDraft, rule: IdentityRule = 'guid'): string {
  const url = draft.url?.trim() ?? '';
  const words = `${draft.title}\0${draft.summary}`;
  if (rule === 'link') return url === '' ? words : comparableLink(url);
  const reference = rule === 'reference' ? referenceOf(draft) : undefined;
  if (reference !== undefined) return reference;
  const guid = draft.guid?.trim() ?? '';
  if (guid !== '') return comparableLink(guid);
  return url === '' ? words : comparableLink(url);
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
