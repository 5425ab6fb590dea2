/** Colours for a terminal, and none for a pipe. */
import type { Span } from '../../src/ports.ts';
import { safeLine } from '../../src/safe-text.ts';

const CODES = {
  strong: [1, 22],
  quiet: [2, 22],
  quote: [3, 23],
  code: [36, 39],
  mark: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const;

type Style = keyof typeof CODES;
export type Paint = (style: Style, text: string) => string;

/** Wraps text in the escape codes of a style. */
export const colours: Paint = (style, text) => `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`;

/** Plain text; search matches are marked with asterisks, since nothing else would show them. */
export const plain: Paint = (style, text) => (style === 'mark' ? `*${text}*` : text);

/** The text with the spans marked; spans outside it are cut to fit. */
export function highlight(text: string, spans: readonly Span[], paint: Paint): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at || end <= start || start >= text.length) continue;
    parts.push(safeLine(text.slice(at, start)), paint('mark', safeLine(text.slice(start, end))));
    at = end;
  }
  parts.push(safeLine(text.slice(at)));
  return parts.join('');
}
