/** The numbers that official documents go by, as headlines and summaries write them. */

/**
 * Bills (SB 53, H.R. 1), executive orders (EO 14179), memoranda (M-25-21), UN symbols (A/RES/79/325), EU acts (2024/1689) and
 * opinions, and the plain numbers of five digits or more that registers give.
 */
const NUMBER =
  /\b(?:SB|AB|HB|HR|H\.R\.|EO|E\.O\.|NSPM|NSM|Executive Order|M)[-. ]?\d+(?:-\d+)*\b|\b[AS]\/[A-Z0-9][A-Z0-9/.]*\d\b|\b20\d\d\/\d+\b|\b\d{5,}\b/gi;

/** Document numbers in one spelling each, such as `sb53`, `eo14179`, `2024/1689`. */
export function documentNumbers(text: string): ReadonlySet<string> {
  const numbers = text.match(NUMBER) ?? [];
  return new Set(
    numbers.map((number) =>
      number
        .toLowerCase()
        .replace(/executive order/, 'eo')
        .replace(/[\s.-]/g, ''),
    ),
  );
}
