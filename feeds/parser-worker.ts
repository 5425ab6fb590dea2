/** The thread behind parser.ts: a document in, its items or an error out. */
import { parentPort } from 'node:worker_threads';
import { messageOf, WorldError } from '../src/errors.ts';
import type { FeedKind } from '../src/model.ts';
import type { ParsedFeed, SourceDocument } from './kinds/document.ts';
import { parseDocument } from './kinds/parse.ts';

export interface ParseJob {
  readonly kind: FeedKind;
  readonly document: SourceDocument;
}

/** Errors cross threads as text, since their class does not. */
export type ParseAnswer = { readonly feed: ParsedFeed } | { readonly error: string; readonly isWorldError: boolean };

parentPort?.on('message', async ({ kind, document }: ParseJob) => {
  parentPort?.postMessage(await parse(kind, document));
});

async function parse(kind: FeedKind, document: SourceDocument): Promise<ParseAnswer> {
  try {
    return { feed: await parseDocument(kind, document) };
  } catch (thrown) {
    return { error: messageOf(thrown), isWorldError: thrown instanceof WorldError };
  }
}
