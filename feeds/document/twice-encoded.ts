const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A first byte of UTF-8 and one that follows, both read as Latin-1. */
const SIGN = /[\u00c2-\u00f4][\u0080-\u00bf]/;
const BEYOND_LATIN_1 = /[\u0100-\uffff]/;

/**
 * Text that was UTF-8, was taken for Latin-1 and encoded again, as it was meant: `Ã©` as `é`. Only where all of it reads so;
 * any other text as it is. The rule of Python's feedparser, which repairs publishers' mistake in the same way.
 */
export function encodedOnce(text: string): string {
  if (!SIGN.test(text) || BEYOND_LATIN_1.test(text)) return text;
  try {
    return strictUtf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
