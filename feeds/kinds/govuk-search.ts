import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { webLink } from '../document/link.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { readEntries, readJson } from './json.ts';

const HOMEPAGE = 'https://www.gov.uk/';

const text = z.string().nullish().catch(undefined);

const answerSchema = z.object({ results: z.array(z.unknown()) });

const resultSchema = z.object({
  /** A path on GOV.UK, or an address elsewhere. */
  link: z.string(),
  title: text,
  description: text,
  public_timestamp: text,
  format: text,
  content_store_document_type: text,
  organisations: z
    .array(z.object({ title: text }))
    .nullish()
    .catch(undefined),
});

/** Reads answers of the GOV.UK Search API (docs.publishing.service.gov.uk, search-api); throws WorldError for anything else. */
export async function parseGovukSearch(document: SourceDocument): Promise<ParsedFeed> {
  const read = answerSchema.safeParse(readJson(document));
  if (!read.success) throw new WorldError('answered with JSON that is not of the GOV.UK Search API');
  const items = readEntries(read.data.results.slice(0, MOST_ITEMS), resultSchema).map((entry) => {
    const url = webLink(entry.link, HOMEPAGE);
    return itemOf({
      // Each republication moves the timestamp; the address stays.
      guid: url,
      url,
      title: plainText(entry.title ?? ''),
      summary: plainText(entry.description ?? ''),
      dates: typeof entry.public_timestamp === 'string' ? [entry.public_timestamp] : [],
      categories: [
        ...(entry.organisations ?? []).map((organisation) => organisation.title ?? ''),
        (entry.content_store_document_type ?? entry.format ?? '').replaceAll('_', ' '),
      ],
      language: 'en',
    });
  });
  return { homepage: HOMEPAGE, items: items.filter((item) => item !== undefined) };
}
