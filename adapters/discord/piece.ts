/** Blocks of a card as pieces of Discord's markdown: each piece stays whole when a card is split over messages. */
import type { Block, Card, Entry, Excerpt, TextRun } from '../../src/card.ts';
import { DIRECTION_SIGNS } from '../../src/entries.ts';
import { plural } from '../../src/plural.ts';
import type { Span } from '../../src/ports.ts';
import { showDay } from '../../src/time.ts';
import { LIMITS } from './limits.ts';
import { escapeText, escapeWithin, safeLine, safeText, webAddress } from './text.ts';

export interface AttachedFile {
  readonly name: string;
  readonly content: string;
}

export interface Piece {
  /** Markdown, escaped, at most `LONGEST_PIECE` characters. */
  readonly text: string;
  /** Between this piece and the one before: a blank line before entries and paragraphs, none within a list. */
  readonly gap: '\n' | '\n\n';
  /** What it shows, where something can be asked about it. */
  readonly entry?: Entry;
  readonly file?: AttachedFile;
  /** Counted when it is left out. */
  readonly counts: boolean;
}

/** Leaves room in a description for a line on what is not shown. */
const LONGEST_PIECE = 3600;
const LONGEST_PART = 1200;
const LONGEST_NAME = 200;

/** The pieces of a block that stands under a heading; headings and dividers are not among them. */
export function piecesOf(block: Block, card: Card): Piece[] {
  switch (block.kind) {
    case 'text':
      return textPieces(block.runs);
    case 'fields':
      return block.fields.flatMap(({ name, value }, index) => fieldPieces(name, value, index === 0));
    case 'entries':
      return [
        ...block.entries.map((entry) => piece(entryText(entry, card), { gap: '\n\n', entry, counts: true })),
        ...(block.more ? [piece(moreText(block.more, card), { gap: '\n\n' })] : []),
      ];
    case 'file':
      return [filePiece(block.name, block.content)];
    case 'heading':
    case 'divider':
    case 'buttons':
      return [];
  }
}

function piece(text: string, extra: Partial<Piece> = {}): Piece {
  return { text, gap: '\n', counts: false, ...extra };
}

function moreText({ count, command }: { count: number; command: string }, card: Card): string {
  return `-# … ${count} more: ${card.thread ? 'in the thread' : escapeWithin(safeLine(command), LONGEST_NAME)}`;
}

/** A line each; a line too long for one piece goes on in the next. */
function textPieces(runs: readonly TextRun[]): Piece[] {
  const isSmall = runs.every(({ style }) => style === 'quiet');
  return linesOf(runs).flatMap((line, index) =>
    chunksOf(line).map((chunk, at) => {
      const text = chunk.map(renderRun).join('');
      return piece(isSmall && text.trim() !== '' ? `-# ${text}` : text, {
        gap: index === 0 && at === 0 ? '\n\n' : '\n',
      });
    }),
  );
}

