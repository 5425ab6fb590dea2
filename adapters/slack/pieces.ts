/** The blocks of a card as pieces of Block Kit, in their order. Buttons and long files are not among them. */
import type { types } from '@slack/bolt';
import type { Block, Card } from '../../src/card.ts';
import { entryPiece } from './entry.ts';
import { LIMITS } from './limits.ts';
import { element, richText, runElements, section, wordsOf } from './rich-text.ts';
import type { Piece } from './split.ts';
import { cut } from './text.ts';

/** A rich text block takes more, but a message should not be one wall of text. */
const TEXT = 2_500;
const FIELDS = { name: 200, value: 1_200, together: 2_000 } as const;
/** A file this short is shown; a longer one is sent as a file. */
export const SHORT_FILE = 2_000;

const TONES: Readonly<Record<Card['tone'], string>> = { plain: '', good: '✓ ', warning: '! ', bad: '✗ ' };

/** The title; one too long for a header is bold text. */
export function titlePiece(card: Pick<Card, 'title' | 'tone'>): Piece {
  const title = cut(`${TONES[card.tone]}${card.title}`, 1_000);
  const text = title.trim() === '' ? 'Barrierwatch' : title;
  const block: types.KnownBlock =
    text.length <= LIMITS.header
      ? { type: 'header', text: { type: 'plain_text', text, emoji: false } }
      : richText(section([element(text, { style: { bold: true } })]));
  return { blocks: [block], words: text, entries: 0 };
}

export function blockPieces(block: Block, card: Card): Piece[] {
  switch (block.kind) {
    case 'text':
      return textPieces(block.runs);
    case 'heading':
      return [headingPiece(block.text, block.note)];
    case 'fields':
      return fieldPieces(block.fields);
    case 'entries':
      return [
        ...block.entries.map((entry) => entryPiece(entry, card)),
        ...(block.more ? [quietPiece(moreWords(block.more, card))] : []),
      ];
    case 'divider':
      return [{ blocks: [{ type: 'divider' }], words: '', entries: 0 }];
    case 'file':
      return block.content.length <= SHORT_FILE ? [filePiece(block.name, block.content)] : [];
    case 'buttons':
      return [];
  }
}

/** One line in small type. */
export function quietPiece(text: string): Piece {
  const shown = cut(text, LIMITS.contextText);
  const words = shown.trim() === '' ? ' ' : shown;
  const block: types.ContextBlock = { type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] };
  return { blocks: [block], words: shown, entries: 0 };
}

function moreWords({ count, command }: { count: number; command: string }, { thread }: Card): string {
  return thread ? `… ${count} more in the thread` : `… ${count} more: ${command}`;
}

function textPieces(runs: Extract<Block, { kind: 'text' }>['runs']): Piece[] {
  const [only] = runs;
  if (
    runs.length === 1 &&
    only?.style === 'quiet' &&
    !only.link &&
    !only.marks &&
    only.text.length <= LIMITS.contextText
  )
    return only.text.trim() === '' ? [] : [quietPiece(only.text)];
  const elements = runs.flatMap((run) => runElements(run, TEXT * 4));
  const pieces: Piece[] = [];
  let taken: typeof elements = [];
  let length = 0;
  const close = () => {
    if (taken.length > 0) pieces.push({ blocks: [richText(section(taken))], words: wordsOf(taken), entries: 0 });
    taken = [];
    length = 0;
  };
  for (const part of elements.flatMap(shortParts)) {
    const size = part.text?.length ?? 0;
    if (length + size > TEXT) close();
    taken.push(part);
    length += size;
  }
  close();
  return pieces;
}

/** An element longer than a block takes, in parts that are not; broken at a line or a blank where there is one. */
function shortParts(whole: ReturnType<typeof element>): ReturnType<typeof element>[] {
  const { text = '' } = whole;
  if (text.length <= TEXT) return [whole];
  const head = text.slice(0, TEXT);
  const line = head.lastIndexOf('\n');
  const blank = head.lastIndexOf(' ');
  const at =
    line > TEXT / 2 ? line + 1 : blank > TEXT / 2 ? blank + 1 : /[\uD800-\uDBFF]$/.test(head) ? TEXT - 1 : TEXT;
  return [{ ...whole, text: text.slice(0, at) }, ...shortParts({ ...whole, text: text.slice(at) })];
}

function headingPiece(text: string, note: string | undefined): Piece {
  const piece = (name: string): Piece => {
    const elements = [
      element(cut(name, 300), { style: { bold: true } }),
      ...(note ? [element(` ${cut(note, 300)}`)] : []),
    ];
    return { blocks: [richText(section(elements))], words: wordsOf(elements), entries: 0 };
  };
  return { ...piece(text), heading: { continued: piece(/\(continued\)$/.test(text) ? text : `${text} (continued)`) } };
}

function fieldPieces(fields: readonly { readonly name: string; readonly value: string }[]): Piece[] {
  const shown = fields.map(({ name, value }) => [
    element(cut(name, FIELDS.name), { style: { bold: true } }),
    element(`\n${cut(value, FIELDS.value)}\n`),
  ]);
  const groups: (typeof shown)[number][] = [];
  let length = 0;
  for (const pair of shown) {
    const size = wordsOf(pair).length;
    const last = groups.at(-1);
    if (last && length + size <= FIELDS.together) {
      last.push(...pair);
      length += size;
    } else {
      groups.push([...pair]);
      length = size;
    }
  }
  return groups.map((elements) => ({ blocks: [richText(section(elements))], words: wordsOf(elements), entries: 0 }));
}

function filePiece(name: string, content: string): Piece {
  const text = cut(content, SHORT_FILE);
  const block = richText(section([element(cut(name, 100), { style: { bold: true } })]), {
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: text === '' ? ' ' : text }],
  });
  return { blocks: [block], words: `${name}\n${text}`, entries: 0 };
}
