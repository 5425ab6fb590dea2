import { readFileSync } from 'node:fs';
import type { SourceDocument } from '../../feeds/kinds/document.ts';

/** The bytes of a document written after a real one. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/feeds/${name}`, import.meta.url));
}

/** A document as if it came from an address. */
export function documentOf(content: string | Buffer, url = 'https://publisher.example/news/feed.xml'): SourceDocument {
  return { bytes: typeof content === 'string' ? Buffer.from(content) : content, url };
}
