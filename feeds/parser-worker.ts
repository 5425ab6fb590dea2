/** The thread behind parser.ts: a document in, its items with their tags or an error out, as JSON, which crosses threads fastest. */
import { parentPort } from 'node:worker_threads';
import { messageOf, WorldError } from '../src/errors.ts';
import type { FeedKind, TaggedItem } from '../src/model.ts';
import { tag } from '../src/taxonomy/tag.ts';
import { DocumentError, type DocumentFault } from './document/failure.ts';
import type { ParsedFeed, SourceDocument } from './kinds/document.ts';
import { parseDocument } from './kinds/parse.ts';

export interface ParseJob {
  readonly kind: FeedKind;
  readonly document: SourceDocument;
}

/** A parsed document with what tagging says of each item, in the same order. */
export interface TaggedFeed extends ParsedFeed {
  readonly tagged: readonly TaggedItem[];
}

/** Errors cross threads as text, since their class does not. */
export type ParseAnswer =
  | { readonly feed: TaggedFeed }
  /** `fault` stands with a DocumentError only. */
  | { readonly error: string; readonly isWorldError: boolean; readonly fault?: DocumentFault };

parentPort?.on('message', async ({ kind, document }: ParseJob) => {
  parentPort?.postMessage(JSON.stringify(await answer(kind, document)));
});

async function answer(kind: FeedKind, document: SourceDocument): Promise<ParseAnswer> {
  try {
    const feed = await parseDocument(kind, document);
    return { feed: { ...feed, tagged: feed.items.map(tag) } };
  } catch (thrown) {
    const fault = thrown instanceof DocumentError ? { fault: thrown.fault } : {};
    return { error: messageOf(thrown), isWorldError: thrown instanceof WorldError, ...fault };
  }
}
