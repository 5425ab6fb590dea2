import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FEED_KINDS, type FeedDraft, IDENTITY_RULES, STREAMS } from '../src/model.ts';

const entrySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    title: z.string().min(1),
    stream: z.enum(STREAMS),
    kind: z.enum(FEED_KINDS),
    url: z.url(),
    homepage: z.url(),
    /** True where most entries are off topic. */
    broad: z.boolean(),
    /** How its entries are told apart, where guids will not do; absent where it is recognised, or guids will do. */
    identity: z.enum(IDENTITY_RULES).optional(),
    /** A language tag (BCP 47). */
    language: z.string(),
    /** True for sources that a new workspace starts with. */
    enabled: z.boolean(),
    /** One sentence on what to expect of the source, or on why it is off. */
    note: z.string().min(1),
  })
  .readonly();

/** A source of AI governance news, as the catalogue describes it. */
export type CatalogueEntry = z.infer<typeof entrySchema>;

const catalogueSchema = z
  .array(entrySchema)
  .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, 'two sources have one id');

let known: readonly CatalogueEntry[] | undefined;

/** All known sources, in the order of streams. */
export function catalogue(): readonly CatalogueEntry[] {
  known ??= catalogueSchema.parse(JSON.parse(readFileSync(new URL('./catalogue.json', import.meta.url), 'utf8')));
  return known;
}

/** The sources that a new workspace starts with. */
export function defaultFeeds(): FeedDraft[] {
  return catalogue()
    .filter((entry) => entry.enabled)
    .map(toDraft);
}

/** The entry as a feed list takes it. */
function toDraft({ id, kind, url, title, stream, homepage, broad, identity }: CatalogueEntry): FeedDraft {
  return { id, kind, url, title, stream, homepage, broad, ...(identity ? { identity } : {}) };
}
