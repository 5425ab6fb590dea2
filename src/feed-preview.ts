/** Reads a source once, as a poll would, and shows its newest items and how each would be tagged; stores nothing. */
import type { Block, Entry } from './card.ts';
import type { CommandContext } from './command.ts';
import { barrierMark } from './entries.ts';
import { UserError } from './errors.ts';
import type { FeedKind, ItemDraft } from './model.ts';
import type { Reading } from './ports.ts';
import { tag } from './taxonomy/tag.ts';

export type ReadFeed = Extract<Reading, { outcome: 'changed' }>;

/** The source as it stands now. Throws UserError for an address that is none, WorldError when it cannot be read. */
export async function readOnce(
  { reader, signal }: Pick<CommandContext, 'reader' | 'signal'>,
  url: string,
  kind: FeedKind,
): Promise<ReadFeed> {
  const reading = await reader.read({ url: readAddress(url), kind }, signal);
  if (reading.outcome === 'changed') return reading;
  throw new Error('a source answered "unchanged" although no validators were sent');
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
