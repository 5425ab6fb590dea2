/** Wraps text at a width. Colour codes take no room; a word longer than a line, such as a link, is not broken. */
import { stripVTControlCharacters } from 'node:util';

function visibleLength(word: string): number {
  return [...stripVTControlCharacters(word)].length;
}

/** Lines of at most `width` visible characters where words allow it. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, Math.max(20, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = indent;
  let used = indent.length;
  for (const word of line.slice(indent.length).split(' ')) {
    const length = visibleLength(word);
    const empty = used === indent.length;
    if (!empty && used + 1 + length > width) {
      lines.push(current);
      current = indent + word;
      used = indent.length + length;
    } else {
      current += empty ? word : ` ${word}`;
      used += (empty ? 0 : 1) + length;
    }
  }
  return [...lines, current].join('\n');
}
