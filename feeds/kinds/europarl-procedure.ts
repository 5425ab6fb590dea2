import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { plainText } from '../document/text.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';
import { readEntries, readJson } from './json.ts';

const text = z.string().nullish().catch(undefined);
/** JSON-LD writes one value bare and several as a list. */
const texts = z
  .union([z.string().transform((only) => [only]), z.array(z.string())])
  .nullish()
  .catch(undefined);

const procedureSchema = z.object({
  process_id: z.string(),
  label: texts,
  process_title: z.record(z.string(), z.string()).nullish().catch(undefined),
  current_stage: text,
  consists_of: z.array(z.unknown()).nullish(),
});

const answerSchema = z.object({ data: z.array(procedureSchema).min(1) });

const activitySchema = z.object({
  id: text,
  activity_id: z.string(),
  activity_date: text,
  had_activity_type: text,
  activity_label: z.record(z.string(), z.string()).nullish().catch(undefined),
});

/**
 * Reads one procedure of the European Parliament's Open Data API v2 (data.europarl.europa.eu/en/developer-corner/opendata-api):
 * each event of the procedure is an entry. Throws WorldError for anything else.
 */
export async function parseEuroparlProcedure(document: SourceDocument): Promise<ParsedFeed> {
  const read = answerSchema.safeParse(readJson(document));
  const procedure = read.success ? read.data.data[0] : undefined;
  if (procedure === undefined)
    throw new WorldError('answered with JSON that is no procedure of the European Parliament');
  const label = procedure.label?.[0] ?? procedure.process_id;
  const title = plainText(procedure.process_title?.en ?? Object.values(procedure.process_title ?? {})[0] ?? '');
  const url = `https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=${encodeURIComponent(label)}`;
  const name = title === '' ? label : `${label} ${title}`;
  const activities = readEntries((procedure.consists_of ?? []).slice(0, MOST_ITEMS), activitySchema);
  const items = activities.map((activity) => {
    const happening = plainText(activity.activity_label?.en ?? '') || wordsOf(activity.had_activity_type) || 'event';
    return itemOf({
      guid: activity.id ?? activity.activity_id,
      url,
      title: `${label}: ${happening}`,
      summary: [title, stageOf(procedure.current_stage)].filter((part) => part !== '').join('. '),
      dates: activity.activity_date ? [activity.activity_date] : [],
      categories: [happening],
      language: 'en',
    });
  });
  return { title: name, homepage: url, items: items.filter((item) => item !== undefined) };
}

/** `plenary vote` for `def/ep-activities/PLENARY_VOTE`. */
function wordsOf(identifier: string | null | undefined): string {
  return (identifier?.split('/').at(-1) ?? '').replaceAll('_', ' ').toLowerCase();
}

function stageOf(stage: string | null | undefined): string {
  const name = stage?.split('/').at(-1) ?? '';
  return name === '' ? '' : `Stage: ${name}`;
}
