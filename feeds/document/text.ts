import { Parser } from 'htmlparser2';

/** Longer source texts are cut before they are read: enough for any summary, and it bounds the work on hostile markup. */
const LONGEST_SOURCE = 20_000;

/** Feeds escape their markup up to three times over (Federal Register RSS, NIST titles). */
const ESCAPING_ROUNDS = 3;

/**
 * Any feed text as one line of plain text: markup stripped, entities decoded however often they were escaped, white space
 * collapsed, without control characters and without characters that are invisible or turn the reading direction.
 * `isMarkup` says that the source is HTML for certain; without it known tags and entities decide.
 */
export function plainText(source: string, isMarkup = false): string {
  let text = source.length > LONGEST_SOURCE ? source.slice(0, LONGEST_SOURCE) : source;
  if (text.includes('<') || text.includes('&')) text = withoutMarkup(text, isMarkup);
  return tidy(text);
}

/** Text cut to at most `length` characters, between words where that loses little, with an ellipsis where something was cut. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > length * 0.8 ? cut.slice(0, lastSpace) : cut).toWellFormed().replace(/[\s,;:\ufffd]+$/, '')}…`;
}

function withoutMarkup(source: string, isMarkup: boolean): string {
  let text = isMarkup ? stripTags(source) : source;
  for (let round = 0; round < ESCAPING_ROUNDS && looksLikeMarkup(text); round++) text = stripTags(text);
  // What still looks like a tag after all rounds was built to survive them.
  return holdsTag(text) ? text.replaceAll('<', '') : text;
}

const ENTITY = /&(?:#\d{1,8}|#x[\da-f]{1,7}|[a-z][a-z0-9]{1,31});/i;
const TAG =
  /<(?:!--|\/?(?:a|abbr|acronym|address|article|aside|audio|b|big|blockquote|body|br|button|center|cite|code|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|noscript|object|ol|option|p|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)(?:\s[^<>]*)?\/?>)/i;

function looksLikeMarkup(text: string): boolean {
  return ENTITY.test(text) || holdsTag(text);
}

function holdsTag(text: string): boolean {
  return TAG.test(text);
}

const SILENT = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg']);
const SEPARATING = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

function stripTags(html: string): string {
  let text = '';
  let silent = 0;
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent++;
      if (SEPARATING.has(name)) text += ' ';
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
      if (SEPARATING.has(name)) text += ' ';
    },
    ontext(part) {
      if (silent === 0) text += part;
    },
  });
  parser.write(html);
  parser.end();
  return text;
}

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const WHITE_SPACE = /[\s\u0085]+/g;
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Soft hyphens, zero-width spaces, bidirectional overrides and isolates, tag characters, non-characters. */
const INVISIBLE =
  /[\u00ad\u061c\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

function tidy(text: string): string {
  if (PLAIN.test(text)) return text;
  return (
    text
      .toWellFormed()
      .replace(WHITE_SPACE, ' ')
      // Characters 80–9F are never meant as controls: they are windows-1252 that someone labelled as Latin-1.
      .replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? '')
      .replace(/\p{Cc}/gu, '')
      .replace(INVISIBLE, '')
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}
