import { z } from 'zod';
import { readDate } from '../document/date.ts';
import { DocumentError } from '../document/failure.ts';
import { webLink } from '../document/link.ts';
import { cutText, markupText, plainText, tidyText } from '../document/text.ts';
import type { FeedDocument, FeedEntry } from './feed.ts';

/** A field of the wrong type counts as absent: one odd field must not cost the entry. */
const text = z.string().optional().catch(undefined);
const list = z.array(z.unknown()).catch([]);

const feedSchema = z.object({
  version: z.string().regex(/jsonfeed\.org\/version\//),
  title: text,
  home_page_url: text,
  feed_url: text,
  language: text,
  items: list,
  hubs: list,
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
  tags: list,
  attachments: list,
  language: text,
});

const attachmentSchema = z.object({ url: z.string(), mime_type: text });
const hubSchema = z.object({ type: z.string().regex(/^websub$/i), url: z.string() });

const LONGEST_GUID = 2_000;
const LONGEST_CATEGORY = 200;
const MOST_PARTS = 100;

/** Reads a JSON Feed 1.0 or 1.1 (jsonfeed.org/version/1.1). Throws DocumentError for anything else. */
export function readJsonFeed(json: string, url: string, mostItems: number): FeedDocument {
  const feed = feedSchema.safeParse(readJson(json)).data;
  if (feed === undefined) throw new DocumentError('json', 'answered with JSON that is not a JSON Feed');
  const hub = webLink(fitting(feed.hubs, hubSchema)[0]?.url, url);
  const self = webLink(feed.feed_url, url);
  return {
    ...present({ title: tidyText(feed.title ?? ''), siteUrl: webLink(feed.home_page_url, url) }),
    items: fitting(feed.items.slice(0, mostItems), entrySchema).map((entry) => readEntry(entry, url, feed.language)),
    hints: present({ hub, self }),
  };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (thrown) {
    throw new DocumentError('json', 'answered with broken JSON', { cause: thrown });
  }
}

/** The values of a list that fit a schema; the others are left out. */
function fitting<Value>(values: readonly unknown[], schema: z.ZodType<Value>): Value[] {
  return values.map((value) => schema.safeParse(value)).flatMap(({ data }) => (data === undefined ? [] : [data]));
}

function readEntry(entry: z.infer<typeof entrySchema>, base: string, feedLanguage: string | undefined): FeedEntry {
  const attachments = fitting(entry.attachments.slice(0, MOST_PARTS), attachmentSchema);
  return {
    ...present({
      guid: entry.id?.trim().slice(0, LONGEST_GUID),
      // Many take the permanent address for the id.
      url: webLink(entry.url, base) ?? webLink(entry.external_url, base) ?? webLink(entry.id, 'about:'),
      title: tidyText(entry.title ?? ''),
      summary: tidyText(entry.summary ?? ''),
      content: tidyText(entry.content_text ?? '') || markupText(entry.content_html ?? ''),
      publishedAt: readDate(entry.date_published ?? ''),
      updatedAt: readDate(entry.date_modified ?? ''),
      language: entry.language ?? feedLanguage,
    }),
    categories: categoriesIn(entry.tags),
    enclosures: attachments.flatMap(({ url, mime_type: type }) => {
      const address = webLink(url, base);
      return address === undefined ? [] : [{ url: address, ...present({ type }) }];
    }),
  };
}

function categoriesIn(tags: readonly unknown[]): string[] {
  const names = tags.slice(0, MOST_PARTS).filter((tag) => typeof tag === 'string');
  return [...new Set(names.map((name) => cutText(plainText(name), LONGEST_CATEGORY)))].filter((name) => name !== '');
}

/** Without the properties that are undefined or empty. */
function present<Parts extends Record<string, string | undefined>>(parts: Parts): { [Name in keyof Parts]?: string } {
  const kept: { [Name in keyof Parts]?: string } = {};
  for (const name in parts) {
    const value = parts[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
}
