import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PageRule } from './rule.ts';

const selector = z.string().min(1);
const ruleSchema = z.strictObject({
  entry: selector,
  link: selector.exactOptional(),
  title: selector.exactOptional(),
  date: selector.exactOptional(),
  summary: selector.exactOptional(),
  paths: z.array(z.string().startsWith('/')).min(1).exactOptional(),
});
const pageSchema = z.strictObject({
  /** The address of the page, or several that show their entries the same way. */
  pages: z.array(z.url()).min(1),
  /** Absent where only the date of the last change is watched. */
  rule: ruleSchema.exactOptional(),
  /** The words before the date of the last change; absent where the page states none that matters. */
  updatedAfter: z.string().exactOptional(),
});

/** What is known of a page to watch. */
export type KnownPage = z.infer<typeof pageSchema> & { readonly rule?: PageRule };

let known: ReadonlyMap<string, KnownPage> | undefined;

/** The pages whose selectors we know, by address. */
function knownPages(): ReadonlyMap<string, KnownPage> {
  known ??= new Map(
    z
      .array(pageSchema)
      .parse(JSON.parse(readFileSync(new URL('./pages.json', import.meta.url), 'utf8')))
      .flatMap((page) => page.pages.map((url) => [comparable(url), page] as const)),
  );
  return known;
}

/** What is known of the page with this address; undefined where nothing is. */
export function knownPage(url: string): KnownPage | undefined {
  return knownPages().get(comparable(url));
}

/** An address without what does not change the page: the part after `#`, a last slash, the scheme and `www.`. */
function comparable(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}
