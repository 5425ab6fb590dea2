import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { webLink } from '../document/link.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { readEntries, readJson } from './json.ts';

const text = z.object({ value: z.string(), 'xml:lang': z.string().optional() }).optional().catch(undefined);

/** SPARQL 1.1 Query Results JSON Format, §3. */
const answerSchema = z.object({ results: z.object({ bindings: z.array(z.unknown()) }) });

/** The variables that our query names; a work may come once for each relation and language. */
const bindingSchema = z.object({
  celex: z.object({ value: z.string() }),
  title: text,
  date: text,
  relation: text,
});
type Binding = z.infer<typeof bindingSchema>;

/** No limits are published for queries; acts appear by the day, so one a day is enough. */
const A_DAY = 24 * 60;

/** What a work does to the act that is followed, by the property of the Publications Office's ontology. */
const RELATIONS: Readonly<Record<string, string>> = {
  resource_legal_amends_resource_legal: 'amends it',
  resource_legal_corrects_resource_legal: 'corrects it',
  act_consolidated_consolidates_resource_legal: 'consolidated text',
  resource_legal_repeals_resource_legal: 'repeals it',
  resource_legal_proposes_to_amend_resource_legal: 'proposal to amend it',
  resource_legal_based_on_resource_legal: 'based on it',
  resource_legal_completes_resource_legal: 'supplements it',
  work_cites_work: 'cites it',
};

/**
 * Reads answers of the Publications Office's query service CELLAR (publications.europa.eu/webapi/rdf/sparql): works by CELEX
 * number, each once, with its page on EUR-Lex. Throws WorldError for anything else.
 */
export async function parseCellar(document: SourceDocument): Promise<ParsedFeed> {
  const read = answerSchema.safeParse(readJson(document));
  if (!read.success) throw new WorldError('answered with JSON that is not a result of SPARQL');
  const works = new Map<string, Binding[]>();
  for (const binding of readEntries(read.data.results.bindings, bindingSchema)) {
    const celex = binding.celex.value.replace(/^celex:/i, '').trim();
    works.set(celex, [...(works.get(celex) ?? []), binding]);
  }
  const items = [...works].slice(0, MOST_ITEMS).map(([celex, bindings]) => {
    const title = bindings.find((each) => each.title)?.title;
    const relations = [...new Set(bindings.map(relationOf).filter((relation) => relation !== undefined))];
    return itemOf({
      guid: celex,
      url: webLink(
        `https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${encodeURIComponent(celex)}`,
        document.url,
      ),
      title: plainText(title?.value ?? '') || `${celex}${relations[0] ? ` (${relations[0]})` : ''}`,
      summary: `CELEX ${celex}${relations.length > 0 ? `: ${relations.join(', ')}` : ''}`,
      dates: bindings.flatMap((each) => (each.date ? [each.date.value] : [])),
      categories: relations,
      language: title?.['xml:lang'] ?? 'en',
    });
  });
  return {
    homepage: 'https://eur-lex.europa.eu/',
    hints: { ttl: A_DAY },
    items: items.filter((item) => item !== undefined),
  };
}

function relationOf({ relation }: Binding): string | undefined {
  const name = relation?.value.split(/[#/]/).at(-1);
  return name === undefined ? undefined : (RELATIONS[name] ?? name.replaceAll('_', ' '));
}
