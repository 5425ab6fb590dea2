import type { ItemDraft } from '../../src/model.ts';
import { DocumentError } from '../document/failure.ts';
import { shownText } from '../document/text.ts';
import { parseFeed } from '../parse.ts';
import type { FeedEntry } from '../reading/feed.ts';
import type { ParsedFeed, SourceDocument } from './document.ts';
import { itemOf } from './item.ts';

/** Reads RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom and JSON Feed, whichever it is; rejects with DocumentError for anything else. */
export async function parseFeedSource({ bytes, url, contentType }: SourceDocument): Promise<ParsedFeed> {
  const feed = await parseFeed(bytes, { url, ...(contentType === undefined ? {} : { contentType }) });
  const items = feed.items.map(draftOf).filter((item) => item !== undefined);
  refuseEnded(items);
  const title = shownText(feed.title ?? '');
  return {
    ...(title === '' ? {} : { title }),
    ...(feed.siteUrl === undefined ? {} : { homepage: feed.siteUrl }),
    items,
    ...(Object.keys(feed.hints).length === 0 ? {} : { hints: feed.hints }),
  };
}

/** Publishers escape texts up to three times over, and no tag may reach a reader. */
function draftOf(entry: FeedEntry): ItemDraft | undefined {
  return itemOf({
    guid: entry.guid === undefined ? undefined : withoutTimestamp(entry.guid),
    url: entry.url,
    title: shownText(entry.title ?? ''),
    summary: shownText(entry.summary ?? entry.content ?? '').replace(WORDPRESS_FOOTER, ''),
    dates: [entry.publishedAt, entry.updatedAt].filter((date) => date !== undefined),
    categories: entry.categories,
    language: entry.language,
  });
}

/** WordPress ends each summary with the names of the post and the site. */
const WORDPRESS_FOOTER = / ?The post .{1,500} appeared first on .{1,200}\.$/;

/** GOV.UK organisation feeds give each republication a new id, `URL#timestamp`: the address before it is the identity. */
function withoutTimestamp(guid: string): string {
  return guid.replace(/^(https:\/\/www\.gov\.uk\/[^#]*)#\d{4}-\d{2}-\d{2}T.*$/, '$1');
}

/** GOV.UK answers 200 with one last entry where a feed was retired. */
function refuseEnded(items: readonly ItemDraft[]): void {
  if (items.length === 1 && /^this feed has ended\b/i.test(items[0]?.title ?? '')) {
    throw new DocumentError('ended', 'the publisher has ended this feed');
  }
}
