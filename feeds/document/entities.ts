import { Parser } from 'htmlparser2';

/** What bytes 80 to 9F mean in windows-1252; some have no meaning. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The longest name that HTML has, `CounterClockwiseContourIntegral`, and its semicolon. */
const LONGEST_REFERENCE = 33;
const NUMBER = /^#(\d{1,8}|[xX][\da-fA-F]{1,7})$/;
const NAME = /^[A-Za-z][A-Za-z0-9]*$/;

/** Text with its character references read once: numeric ones, those of XML and those of HTML; any other `&` stays. */
export function decodeReferences(text: string): string {
  let start = text.indexOf('&');
  if (start < 0) return text;
  let decoded = '';
  let copied = 0;
  while (start >= 0) {
    const length = text.slice(start + 1, start + 1 + LONGEST_REFERENCE).indexOf(';');
    const character = length > 0 ? characterOf(text.slice(start + 1, start + 1 + length)) : undefined;
    if (character !== undefined) {
      decoded += text.slice(copied, start) + character;
      copied = start + length + 2;
    }
    start = text.indexOf('&', Math.max(copied, start + 1));
  }
  return decoded + text.slice(copied);
}

const named = new Map<string, string | undefined>([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** HTML has 2,125 names; hostile documents may have any number. */
const MOST_NAMES = 3_000;

/** What stands between `&` and `;` as a character; undefined where it is no reference. */
function characterOf(reference: string): string | undefined {
  if (named.has(reference)) return named.get(reference);
  const number = NUMBER.exec(reference)?.[1];
  if (number !== undefined) return numberedCharacter(number);
  if (!NAME.test(reference)) return undefined;
  const character = namedCharacter(reference);
  if (named.size < MOST_NAMES) named.set(reference, character);
  return character;
}

/** Code points that XML forbids vanish; those between 80 and 9F are windows-1252, as in HTML. */
function numberedCharacter(number: string): string {
  const code = Number(/^x/i.test(number) ? `0${number.toLowerCase()}` : number);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '';
  if (code < 0x20 && code !== 9 && code !== 10 && code !== 13) return '';
  return fromWindows1252(String.fromCodePoint(code));
}

/** A character of the range 80 to 9F, never meant as a control character, as windows-1252 has it; any other as it is. */
export function fromWindows1252(character: string): string {
  return WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character;
}

/** The HTML reader knows the names; it also reads `&notx;` as `¬x;`, which no feed means. */
function namedCharacter(name: string): string | undefined {
  let text = '';
  const parser = new Parser({
    ontext(part) {
      text += part;
    },
  });
  parser.end(`&${name};`);
  return text.endsWith(';') && text !== ';' ? undefined : text;
}
