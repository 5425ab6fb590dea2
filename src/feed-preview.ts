/** Addresses that people type, and what a source would bring: its newest items and how each would be tagged. */
import type { Block, Entry } from './card.ts';
import { barrierMark } from './entries.ts';
import { UserError } from './errors.ts';
import type { ItemDraft } from './model.ts';
import type { FeedReader } from './ports.ts';
import type { SourceFinder } from './source-finder.ts';
import { tag } from './taxonomy/tag.ts';

/** Takes each address for a source as it stands: no page is looked through, nothing else is asked. */
export function readAsGiven(reader: FeedReader): SourceFinder {
  return {
    async find(url, signal) {
      const reading = await reader.read({ url, kind: 'auto' }, signal);
      if (reading.outcome === 'unchanged') {
        throw new Error('a source answered "unchanged" although no validators were sent');
      }
      const { title, homepage, items } = reading;
      const parts = { ...(title ? { title } : {}), ...(homepage ? { homepage } : {}), items };
      return { ...parts, url, kind: 'auto', how: 'given', others: [] };
    },
  };
}

/** An http(s) address as people type it, also without the scheme and in Slack's angle brackets. Throws UserError. */
export function readAddress(words: string): string {
  const bare = words.trim().replace(/^<|>$/g, '').split('|')[0] ?? '';
  const text = /^[a-z][a-z0-9+.-]*:/i.test(bare) && !/^[\w.-]+:\d+(\/|$)/.test(bare) ? bare : `https://${bare}`;
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address && /^https?:$/.test(address.protocol) && /\.|^localhost$|^\[/.test(address.hostname)) return address.href;
  throw new UserError(`“${words}” is not a web address. Type it in full, like https://www.ntia.gov/rss.xml.`);
}

/** The newest items with what tagging says of each. */
export function previewBlock(items: readonly ItemDraft[], source: string, most: number): Block {
  const newest = [...items]
    .sort((one, other) => (other.publishedAt ?? '').localeCompare(one.publishedAt ?? ''))
    .slice(0, most);
  return { kind: 'entries', entries: newest.map((item) => previewEntry(item, source)) };
}

function previewEntry(item: ItemDraft, source: string): Entry {
  const { relevant, taggings } = tag(item);
  const detail =
    taggings.length > 0 ? taggings.map(barrierMark).join(', ') : relevant ? 'relevant, no barrier' : 'off topic';
  const quote = taggings[0]?.evidence[0]?.quote;
  return {
    title: item.title,
    source,
    detail,
    ...(item.url ? { link: item.url } : {}),
    ...(item.publishedAt ? { date: item.publishedAt } : {}),
    ...(taggings[0] ? { direction: taggings[0].direction, section: taggings[0].section } : {}),
    ...(quote ? { evidence: [quote] } : {}),
  };
}
