import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FEED_KINDS, STREAMS } from '../../src/model.ts';

const listedSchema = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  path: z.string().regex(/^\/[a-z0-9-]+\.(?:rss|atom|json)$/),
  kind: z.enum(FEED_KINDS),
  stream: z.enum(STREAMS),
  homepage: z.url(),
  broad: z.boolean(),
});

/** A source of the recorded sample: a feed draft with its path on the sample's server in place of an address. */
export type SampleFeed = z.infer<typeof listedSchema>;

/** The sources of the recorded sample, as feeds.json lists them. */
export function sampleFeeds(): SampleFeed[] {
  const text = readFileSync(new URL('feeds.json', import.meta.url), 'utf8');
  return z.array(listedSchema).parse(JSON.parse(text));
}
