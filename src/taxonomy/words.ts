/** Text as words with their places: the tagger matches words, and offsets let every quote be cut from the original. */

/** One word, number or currency sign; `text` keeps its case, without dots of abbreviations ("U.S." is `US`) and without possessive endings. */
export interface Word {
  readonly text: string;
  /** UTF-16 offsets into the text that was read, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** Counts from the number the reader was given. */
  readonly sentence: number;
}

/** Short forms whose full stop ends no sentence. */
const SHORT_FORMS = new Set(
  'mr mrs ms dr prof sen rep gov gen lt st no nos vs v art sec inc corp co ltd jan feb mar apr jun jul aug sept sep oct nov dec'.split(
    ' ',
  ),
);
const CONTRACTED_ENDINGS = new Set(['t', 're', 've', 'll', 'd', 'm']);
const FULL_STOP = 46;

const OTHER = 0;
const LETTER = 1;
const SIGN = 2;
const BREAK = 3;
/** The kind of every UTF-16 unit, worked out once: asking a regular expression for each character of each item is slow. */
const kinds = new Uint8Array(0x10000);
const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{M}]/u;
for (let code = 0; code < kinds.length; code += 1)
  if (LETTER_OR_DIGIT.test(String.fromCharCode(code))) kinds[code] = LETTER;
for (const sign of '$%€£') kinds[sign.charCodeAt(0)] = SIGN;
for (const mark of '.!?…。\n') kinds[mark.charCodeAt(0)] = BREAK;

/** Reads at most `limit` words; sentences end at full stops, question and exclamation marks, and line breaks. */
export function readWords(text: string, limit: number, firstSentence = 0): Word[] {
  const words: Word[] = [];
  let sentence = firstSentence;
  let at = 0;
  while (at < text.length && words.length < limit) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === LETTER) {
      const word = readWord(text, at, sentence);
      words.push(word);
      at = skipPossessive(text, word.end);
    } else if (kind === SIGN) {
      words.push({ text: text.charAt(at), start: at, end: at + 1, sentence });
      at += 1;
    } else {
      if (kind === BREAK && endsSentence(text, at, code, words.at(-1))) sentence += 1;
      at += 1;
    }
  }
  return words;
}

function readWord(text: string, start: number, sentence: number): Word {
  if (text.charCodeAt(start + 1) === FULL_STOP) {
    const abbreviation = readAbbreviation(text, start);
    if (abbreviation !== undefined) return { text: abbreviation.text, start, end: abbreviation.end, sentence };
  }
  let end = start + 1;
  let curly = false;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (kindOf(code) !== LETTER) {
      if (isApostrophe(code)) {
        if (!contracts(text, end)) break;
        curly ||= code !== 39;
      } else if (!joinsNumber(text, end, code)) break;
    }
    end += 1;
  }
  const slice = text.slice(start, end);
  return { text: curly ? slice.replaceAll('’', "'") : slice, start, end, sentence };
}

/** "U.S." and "A.I." are one word each; "X.AI" is two. */
function readAbbreviation(text: string, start: number): { text: string; end: number } | undefined {
  let at = start;
  let letters = '';
  while (isLetter(text, at) && text.charCodeAt(at + 1) === FULL_STOP && letters.length < 6) {
    letters += text.charAt(at);
    at += 2;
  }
  if (letters.length === 0) return undefined;
  const nextIsLetter = isLetter(text, at);
  if (letters.length === 1 && !(nextIsLetter && !isLetter(text, at + 1))) return undefined;
  if (nextIsLetter && !isLetter(text, at + 1)) {
    letters += text.charAt(at);
    at += 1;
  } else if (nextIsLetter) return undefined;
  return { text: letters, end: at };
}

function joinsNumber(text: string, at: number, code: number): boolean {
  return (code === 46 || code === 44) && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
}

/** True for "don't" and "we're", false for "l'IA", where the article is a word of its own. */
function contracts(text: string, apostrophe: number): boolean {
  let end = apostrophe + 1;
  while (end < apostrophe + 4 && isLetter(text, end)) end += 1;
  return CONTRACTED_ENDINGS.has(text.slice(apostrophe + 1, end).toLowerCase());
}

function skipPossessive(text: string, at: number): number {
  if (!isApostrophe(text.charCodeAt(at))) return at;
  const code = text.charCodeAt(at + 1);
  return (code === 115 || code === 83) && !isLetter(text, at + 2) ? at + 2 : at;
}

function endsSentence(text: string, at: number, code: number, last: Word | undefined): boolean {
  if (code === 10) return true;
  const next = text.charCodeAt(at + 1);
  const spaceFollows = Number.isNaN(next) || next <= 32 || next === 34 || next === 41 || next === 0x201d;
  if (!spaceFollows) return code === 0x3002;
  return code !== 46 || last === undefined || last.end !== at || !SHORT_FORMS.has(last.text.toLowerCase());
}

function isApostrophe(code: number): boolean {
  return code === 39 || code === 0x2019;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(text: string, at: number): boolean {
  return at < text.length && kindOf(text.charCodeAt(at)) === LETTER;
}

/** A UTF-16 unit alone: halves of a pair (emoji, rare scripts) are no letters, so no quote can end inside one. */
function kindOf(code: number): number {
  return kinds[code] ?? OTHER;
}
