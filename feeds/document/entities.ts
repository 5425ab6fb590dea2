import { Parser } from 'htmlparser2';

const REFERENCE = /&(?:#(\d{1,8}|[xX][\da-fA-F]{1,7})|([A-Za-z][A-Za-z0-9]{0,31}));/g;

/** What bytes 80 to 9F mean in windows-1252; some have no meaning. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text with its character references read once: numeric ones, those of XML and those of HTML; any other `&` stays. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (reference: string, number: string | undefined, name: string | undefined) =>
    number === undefined ? namedCharacter(reference, name ?? '') : numberedCharacter(number),
  );
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

const named = new Map<string, string>([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** HTML has 2,125 names; hostile documents may have any number. */
const MOST_NAMES = 3_000;

function namedCharacter(reference: string, name: string): string {
  const known = named.get(name);
  if (known !== undefined) return known;
  if (named.size >= MOST_NAMES) return readReference(reference);
  const character = readReference(reference);
  named.set(name, character);
  return character;
}

/** The HTML reader knows the names; it also reads `&notx;` as `¬x;`, which no feed means. */
function readReference(reference: string): string {
  let text = '';
  const parser = new Parser({
    ontext(part) {
      text += part;
    },
  });
  parser.end(reference);
  return text.endsWith(';') && text !== ';' ? reference : text;
}
