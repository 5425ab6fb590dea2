import type { Card, Entry } from '../../src/card.ts';
import { DIRECTION_SIGNS } from '../../src/entries.ts';
import { showDay } from '../../src/time.ts';
import { type Element, element, highlighted, quote, richText, section, wordsOf } from './rich-text.ts';
import type { Piece } from './split.ts';
import { cut } from './text.ts';

/** Longer ones are cut, so that an entry always fits into a message. */
const MOST = { title: 400, source: 300, detail: 400, quote: 600, excerpt: 400, quotes: 4, sources: 6 } as const;

/** One event or item: sign and title, source and date, then its proof as a quote. */
export function entryPiece(entry: Entry, { timeZone }: Pick<Card, 'timeZone'>): Piece {
  const lines: Element[] = [
    element(`${entry.direction ? DIRECTION_SIGNS[entry.direction] : '·'} `),
    ...titleElements(entry),
    element(`\n${sourceLine(entry, timeZone)}`),
    ...(entry.detail ? [element(`\n${cut(entry.detail, MOST.detail)}`)] : []),
    ...excerptElements(entry),
  ];
  const proof = proofElements(entry);
  const block = proof.length > 0 ? richText(section(lines), quote(proof)) : richText(section(lines));
  return {
    blocks: [block],
    words: [wordsOf(lines), ...(proof.length > 0 ? [wordsOf(proof)] : [])].join('\n'),
    entries: 1,
    ...(entry.id ? { why: { id: entry.id, title: entry.title } } : {}),
  };
}

function titleElements({ title, link, marks }: Entry): Element[] {
  const shown = cut(title, MOST.title);
  return marks && marks.length > 0
    ? highlighted(shown, marks, link)
    : [element(shown, { link, style: { bold: true } })];
}

function sourceLine({ source, date, alsoFrom = [], id }: Entry, timeZone: string): string {
  const others = alsoFrom.slice(0, MOST.sources);
  const more = alsoFrom.length > others.length ? [`${alsoFrom.length - others.length} more`] : [];
  const parts = [
    cut(source, MOST.source),
    date ? showDay(date, timeZone) : 'no date',
    ...(others.length > 0 ? [`also ${[...others.map((name) => cut(name, 100)), ...more].join(', ')}`] : []),
    ...(id ? [cut(id, 40)] : []),
  ];
  return parts.join(' · ');
}

function excerptElements({ excerpt }: Entry): Element[] {
  if (excerpt === undefined) return [];
  return [
    element(`\n${excerpt.cutBefore ? '… ' : ''}`),
    ...highlighted(cut(excerpt.text, MOST.excerpt), excerpt.marks),
    ...(excerpt.cutAfter ? [element(' …')] : []),
  ];
}

/** The first quote carries the essay section that defines the barrier. */
function proofElements({ evidence = [], section: defined }: Entry): Element[] {
  return evidence
    .slice(0, MOST.quotes)
    .flatMap((words, index) => [
      element(`${index > 0 ? '\n' : ''}“${cut(words, MOST.quote)}”`, { style: { italic: true } }),
      ...(index === 0 && defined ? [element(` [${cut(defined, 40)}]`, { style: { bold: true } })] : []),
    ]);
}