/** Runs by line, each run without newlines. */
function linesOf(runs: readonly TextRun[]): TextRun[][] {
  const lines: TextRun[][] = [[]];
  for (const run of runs) {
    if (run.marks) {
      lines.at(-1)?.push(run);
      continue;
    }
    safeText(run.text)
      .split('\n')
      .forEach((text, index) => {
        if (index > 0) lines.push([]);
        if (text !== '') lines.at(-1)?.push({ ...run, text });
      });
  }
  while (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

/** The runs of a line in groups that each fit into a piece, cut at words where one is too long. */
function chunksOf(line: readonly TextRun[]): TextRun[][] {
  const chunks: TextRun[][] = [[]];
  let length = 0;
  for (const run of line.flatMap(partsOf)) {
    const size = renderRun(run).length;
    if (length + size > LONGEST_PIECE - 10) {
      chunks.push([]);
      length = 0;
    }
    chunks.at(-1)?.push(run);
    length += size;
  }
  return chunks;
}

function partsOf(run: TextRun): TextRun[] {
  if (renderRun(run).length <= LONGEST_PART) return [run];
  // Every character may double when it is escaped. Marks count from the start of the whole run, so they go.
  const parts = run.text.match(/[\s\S]{1,500}(?=\s)|[\s\S]{1,500}/gu) ?? [];
  const { marks: _, ...plain } = run;
  return parts.map((text) => ({ ...plain, text }));
}

function renderRun({ text, style, link, marks }: TextRun): string {
  const address = webAddress(link, LIMITS.address);
  if (address && /^[\p{L}\p{N}][\p{L}\p{N} .,’–-]*$/u.test(text)) return `[${text}](<${address}>)`;
  const shown = styled(text, style, marks);
  return address ? `${shown} ([open](<${address}>))` : shown;
}

function styled(text: string, style: TextRun['style'], marks: TextRun['marks']): string {
  if (marks) return highlight(text, marks, '**');
  const escaped = escapeText(text);
  if (text.trim() === '') return escaped;
  switch (style) {
    case 'strong':
      return `**${escaped}**`;
    case 'quote':
      return italic(escaped);
    case 'code':
      // Nothing is escaped in code, so what could end it stays plain text.
      return /[`\n]/.test(text) ? escaped : `\`${safeLine(text)}\``;
    case 'quiet':
    case undefined:
      return escaped;
  }
}

/** Space at the rim of what is set in italics would leave the stars visible. */
function italic(escaped: string): string {
  const inner = escaped.trim();
  return inner === '' ? escaped : escaped.replace(inner, () => `*${inner}*`);
}

/** The text with stretches between `mark`s; overlapping and touching stretches are one. */
function highlight(text: string, spans: readonly Span[], mark: string): string {
  const line = text.replaceAll('\n', ' ');
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of joined(spans, line)) {
    // Marks around white space alone would stay visible.
    const [, before = '', inner = '', after = ''] =
      /^(\s*)([\s\S]*?)(\s*)$/.exec(safeText(line.slice(start, end))) ?? [];
    const marked = inner === '' ? '' : `${mark}${escapeText(inner)}${mark}`;
    parts.push(escapeText(line.slice(at, start)), before, marked, after);
    at = end;
  }
  return [...parts, escapeText(line.slice(at))].join('');
}

/** Stretches in order, apart from each other, none of which begins or ends inside a pair of surrogates. */
function joined(spans: readonly Span[], text: string): Span[] {
  const found: [number, number][] = [];
  for (const [start, end] of [...spans].sort((one, other) => one[0] - other[0])) {
    const from = Math.max(0, isInPair(text, start) ? start - 1 : start);
    const to = Math.min(isInPair(text, end) ? end + 1 : end, text.length);
    if (to <= from) continue;
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

function isInPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

function fieldPieces(name: string, value: string, isFirst: boolean): Piece[] {
  const label = escapeWithin(safeLine(name), LONGEST_NAME) || '–';
  const [first, ...rest] = textPieces([{ text: value }]);
  const gap = isFirst ? '\n\n' : '\n';
  const head = piece(`**${label}:** ${first?.text ?? ''}`.trimEnd(), { gap, counts: true });
  return [head, ...rest];
}

/** The title, the source line, and the proof; one that is too long as a whole loses the ends of its parts. */
function entryText(entry: Entry, card: Card): string {
  for (const most of [LONGEST_PART, 300, 60]) {
    const text = entryLines(entry, card, most).join('\n');
    if (text.length <= LONGEST_PIECE) return text;
  }
  return entryLines(
    { title: entry.title, source: entry.source, ...(entry.link ? { link: entry.link } : {}) },
    card,
    60,
  ).join('\n');
}

function entryLines(entry: Entry, card: Card, most: number): string[] {
  const sign = entry.direction ? DIRECTION_SIGNS[entry.direction] : '·';
  const within = (text: string) => escapeWithin(safeLine(text), most);
  const quotes = (entry.evidence ?? []).flatMap((quote, index) => {
    const section = index === 0 && entry.section ? ` **${within(`[${safeLine(entry.section)}]`)}**` : '';
    const words = within(quote);
    return words === '' ? [] : [`*“${words}”*${section}`];
  });
  const detail = entry.detail ? within(entry.detail) : '';
  return [
    `${sign} **${titleText(entry, most)}**`,
    `-# ${sourceLine(entry, card, most)}`,
    ...(detail ? [`-# ${detail}`] : []),
    ...quotes,
    ...(entry.excerpt ? [excerptText(entry.excerpt, most)] : []),
  ];
}

function titleText({ title, marks }: Entry, most: number): string {
  const marked = marks ? highlight(title, marks, '__').trim() : '';
  if (marked !== '' && marked.length <= most) return marked;
  return escapeWithin(safeLine(title), most) || 'untitled';
}

function sourceLine(entry: Entry, card: Card, most: number): string {
  const within = (text: string) => escapeWithin(safeLine(text), Math.min(most, LONGEST_NAME));
  const address = webAddress(entry.link, Math.min(LIMITS.address, LONGEST_PIECE / 2));
  const also = (entry.alsoFrom ?? []).map(within).filter((name) => name !== '');
  const shown = also.slice(0, 5).join(', ');
  const more = also.length > 5 ? ` and ${plural(also.length - 5, 'more', 'more')}` : '';
  return [
    within(entry.source) || '–',
    entry.date ? showDay(entry.date, card.timeZone) : 'no date',
    ...(also.length > 0 ? [`also ${shown}${more}`] : []),
    ...(entry.id ? [within(entry.id)] : []),
    ...(address ? [`[open](<${address}>)`] : []),
  ].join(' · ');
}

function excerptText({ text, marks, cutBefore, cutAfter }: Excerpt, most: number): string {
  const shown = highlight(text, marks, '**').trim();
  const within = shown.length <= most ? shown : escapeWithin(safeLine(text), most);
  return `${cutBefore ? '… ' : ''}${within}${cutAfter ? ' …' : ''}`;
}

function filePiece(name: string, content: string): Piece {
  const safe =
    name
      .normalize('NFKD')
      .replace(/[^\w.-]/g, '')
      .replace(/^\.+/, '')
      .slice(-80) || 'file.txt';
  const bytes = Buffer.byteLength(content);
  if (bytes > LIMITS.fileBytes) {
    return piece(`The file ${escapeText(safe)} is too large for Discord (${Math.ceil(bytes / 1024 / 1024)} MiB).`);
  }
  return piece(`-# File: ${escapeText(safe)}`, { file: { name: safe, content: content === '' ? '\n' : content } });
}
