import type { FeedElement, FeedNode } from '../engines/engine.ts';
import { firstText, readText } from './text.ts';

const SUMMARIES = new Set([
  'summary',
  'description',
  'abstract',
  'dc:description',
  'media:description',
  'itunes:summary',
]);
const CONTENTS = new Set(['content:encoded', 'content', 'xhtml:body', 'body', 'fullitem']);

/**
 * Summary and content of an entry, each missing where the entry has none. Publishers give up to three bodies in any order, read
 * as Python's feedparser reads them: a second summary before any content is the content, and one behind a content replaces the
 * first, as `itunes:summary` does in podcasts. The first content counts.
 */
export function readBodies(entry: FeedNode, isAtom: boolean): { readonly summary?: string; readonly content?: string } {
  let summary: string | undefined;
  let content: string | undefined;
  for (const element of entry.elements) {
    const isSummary = SUMMARIES.has(element.name);
    if (!isSummary && !CONTENTS.has(element.name)) continue;
    const text = readText(element, isAtom);
    if (text === '') continue;
    if (isSummary && (summary === undefined || (content !== undefined && !isOfMedium(element)))) summary = text;
    else content ??= text;
  }
  summary ??= firstText(entry, ['itunes:subtitle'], isAtom);
  return { ...(summary === undefined ? {} : { summary }), ...(content === undefined ? {} : { content }) };
}

/** A picture's caption says less of the entry than the entry's own summary does. */
function isOfMedium({ name }: FeedElement): boolean {
  return name === 'media:description';
}
