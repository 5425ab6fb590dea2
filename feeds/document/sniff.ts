/** Charsets that can be told by the writing they give, and what share of it must be in the letters that no other gives. */
const TELLING: readonly { readonly label: string; readonly letters: RegExp; readonly share: number }[] = [
  // Japanese is a third kana at the least; bytes of another charset hardly ever make kana.
  { label: 'shift_jis', letters: /[\u3041-\u30fe]/g, share: 0.2 },
  { label: 'euc-jp', letters: /[\u3041-\u30fe]/g, share: 0.2 },
  { label: 'euc-kr', letters: /[\uac00-\ud7a3]/g, share: 0.9 },
];
const FOREIGN = /[\u0080-\uffff]/g;
const SAMPLE = 50_000;

/** The text of bytes of which nobody says the charset, where they are certain to be Japanese or Korean; else undefined. */
export function sniffText(bytes: Uint8Array): string | undefined {
  for (const { label, letters, share } of TELLING) {
    const text = decodeStrictly(label, bytes);
    const sample = text?.slice(0, SAMPLE) ?? '';
    const telling = sample.match(letters)?.length ?? 0;
    const foreign = sample.match(FOREIGN)?.length ?? 0;
    if (telling >= 3 && telling >= foreign * share) return text;
  }
  return undefined;
}

function decodeStrictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
