import type { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { decode } from '../document/decode.ts';
import { DocumentError } from '../document/failure.ts';
import type { SourceDocument } from './document.ts';
import { refuseWebPage } from './web-page.ts';

/** A document as JSON; throws WorldError in words where it is none. */
export function readJson(document: SourceDocument): unknown {
  const text = decode(document.bytes, document.contentType);
  refuseWebPage(text, document.url);
  if (text.trim() === '') throw new DocumentError('empty', 'answered with an empty document');
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const isXml = text.trimStart().startsWith('<');
    const found = isXml ? 'answered with XML instead of JSON' : 'answered with broken JSON';
    throw new DocumentError(isXml ? 'xml' : 'json', found, { cause: thrown });
  }
}

/** The entries of a list that fit; those that do not are left out, and a list of nothing else throws WorldError. */
export function readEntries<Entry>(list: readonly unknown[], schema: z.ZodType<Entry>): Entry[] {
  const entries = list.map((entry) => schema.safeParse(entry)).filter((read) => read.success);
  if (list.length > 0 && entries.length === 0) {
    throw new WorldError(`answered with ${list.length} entries of a form that this reader does not know`);
  }
  return entries.map((read) => read.data);
}
