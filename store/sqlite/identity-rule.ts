import type { IdentityRule, ItemDraft } from '../../src/model.ts';
import { comparableLink } from './identity.ts';
import { referenceOf } from './reference.ts';

/** As many entries as can show that a publisher does something on purpose; without links it takes one more. */
const ENOUGH = 2;

/**
 * The rule that a document by itself shows to be needed; undefined where guids will do. A feed where every entry has the
 * number of a document goes by it; one whose guids are a link and a time, or are shared by several entries, goes by links.
 */
export function ruleOf(drafts: readonly ItemDraft[]): IdentityRule | undefined {
  if (drafts.length < ENOUGH) return undefined;
  if (drafts.every((draft) => showsReference(draft))) return 'reference';
  return areStamped(drafts) || areShared(drafts) ? 'link' : undefined;
}

/** A guid that is the number itself needs no rule. */
function showsReference(draft: ItemDraft): boolean {
  return draft.url !== undefined && /^https?:/i.test(draft.guid ?? draft.url) && referenceOf(draft) !== undefined;
}

/** GOV.UK's organisation feeds: every guid is the entry's link and, after `#`, the time of its last change. */
function areStamped(drafts: readonly ItemDraft[]): boolean {
  return drafts.every(({ guid = '', url = '' }) => {
    const [page = '', stamp = ''] = guid.split('#');
    return /^\d{4}-\d{2}-\d{2}T/.test(stamp) && comparableLink(page) === comparableLink(url);
  });
}

/** At most half as many guids as entries: the guid names the feed, or a section of it. */
function areShared(drafts: readonly ItemDraft[]): boolean {
  const named = drafts.filter(({ guid = '' }) => guid.trim() !== '');
  const guids = new Set(named.map(({ guid = '' }) => guid.trim()));
  // Every document is looked at, and most need no closer look.
  if (guids.size * 2 > named.length) return false;
  const others = new Set(named.map(({ url, title }) => (url === undefined ? title : comparableLink(url))));
  const enough = named.every(({ url }) => url !== undefined) ? ENOUGH : ENOUGH + 1;
  return others.size >= enough && guids.size * 2 <= others.size;
}
