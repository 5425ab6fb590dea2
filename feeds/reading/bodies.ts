import type { FeedElement, FeedNode } from '../engines/engine.ts';
import { readText } from './text.ts';

const SUMMARIES = new Set([
  'summary',
  'description',
  'abstract',
  'dc:description',
  'media:description',
  'itunes:summary',
]);
const CONTENTS = new Set(['content:encoded', 'content', 'xhtml:body', 'body', 'fullitem']);

/** Summary and content of an entry, each missing where the entry has none. A second summary is taken for the content. */
export function readBodies(entry: FeedNode, isAtom: boolean): { readonly summary?: string; readonly content?: string } {
  const summaries = textsOf(entry, SUMMARIES, isAtom);
  const contents = textsOf(entry, CONTENTS, isAtom);
  const summary = summaries[0] ?? textsOf(entry, SUBTITLE, isAtom)[0];
  const content = contents[0] ?? summaries[1];
  return { ...(summary === undefined ? {} : { summary }), ...(content === undefined ? {} : { content }) };
}

const SUBTITLE = new Set(['itunes:subtitle']);

function textsOf(entry: FeedNode, names: ReadonlySet<string>, isAtom: boolean): string[] {
  const isNamed = (element: FeedElement) => names.has(element.name);
  return entry.elements
    .filter(isNamed)
    .map((element) => readText(element, isAtom))
    .filter((text) => text !== '');
}
