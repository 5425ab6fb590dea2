import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { decode } from '../document/decode.ts';
import { webLink } from '../document/link.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { parseFeedSource } from './feed.ts';
import { itemOf } from './item.ts';
import { readEntries, readJson } from './json.ts';

const HOMEPAGE = 'https://www.canada.ca/en/news.html';

const text = z.string().nullish().catch(undefined);

const answerSchema = z.object({ feed: z.object({ title: text, entry: z.array(z.unknown()).nullish() }) });

const entrySchema = z.object({
  link: z.string(),
  title: text,
  teaser: text,
  /** An instant, or a day and time without a zone. */
  publishedDate: text,
  type: text,
  contentType: text,
  department: text,
});

/**
 * Reads answers of the Government of Canada news API (api.io.canada.ca/io-server/gc/news), both with `format=json` and with
 * `format=atom`; throws WorldError for anything else.
 */
export async function parseCanadaNews(document: SourceDocument): Promise<ParsedFeed> {
  if (decode(document.bytes, document.contentType).trimStart().startsWith('<')) return parseFeedSource(document);
  const read = answerSchema.safeParse(readJson(document));
  if (!read.success) throw new WorldError('answered with JSON that is not of the Government of Canada news API');
  const { title, entry } = read.data.feed;
  const language = /\/news\/fr\//.test(document.url) ? 'fr' : 'en';
  const items = readEntries((entry ?? []).slice(0, MOST_ITEMS), entrySchema).map((found) => {
    const url = webLink(found.link, HOMEPAGE);
    return itemOf({
      // The API has no ids of its own.
      guid: url,
      url,
      title: plainText(found.title ?? ''),
      summary: plainText(found.teaser ?? '', true),
      dates: typeof found.publishedDate === 'string' ? [found.publishedDate] : [],
      categories: [found.department ?? '', found.type ?? found.contentType ?? ''],
      language,
    });
  });
  const name = plainText(title ?? '');
  return {
    ...(name === '' ? {} : { title: name }),
    homepage: HOMEPAGE,
    items: items.filter((item) => item !== undefined),
  };
}
