/** Dates of AI governance that are known beforehand, as data with their sources. One that is only expected is not among them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { LocalDate } from './model.ts';

const day = z.iso.date();

const entrySchema = z
  .strictObject({
    date: day,
    /** The last day of what lasts several. */
    until: day.optional(),
    what: z.string().min(1).max(110),
    source: z.url(),
    /** `law` stands in an act that was adopted, `decided` in a decision of the body itself. */
    certainty: z.enum(['law', 'decided']),
  })
  .refine(({ date, until }) => until === undefined || until > date, 'it ends before it begins')
  .readonly();

const fileSchema = z
  .array(entrySchema)
  .refine((all) => all.every(({ date }, index) => date >= (all[index - 1]?.date ?? '')), 'dates stand in their order');

/** A date that is known beforehand, with the address that says so. */
export interface KnownDate {
  readonly date: LocalDate;
  /** The last day; absent for what is on one day. */
  readonly until?: LocalDate;
  readonly what: string;
  readonly source: string;
  readonly certainty: 'law' | 'decided';
}

let known: readonly KnownDate[] | undefined;

/** All known dates, the earliest first; those that have passed are among them. */
export function knownDates(): readonly KnownDate[] {
  known ??= fileSchema
    .parse(JSON.parse(readFileSync(new URL('./known-dates.json', import.meta.url), 'utf8')))
    .map(({ until, ...rest }) => ({ ...rest, ...(until ? { until } : {}) }));
  return known;
}
