/** Untrusted text on Discord: no mark of its markdown takes effect, nobody is mentioned, no bare address becomes a link. */
import * as plain from '../../src/safe-text.ts';

/** Marks that work anywhere in a line. */
const MARKS = /[\\*_~`|<[\]]/g;
/** Marks that work at the start of a line: headings, lists, quotes, small print. */
const LINE_MARKS = /^(\s*)([#\->+.]|\d+(?=\.))/gm;
/** The colon of an address, and the first of `:named_emoji:`. */
const COLONS = /:(?=\/\/|$|[\w+-]*:|[\w+-]*$)/gm;
/** The names that Discord would read as a call to everyone. */
const CALLS = /@(?=everyone|here|$)/gim;

/** Does not show, and keeps a name from being read as a mention. */
const ZERO_WIDTH = '\u200b';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text without control characters but its own newlines, and without half a pair of surrogates. */
export function safeText(text: string): string {
  return plain.safeText(text.replaceAll('\r\n', '\n').toWellFormed());
}

/** One trimmed line of text without control characters, and without half a pair of surrogates. */
export function safeLine(text: string): string {
  return plain.safeLine(text.toWellFormed()).trim();
}

/** Text as Discord shows it literally; the one place where escaping is done. Lines are kept. */
export function escapeText(text: string): string {
  return safeText(text)
    .replace(MARKS, '\\$&')
    .replace(LINE_MARKS, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    )
    .replace(COLONS, '\\:')
    .replace(CALLS, `@${ZERO_WIDTH}`);
}

/** `escapeText` of one trimmed line. */
export function escapeLine(text: string): string {
  return escapeText(safeLine(text));
}

/** The text cut to at most `most` UTF-16 units, with `…`, between graphemes; a text that fits is left alone. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text.slice(0, most))) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The text escaped, and cut first where the escaped text would be longer than `most` UTF-16 units. */
export function escapeWithin(text: string, most: number): string {
  const whole = escapeText(text);
  if (whole.length <= most) return whole;
  let low = 0;
  let high = Math.min(text.length, most);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (escapeText(cut(text, middle)).length <= most) low = middle;
    else high = middle - 1;
  }
  return escapeText(cut(text, low));
}

/** An address for `<…>` of a masked link, or of an embed; undefined for what is not http(s) or too long. */
export function webAddress(link: string | undefined, most: number): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const address = url.href.replace(/[()<>[\]\\"'|`\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return address.length <= most ? address : undefined;
}
