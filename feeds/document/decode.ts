import { sniffText } from './sniff.ts';

/**
 * Bytes to text: byte order mark, shape of UTF-32 and UTF-16, valid UTF-8, the HTTP charset, the XML declaration, then what
 * the bytes look like: UTF-8 with a few broken characters, Japanese, Korean, and windows-1252 for all else.
 * Valid UTF-8 goes before what is declared, because servers name a wrong charset far more often than bytes are UTF-8 by chance.
 */
export function decode(bytes: Uint8Array, contentType = ''): string {
  const isLittleEndian = utf32Shape(bytes);
  if (isLittleEndian !== undefined) return decodeUtf32(bytes, isLittleEndian);
  const shape = shapeOf(bytes);
  if (shape !== undefined) return decodeAs(shape, bytes);
  const declared = declaredCharsets(bytes, contentType);
  const utf8 = decodeUtf8(bytes);
  // These are written in ASCII characters alone, so that their bytes are always valid UTF-8 too.
  const sevenBit = declared.find((label) => /^(iso-2022|hz-)/.test(label));
  if (utf8 !== undefined) return sevenBit === undefined ? utf8 : decodeAs(sevenBit, bytes);
  const legacy = declared.find((label) => !/^(utf-?8|utf-?16.*|us-ascii)$/.test(label) && isKnown(label));
  return legacy === undefined ? decodeDamaged(bytes) : decodeAs(legacy, bytes);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** True or false for UTF-32 by its byte order mark or its first `<` or `{`, little-endian or not; undefined for all else. */
function utf32Shape([first, second, third, fourth]: Uint8Array): boolean | undefined {
  const isMark = (byte: number | undefined) => byte === 0x3c || byte === 0x7b;
  if (first === 0 && second === 0 && ((third === 0xfe && fourth === 0xff) || (third === 0 && isMark(fourth))))
    return false;
  if (third === 0 && fourth === 0 && ((first === 0xff && second === 0xfe) || (isMark(first) && second === 0)))
    return true;
  return undefined;
}

/** No decoder of the platform knows UTF-32. */
function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, isLittleEndian);
    if (at > 0 || code !== 0xfeff) parts.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));
  }
  return parts.join('');
}

/** The Unicode form that a byte order mark or the bytes of a first `<` or `{` give away. */
function shapeOf(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0 && (second === 0x3c || second === 0x7b)) return 'utf-16be';
  if ((first === 0x3c || first === 0x7b) && second === 0) return 'utf-16le';
  return undefined;
}

/** Charset names in lower case: that of the HTTP header first, then that of the XML declaration. */
function declaredCharsets(bytes: Uint8Array, contentType: string): string[] {
  const header = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  const start = decodeAs('latin1', bytes.subarray(0, 400));
  const prolog = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1];
  return [header, prolog].filter((label) => label !== undefined).map((label) => label.toLowerCase());
}

function isKnown(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

function decodeAs(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label).decode(bytes);
}

/** UTF-8 with a few broken bytes stays UTF-8: one torn character must not garble all others. */
function decodeDamaged(bytes: Uint8Array): string {
  const lenient = decodeAs('utf-8', bytes);
  const broken = lenient.match(/\ufffd/g)?.length ?? 0;
  const whole = lenient.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return broken * 10 <= whole ? lenient : (sniffText(bytes) ?? decodeAs('windows-1252', bytes));
}
