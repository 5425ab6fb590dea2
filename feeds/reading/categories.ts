import { cutText, plainText } from '../document/text.ts';
import { encodedOnce } from '../document/twice-encoded.ts';
import type { FeedElement, FeedNode } from '../engines/engine.ts';

const LONGEST_CATEGORY = 200;
const MOST_CATEGORIES = 100;

/** The categories of an entry in the order of the document, each once. */
export function readCategories(entry: FeedNode): string[] {
  const found = new Set<string>();
  for (const element of entry.elements) {
    for (const name of namesIn(element)) {
      const category = cutText(plainText(encodedOnce(name)), LONGEST_CATEGORY);
      if (category !== '') found.add(category);
      if (found.size === MOST_CATEGORIES) return [...found];
    }
  }
  return [...found];
}

function namesIn({ name, attributes, text }: FeedElement): readonly string[] {
  switch (name) {
    case 'category':
    case 'dc:subject':
    case 'media:category':
      // Atom keeps a category in `term`, RSS in its text (RFC 4287 §4.2.2).
      return [attributes.term?.trim() || text];
    case 'itunes:category':
      return [attributes.text ?? ''];
    case 'media:keywords':
    case 'itunes:keywords':
      return text.split(',');
    default:
      return [];
  }
}
