/** A second, simple reading of the sample's documents, so that their counts do not rest on the readers in feeds/. */
import { parseFeed } from 'htmlparser2';
import { z } from 'zod';
import type { FeedDraft } from '../../../src/model.ts';

/** One entry of a document, with the title as it stands there (one level of XML decoded, markup kept). */
export interface Entry {
  readonly feed: string;
  readonly title: string;
  readonly link: string;
  readonly summary: string;
  /** Absent where the entry has no date. */
  readonly date?: Date;
}

const jsonSchema = z.object({ items: z.array(z.unknown()).optional(), results: z.array(z.unknown()).optional() });

const jsonEntrySchema = z.object({
  title: z.string(),
  url: z.string().optional(),
  html_url: z.string().optional(),
  link: z.string().optional(),
  content_text: z.string().nullish(),
  abstract: z.string().nullish(),
  description: z.string().nullish(),
  date_published: z.string().optional(),
  publication_date: z.string().optional(),
  public_timestamp: z.string().optional(),
});

/** The entries of one document as text, in its order. */
export function entriesOf(feed: FeedDraft, text: string): Entry[] {
  return text.startsWith('{') ? jsonEntries(feed, text) : xmlEntries(feed, text);
}

function jsonEntries(feed: FeedDraft, text: string): Entry[] {
  const { items, results } = jsonSchema.parse(JSON.parse(text));
  return (items ?? results ?? []).map((raw) => {
    const entry = jsonEntrySchema.parse(raw);
    return {
      feed: feed.id,
      title: entry.title,
      link: absolute(entry.url ?? entry.html_url ?? entry.link, feed),
      summary: entry.content_text ?? entry.abstract ?? entry.description ?? '',
      ...dated(entry.date_published ?? entry.publication_date ?? entry.public_timestamp),
    };
  });
}

function xmlEntries(feed: FeedDraft, text: string): Entry[] {
  return (parseFeed(text)?.items ?? []).map((entry) => ({
    feed: feed.id,
    title: entry.title ?? '',
    link: absolute(entry.link, feed),
    summary: entry.description?.trim() ?? '',
    ...dated(entry.pubDate),
  }));
}

function absolute(link: string | undefined, feed: FeedDraft): string {
  return new URL(link ?? '', feed.homepage).href;
}

function dated(date: Date | string | undefined): { date?: Date } {
  return date === undefined ? {} : { date: new Date(date) };
}
