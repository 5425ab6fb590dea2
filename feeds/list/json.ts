import { z } from 'zod';
import { messageOf, UserError } from '../../src/errors.ts';
import type { Filter } from '../../src/model.ts';
import type { FeedListContent } from '../../src/ports.ts';
import type { ListedContent } from './outline.ts';

const text = z.string().optional().catch(undefined);
/** Kept as written, so that the fault can quote it. */
const named = z
  .string()
  .optional()
  .catch((context) => JSON.stringify(context.value));
const terms = z.array(z.string()).optional().catch(undefined);
const entrySchema = z.object({
  id: text,
  title: text,
  url: text,
  homepage: text,
  kind: named,
  stream: named,
  broad: z.boolean().optional().catch(undefined),
  paused: z.boolean().optional().catch(undefined),
  identity: named,
  include: terms,
  exclude: terms,
});
const filterSchema = z.object({ scope: z.string(), include: terms, exclude: terms });
const listSchema = z.union([
  z.array(z.unknown()).transform((feeds) => ({ feeds, filters: [] as unknown[] })),
  z.object({ feeds: z.array(z.unknown()), filters: z.array(z.unknown()).default([]) }),
]);

/** Reads a JSON array of feeds, or an object that holds one as `feeds`; throws UserError where the text is neither. */
export function readJsonList(source: string): ListedContent {
  const list = listSchema.safeParse(parseJson(source));
  if (!list.success)
    throw new UserError('a JSON feed list must be an array such as [{ "title": "…", "url": "https://…" }]');
  const outlines = list.data.feeds.map((entry, index) => {
    const read = entrySchema.safeParse(entry);
    const { include, exclude, ...rest } = read.success ? read.data : {};
    return { place: `entry ${index + 1}`, ...rest, include: include?.join(), exclude: exclude?.join() };
  });
  const filters = list.data.filters.flatMap((entry, index) => {
    const read = filterSchema.safeParse(entry);
    const { scope = '', include, exclude } = read.success ? read.data : {};
    return [{ place: `filter ${index + 1}`, scope, include: include?.join(), exclude: exclude?.join() }];
  });
  return { outlines, filters };
}

/** A list as indented JSON: an array of feeds, or with filters of streams an object that holds both. */
export function writeJsonList({ feeds, filters }: FeedListContent): string {
  const entries = feeds.map(({ id, title, url, kind, stream, homepage, broad, identity, paused, filter }) => ({
    id,
    title,
    url,
    kind,
    stream,
    ...(homepage === undefined ? {} : { homepage }),
    broad,
    ...(identity === undefined ? {} : { identity }),
    ...(paused === true ? { paused } : {}),
    ...termsOf(filter),
  }));
  const scoped = filters.map(({ scope, filter }) => ({ scope, ...termsOf(filter) }));
  return `${JSON.stringify(scoped.length === 0 ? entries : { feeds: entries, filters: scoped }, null, 2)}\n`;
}

function termsOf(filter: Filter | undefined): Partial<Filter> {
  const { include = [], exclude = [] } = filter ?? {};
  return { ...(include.length > 0 && { include }), ...(exclude.length > 0 && { exclude }) };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (thrown) {
    throw new UserError(`this JSON cannot be read: ${messageOf(thrown)}`);
  }
}
