/** The text grammar of commands, read and written: `/root verb value … key:value`, quotes for spaces. */
import type { Command, OptionSpec } from './command.ts';
import { optionSpecs, usage } from './command.ts';
import { UserError } from './errors.ts';

/** One word of a line; a quoted word is never read as `key:value`. */
export interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '”': '”',
  '„': '“',
  "'": "'",
  '‘': '’',
  '«': '»',
};

/** Splits a line at white space; straight and curly quotes hold words together; an apostrophe inside a word is a letter. */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    const word = readWord(line, at);
    words.push({ text: word.text, quoted: word.quoted });
    at = word.end;
  }
  return words;
}

function readWord(line: string, start: number): Word & { readonly end: number } {
  const closing = QUOTES[line.charAt(start)];
  const close = closing === undefined ? -1 : line.indexOf(closing, start + 1);
  if (close > 0) return { text: line.slice(start + 1, close), quoted: true, end: close + 1 };
  const bare = /^\S+/.exec(line.slice(start))?.[0] ?? '';
  // key:"value with spaces"
  const key = /^[a-z]+:(?=["“„«])/.exec(bare)?.[0];
  if (key !== undefined) {
    const value = readWord(line, start + key.length);
    if (value.quoted) return { text: key + value.text, quoted: false, end: value.end };
  }
  return { text: bare, quoted: false, end: start + bare.length };
}

/**
 * Reads the words after the verb into option values: `key:value` only where key is a declared option, the rest in
 * declared order. Throws UserError for words that fit nothing.
 */
export function readOptions(command: Command, words: readonly Word[]): Record<string, unknown> {
  const specs = optionSpecs(command);
  const input: Record<string, unknown> = {};
  const bare: string[] = [];
  for (const word of words) {
    const named = word.quoted ? undefined : namedOption(specs, word.text);
    if (named) input[named.spec.name] = convert(named.spec, named.value);
    else bare.push(word.quoted && specs.some((spec) => spec.rest) ? `"${word.text}"` : word.text);
  }
  for (const spec of specs) {
    if (bare.length === 0) break;
    if (spec.name in input) continue;
    const value = spec.rest ? bare.splice(0).join(' ') : bare.shift();
    input[spec.name] = convert(spec, value ?? '');
  }
  if (bare.length > 0) throw new UserError(`“${bare.join(' ')}” does not fit. Type it as: ${usage(command)}`);
  return input;
}

function namedOption(specs: readonly OptionSpec[], text: string): { spec: OptionSpec; value: string } | undefined {
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  const spec = specs.find((each) => each.name === text.slice(0, colon).toLowerCase());
  return spec && { spec, value: text.slice(colon + 1) };
}

function convert(spec: OptionSpec, text: string): unknown {
  if (spec.type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (spec.type === 'boolean' && /^(yes|true|on)$/i.test(text)) return true;
  if (spec.type === 'boolean' && /^(no|false|off)$/i.test(text)) return false;
  return spec.choices?.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? text;
}

const WRITTEN_QUOTES = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
] as const;

/** The line that reads as these option values; a quote that no pair can hold is left out. */
export function writeLine(command: Command, input: Readonly<Record<string, unknown>>): string {
  const options = optionSpecs(command).flatMap(({ name }) =>
    input[name] === undefined ? [] : [`${name}:${writeValue(String(input[name]))}`],
  );
  return [`/${command.root} ${command.verb}`, ...options].join(' ');
}

function writeValue(text: string): string {
  const value = text.replace(/\s+/g, ' ').trim();
  if (/^[^\s"“„«]+$/.test(value)) return value;
  const pair = WRITTEN_QUOTES.find(([, close]) => !value.includes(close));
  return pair ? `${pair[0]}${value}${pair[1]}` : `"${value.replaceAll('"', '')}"`;
}

/** The candidate with the fewest letters changed from what was typed; undefined when none is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(typed.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed.toLowerCase(), candidate.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance);
  return (
    ranked[0]?.candidate ??
    candidates.find((candidate) => typed.length >= 2 && candidate.startsWith(typed.toLowerCase()))
  );
}

/** Levenshtein distance; anything above `limit` counts as limit + 1. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1;
      current.push(
        Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + change),
      );
    }
    previous = current;
  }
  return previous[other.length] ?? limit + 1;
}
