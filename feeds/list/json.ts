import { z } from 'zod';
import { messageOf, UserError } from '../../src/errors.ts';
import type { FeedDraft } from '../../src/model.ts';
import type { ListedOutline } from './outline.ts';

const text = z.string().optional().catch(undefined);
/** Kept as written, so that the fault can quote it. */
const named = z
  .string()
  .optional()
  .catch((context) => JSON.stringify(context.value));
const entrySchema = z.object({
  id: text,
  title: text,
  url: text,
  homepage: text,
  kind: named,
  stream: named,
  broad: z.boolean().optional().catch(undefined),
});

/** Reads a JSON array of feeds, or an object that holds one as `feeds`; throws UserError where the text is neither. */
export function readJsonList(source: string): ListedOutline[] {
  const list = z.union([z.array(z.unknown()), z.object({ feeds: z.array(z.unknown()) })]).safeParse(parseJson(source));
  if (!list.success)
    throw new UserError('a JSON feed list must be an array such as [{ "title": "…", "url": "https://…" }]');
  const entries = Array.isArray(list.data) ? list.data : list.data.feeds;
  return entries.map((entry, index) => {
    const read = entrySchema.safeParse(entry);
    return { place: `entry ${index + 1}`, ...(read.success ? read.data : {}) };
  });
}

/** Feeds as an indented JSON array. */
export function writeJsonList(feeds: readonly FeedDraft[]): string {
  const entries = feeds.map(({ id, title, url, kind, stream, homepage, broad }) => ({
    id,
    title,
    url,
    kind,
    stream,
    ...(homepage === undefined ? {} : { homepage }),
    broad,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (thrown) {
    throw new UserError(`this JSON cannot be read: ${messageOf(thrown)}`);
  }
}
