import { guessedText, markupText, tidyText } from '../document/text.ts';
import { encodedOnce } from '../document/twice-encoded.ts';
import type { FeedElement, FeedNode } from '../engines/engine.ts';

/**
 * The plain text of an element; empty where it holds none, or something other than text. What a feed declares is believed;
 * where it declares nothing, known tags and entities tell markup from text.
 */
export function readText(element: FeedElement, isAtom: boolean): string {
  const type = (element.attributes.type ?? '').trim().toLowerCase();
  const text = encodedOnce(element.text);
  if (element.isMarkup) return markupText(text);
  if (isBase64(element, type, isAtom)) return readBase64(text, type);
  return isAtom && ATOM_TEXTS.has(element.name) ? readTyped(text, type) : guessedText(text);
}

/** The text constructs of Atom; those of its extensions say nothing about their type (RFC 4287 §3.1). */
const ATOM_TEXTS = new Set(['title', 'summary', 'content']);

function readTyped(text: string, type: string): string {
  if (/html/.test(type)) return markupText(text);
  return /^(?:text(?:\/plain)?)?$/.test(type) ? tidyText(text) : guessedText(text);
}

/** Atom 0.3 says so in `mode`; Atom 1.0 means it with every type that is neither text nor XML (RFC 4287 §4.1.3.3). */
function isBase64(element: FeedElement, type: string, isAtom: boolean): boolean {
  if (element.attributes.mode?.trim().toLowerCase() === 'base64') return true;
  return isAtom && type.includes('/') && !/^(?:text|multipart)\/|[/+]xml$|html/.test(type);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readBase64(text: string, type: string): string {
  try {
    return readTyped(utf8.decode(Buffer.from(text, 'base64')), type);
  } catch {
    // A picture, or anything else that is no text.
    return '';
  }
}

/** The text of the first element that has one, by the order of the names; undefined where none has. */
export function firstText(node: FeedNode, names: readonly string[], isAtom: boolean): string | undefined {
  for (const name of names) {
    for (const element of node.elements) {
      const text = element.name === name ? readText(element, isAtom) : '';
      if (text !== '') return text;
    }
  }
  return undefined;
}
