import { decodeReferences, fromWindows1252 } from './entities.ts';
import { isSeparating, withoutTags } from './markup.ts';

/** Longer source texts are cut before they are read: enough for any article, and it bounds what a text can cost. */
const LONGEST_SOURCE = 200_000;

/** Feeds escape their markup up to three times over (Federal Register RSS, NIST titles). */
const ESCAPING_ROUNDS = 3;

/**
 * Any feed text as one line of plain text that is safe to show, as `shownText` makes it. `isMarkup` says that the source is
 * HTML for certain; without it known tags and entities decide.
 */
export function plainText(source: string, isMarkup = false): string {
  const text = source.slice(0, LONGEST_SOURCE);
  if (!text.includes('<') && !text.includes('&')) return tidyText(text);
  const isRead = isMarkup && holdsTag(text);
  const once = isMarkup ? withoutTags(text) : text;
  return shownText(isRead ? once : withoutMarkup(once));
}

/**
 * Plain text made safe to show to people and to chat platforms: what is still escaped is decoded, and no known tag is left,
 * not even one that somebody writes about.
 */
export function shownText(plain: string): string {
  let text = plain;
  for (let round = 0; round < ESCAPING_ROUNDS && ENTITY.test(text); round++) text = decodeReferences(text);
  text = tidyText(text);
  if (!holdsTag(text)) return text;
  text = tidyText(text.replace(EVERY_TAG, (_, name: string | undefined) => (isSeparating(name ?? '') ? ' ' : '')));
  // What looks like a tag only now was built to survive.
  return holdsTag(text) ? tidyText(text.replaceAll('<', '')) : text;
}

/** Text of which nobody says whether it is HTML, as one line of plain text: known tags and entities decide. */
export function guessedText(source: string): string {
  return tidyText(withoutMarkup(source.slice(0, LONGEST_SOURCE)));
}

/** HTML as one line of plain text, read exactly once: what is escaped in it was meant to be seen, `&lt;p&gt;` as `<p>`. */
export function markupText(source: string): string {
  const text = source.slice(0, LONGEST_SOURCE);
  return tidyText(text.includes('>') || text.includes('&') ? withoutTags(text) : text);
}

/** Text cut to at most `length` characters, between words where that loses little, with an ellipsis where something was cut. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > length * 0.8 ? cut.slice(0, lastSpace) : cut).toWellFormed().replace(/[\s,;:\ufffd]+$/, '')}…`;
}

/**
 * Read as HTML where there is a known tag or an entity in it. Where there was no tag, it may have been escaped once more and
 * is read again; where there was one, what is escaped was meant to be seen.
 */
function withoutMarkup(source: string): string {
  let text = source;
  for (let round = 0, isRead = false; round < ESCAPING_ROUNDS && !isRead && looksLikeMarkup(text); round++) {
    isRead = holdsTag(text);
    text = withoutTags(text);
  }
  return text;
}

const ENTITY = /&(?:#\d{1,8}|#x[\da-f]{1,7}|[a-z][a-z0-9]{1,31});/i;
const TAG_NAMES =
  'a abbr acronym address applet area article aside audio b big blink blockquote body br button canvas caption center cite code col colgroup dd del details dfn div dl dt em embed fieldset figcaption figure font footer form frame h[1-6] head header hr html i iframe img input ins kbd label legend li link main map mark marquee math meta nav nobr noscript object ol optgroup option p param picture pre q s samp script section select small source span strike strong style sub summary sup svg table tbody td textarea tfoot th thead time title tr tt u ul var video wbr';
const TAG_PATTERN = `<(?:!--(?:[^<>]*-->)?|/?(${TAG_NAMES.replaceAll(' ', '|')})(?:\\s[^<>]*)?/?>)`;
const TAG = new RegExp(TAG_PATTERN, 'i');
const EVERY_TAG = new RegExp(TAG_PATTERN, 'gi');

function looksLikeMarkup(text: string): boolean {
  return ENTITY.test(text) || holdsTag(text);
}

function holdsTag(text: string): boolean {
  return text.includes('<') && TAG.test(text);
}

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const WHITE_SPACE = /[\s\u0085]+/g;
/** Soft hyphens, zero-width spaces, bidirectional overrides and isolates, tag characters, non-characters. */
const INVISIBLE =
  /[\u00ad\u061c\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** Text as one line: white space collapsed, without control characters and what is invisible or turns the direction. */
export function tidyText(text: string): string {
  if (PLAIN.test(text)) return text;
  return (
    text
      .toWellFormed()
      .replace(WHITE_SPACE, ' ')
      // Characters 80–9F are never meant as controls: they are windows-1252 that someone labelled as Latin-1.
      .replace(/[\u0080-\u009f]/g, fromWindows1252)
      .replace(/\p{Cc}/gu, '')
      .replace(INVISIBLE, '')
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}
