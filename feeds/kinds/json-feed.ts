import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { webLink } from '../document/link.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { readEntries, readJson } from './json.ts';

/** A field of the wrong type counts as absent: one odd field must not cost the entry. */
const text = z.string().optional().catch(undefined);

const feedSchema = z.object({
  version: z.string().regex(/jsonfeed\.org\/version\//),
  title: text,
  home_page_url: text,
  language: text,
  items: z.array(z.unknown()),
});

const entrySchema = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_text: text,
  content_html: text,
  date_published: text,
  date_modified: text,
  tags: z.array(z.unknown()).optional().catch(undefined),
  language: text,
});

/** Reads a JSON Feed 1.0 or 1.1 (jsonfeed.org/version/1.1); throws WorldError for anything else. */
export async function parseJsonFeed(document: SourceDocument): Promise<ParsedFeed> {
  const read = feedSchema.safeParse(readJson(document));
  if (!read.success) throw new WorldError('answered with JSON that is not a JSON Feed');
  const feed = read.data;
  const title = plainText(feed.title ?? '');
  const homepage = webLink(feed.home_page_url, document.url);
  const items = readEntries(feed.items.slice(0, MOST_ITEMS), entrySchema).map((entry) =>
    itemOf({
      guid: entry.id,
      url: webLink(entry.url, document.url) ?? webLink(entry.external_url, document.url) ?? webLink(entry.id, 'about:'),
      title: plainText(entry.title ?? ''),
      summary:
        plainText(entry.summary ?? '') ||
        plainText(entry.content_text ?? '') ||
        plainText(entry.content_html ?? '', true),
      dates: [entry.date_published, entry.date_modified].filter((date) => date !== undefined),
      categories: (entry.tags ?? []).filter((tag) => typeof tag === 'string'),
      language: entry.language ?? feed.language,
    }),
  );
  return {
    ...(title === '' ? {} : { title }),
    ...(homepage === undefined ? {} : { homepage }),
    items: items.filter((item) => item !== undefined),
  };
}
