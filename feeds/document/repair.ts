import { decodeReferences } from './entities.ts';

/** Text to text: what stands before the first tag, control characters and the document type go, declared names are read. */
export function repairXml(text: string): string {
  const start = text.indexOf('<');
  if (start < 0) return '';
  const xml = text.slice(start).replace(CONTROL, '');
  const doctype = findDoctype(xml);
  if (doctype === undefined) return xml;
  const rest = xml.slice(0, doctype.start) + xml.slice(doctype.end);
  return withEntities(rest, doctype.subset);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what XML forbids.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What may stand before a document type: white space, comments, instructions. */
const BEFORE_DOCTYPE = /(?:\s+|<\?[^>]{0,2000}>|<!--[\s\S]{0,20000}?-->)*/y;
/** Declarations after so many characters are not read. */
const LONGEST_SUBSET = 20_000;

interface Doctype {
  readonly start: number;
  readonly end: number;
  /** The declarations in brackets; empty where there are none. */
  readonly subset: string;
}

function findDoctype(xml: string): Doctype | undefined {
  BEFORE_DOCTYPE.lastIndex = 0;
  const start = BEFORE_DOCTYPE.exec(xml)?.[0].length ?? 0;
  if (!/^<!doctype\b/i.test(xml.slice(start, start + 10))) return undefined;
  const bracket = xml.indexOf('[', start);
  const close = xml.indexOf('>', start);
  if (close < 0) return { start, end: xml.length, subset: '' };
  if (bracket < 0 || bracket > close) return { start, end: close + 1, subset: '' };
  const end = /\]\s{0,99}>/g;
  end.lastIndex = bracket;
  const found = end.exec(xml);
  if (found === null) return { start, end: close + 1, subset: '' };
  return { start, end: end.lastIndex, subset: xml.slice(bracket + 1, found.index) };
}

/** A declaration of plain text: no reference to another entity, no file, no address. */
const ENTITY =
  /<!ENTITY\s+([A-Za-z][\w.-]{0,63})\s+(?:"((?:[^"&%<]|&#\w{1,8};){0,200})"|'((?:[^'&%<]|&#\w{1,8};){0,200})')\s*>/gi;
const MOST_ENTITIES = 300;
/** All that entities may add to one document, so that none can blow up. */
const LONGEST_EXPANSION = 200_000;

/** References to entities that the document declares as short plain texts, replaced; all others are left as they are. */
function withEntities(xml: string, subset: string): string {
  const declared = new Map<string, string>();
  for (const [, name = '', double, single] of subset.slice(0, LONGEST_SUBSET).matchAll(ENTITY)) {
    if (declared.size === MOST_ENTITIES) break;
    // The first declaration of a name counts (XML 1.0 §4.2).
    if (!declared.has(name)) declared.set(name, escapeText(decodeReferences(double ?? single ?? '')));
  }
  if (declared.size === 0) return xml;
  let left = LONGEST_EXPANSION;
  return xml.replace(/&([A-Za-z][\w.-]{0,63});/g, (reference, name: string) => {
    const value = declared.get(name);
    left -= value?.length ?? 0;
    return value === undefined || left < 0 ? reference : value;
  });
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
