import type { FeedHints, ItemDraft } from '../../src/model.ts';

/** What a source answered, as it came over the wire. */
export interface SourceDocument {
  readonly bytes: Uint8Array;
  /** The address it came from after redirects: relative links start there. */
  readonly url: string;
  /** The address on the feed list: what stands after its `#` may say what to read; absent where that is `url` itself. */
  readonly listedAs?: string;
  /** The Content-Type header; absent when the source named none. */
  readonly contentType?: string;
}

/** What a document says. */
export interface ParsedFeed {
  /** The source's own name; absent where it gives none. */
  readonly title?: string;
  readonly homepage?: string;
  /** In the order of the document, at most `MOST_ITEMS`. */
  readonly items: readonly ItemDraft[];
  /** What the document says of when to ask it, and of its hub; absent where it says nothing. */
  readonly hints?: FeedHints;
}

/** Reads one kind of document; throws WorldError where it is not of that kind. */
export type Parse = (document: SourceDocument) => Promise<ParsedFeed>;

/** Some sources serve their whole archive; the newest come first, and the rest would only cost time. */
export const MOST_ITEMS = 1_000;
