/** A shorter last word stands for itself: who types EU does not look for Europe, and every word would have to be read. */
const SHORTEST_START = 3;

/** As many words as a search takes; FTS5 refuses expressions that nest too deep. */
const MOST_WORDS = 32;

/**
 * Turns what a person typed into an FTS5 query in which nothing is an operator: every word quoted, all of them required,
 * "words in quotes" together, the last bare word (of three letters or more) also as the start of one. With `near` they must
 * be whole and have no more than so many words between them. Undefined when no letter or digit was typed.
 */
export function searchQuery(words: string, near?: number): string | undefined {
  const parts = [...words.matchAll(/"([^"]*)"|([^\s"]+)/g)]
    .map(([, phrase, word]) => ({ text: phrase ?? word ?? '', isWord: phrase === undefined }))
    // A part without a letter or digit holds no word, and FTS5 would find nothing for it; NUL would end the query.
    .map(({ text, isWord }) => ({ text: text.replaceAll('\0', ' '), isWord }))
    .filter(({ text }) => /[\p{L}\p{N}\p{Co}]/u.test(text))
    .slice(0, MOST_WORDS);
  const last = parts.at(-1);
  if (last === undefined) return undefined;
  const quoted = parts.map(({ text }) => `"${text}"`).join(' ');
  if (near !== undefined) return `NEAR(${quoted}, ${near})`;
  const isStart = last.isWord && [...last.text].length >= SHORTEST_START;
  return quoted + (isStart ? '*' : '');
}
