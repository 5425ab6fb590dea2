import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { webLink } from '../document/link.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { readEntries, readJson } from './json.ts';

const text = z.string().nullish().catch(undefined);

/** An answer without hits has no `results` at all; an error has a `message`, or `errors` by field. */
const answerSchema = z.object({
  count: z.number().optional(),
  description: text,
  results: z.array(z.unknown()).optional(),
  message: text,
  errors: z.unknown().optional(),
});

const documentSchema = z.object({
  document_number: z.string(),
  title: text,
  abstract: text,
  excerpts: text,
  html_url: text,
  /** A day, without a time; ahead of now for documents on public inspection. */
  publication_date: text,
  /** Public inspection only: the instant at which the document became public. */
  filed_at: text,
  subject_1: text,
  subject_2: text,
  subject_3: text,
  type: text,
  subtype: text,
  /** Seen as a number and as text. */
  executive_order_number: z.union([z.string(), z.number()]).nullish().catch(undefined),
  agencies: z
    .array(z.object({ name: text, raw_name: text }))
    .nullish()
    .catch(undefined),
});

/**
 * Reads answers of the Federal Register API (federalregister.gov/developers/documentation/api/v1): published documents
 * and documents on public inspection. Throws WorldError for anything else.
 */
export async function parseFederalRegister(document: SourceDocument): Promise<ParsedFeed> {
  const read = answerSchema.safeParse(readJson(document));
  if (!read.success) throw new WorldError('answered with JSON that is not of the Federal Register');
  const { results, count, description, message, errors } = read.data;
  if (results === undefined && count === undefined) {
    const reason = message ?? (errors === undefined ? undefined : JSON.stringify(errors).slice(0, 200));
    throw new WorldError(`answered without documents${reason === undefined ? '' : `: ${plainText(reason)}`}`);
  }
  const title = plainText(description ?? '');
  const items = readEntries((results ?? []).slice(0, MOST_ITEMS), documentSchema).map((entry) =>
    itemOf({
      guid: entry.document_number,
      url: webLink(entry.html_url ?? undefined, document.url),
      title: plainText(entry.title ?? '') || plainText(subjectOf(entry)),
      summary: plainText(entry.abstract ?? '') || plainText(entry.excerpts ?? '', true),
      dates: [entry.filed_at, entry.publication_date].filter((date) => typeof date === 'string'),
      categories: [
        ...(entry.agencies ?? []).map((agency) => agency.name ?? agency.raw_name ?? ''),
        entry.type ?? '',
        entry.subtype ?? '',
        entry.executive_order_number ? `Executive Order ${entry.executive_order_number}` : '',
      ],
      language: 'en',
    }),
  );
  return { ...(title === '' ? {} : { title }), items: items.filter((item) => item !== undefined) };
}

/** Documents on public inspection may have no title yet, but up to three lines of subject. */
function subjectOf(entry: z.infer<typeof documentSchema>): string {
  const lines = [entry.subject_1, entry.subject_2, entry.subject_3];
  return lines
    .map((line) => line?.trim().replace(/:$/, '') ?? '')
    .filter((line) => line !== '')
    .join(': ');
}
