/** Renders a card as text for a terminal: the same words with and without colours. */
import type { Block, Card, Entry, Excerpt, TextRun } from '../../src/card.ts';
import { DIRECTION_SIGNS } from '../../src/entries.ts';
import type { Direction } from '../../src/model.ts';
import { safeLine, safeText } from '../../src/safe-text.ts';
import { showDay } from '../../src/time.ts';
import { highlight, type Paint } from './paint.ts';
import { wrap } from './wrap.ts';

export interface RenderOptions {
  /** Columns to wrap at. */
  readonly width: number;
  readonly paint: Paint;
  /** A word shown before every title, such as `recorded sample`; absent for none. */
  readonly banner?: string;
}

const COLOURS: Readonly<Record<Direction, 'red' | 'green' | 'yellow'>> = {
  deepens: 'red',
  eases: 'green',
  mixed: 'yellow',
};
const TONES: Readonly<Record<Card['tone'], string>> = { plain: '', good: '✓ ', warning: '! ', bad: '✗ ' };

/** The card as lines, ending in a newline; feed text can neither move the cursor nor forge a colour. */
export function renderCard(card: Card, options: RenderOptions): string {
  const { paint, banner } = options;
  const title = paint('strong', `${TONES[card.tone]}${safeLine(card.title)}`);
  const head = banner ? `${paint('quiet', `[${banner}]`)} ${title}` : title;
  const blocks = card.blocks.map((block) => renderBlock(block, card, options)).filter((text) => text !== '');
  return `\n${[head, ...blocks].join('\n')}\n`;
}

function renderBlock(block: Block, card: Card, options: RenderOptions): string {
  const { paint, width } = options;
  switch (block.kind) {
    case 'text':
      return wrap(block.runs.map((run) => renderRun(run, paint)).join(''), width);
    case 'heading':
      return `\n${paint('strong', safeLine(block.text))}${block.note ? ` ${paint('quiet', safeLine(block.note))}` : ''}`;
    case 'fields':
      return renderFields(block.fields, options);
    case 'entries':
      return [
        ...block.entries.map((entry) => renderEntry(entry, card, options)),
        ...(block.more ? [paint('quiet', `  … ${block.more.count} more: ${safeLine(block.more.command)}`)] : []),
      ].join('\n');
    case 'divider':
      return paint('quiet', '─'.repeat(Math.min(width, 40)));
    case 'file':
      return `${paint('quiet', safeLine(block.name))}\n${safeText(block.content)}`;
    case 'buttons':
      return `\n${block.buttons.map(({ label, command }) => `${paint('quiet', `${safeLine(label)}:`)} ${safeLine(command)}`).join('\n')}`;
  }
}

function renderRun({ text, style, link, marks }: TextRun, paint: Paint): string {
  const shown = marks ? highlight(text, marks, paint) : safeText(text);
  const painted = style ? paint(style, shown) : shown;
  return link ? `${painted} ${paint('quiet', safeLine(link))}` : painted;
}

/** Short names stand in a column of their own; a list of long ones puts each value below its name. */
function renderFields(fields: readonly { name: string; value: string }[], { paint, width }: RenderOptions): string {
  const longest = Math.max(...fields.map(({ name }) => name.length));
  const column = longest <= 28 ? longest + 2 : 4;
  return fields
    .map(({ name, value }) => {
      const wrapped = wrap(safeText(value), width - column - 2);
      const indented = wrapped.split('\n').join(`\n  ${' '.repeat(column)}`);
      const label = paint('quiet', safeLine(name).padEnd(column));
      return longest <= 28 ? `  ${label}${indented}` : `  ${label.trimEnd()}\n  ${' '.repeat(column)}${indented}`;
    })
    .join('\n');
}

function renderEntry(entry: Entry, card: Card, { paint, width }: RenderOptions): string {
  const sign = entry.direction ? paint(COLOURS[entry.direction], DIRECTION_SIGNS[entry.direction]) : '·';
  const title = wrap(paint('strong', highlight(entry.title, entry.marks ?? [], paint)), width - 2);
  const lines = [
    paint('quiet', sourceLine(entry, card)),
    ...(entry.detail ? [paint('quiet', safeLine(entry.detail))] : []),
    ...(entry.evidence ?? []).map((quote, index) => {
      const section = index === 0 && entry.section ? ` ${paint('strong', `[${safeLine(entry.section)}]`)}` : '';
      return `${paint('quote', `“${safeLine(quote)}”`)}${section}`;
    }),
    ...(entry.excerpt ? [renderExcerpt(entry.excerpt, paint)] : []),
  ].map((line) => wrap(line, width - 2));
  // Links are never broken over lines, so that a terminal can open them.
  const link = entry.link ? [paint('quiet', safeLine(entry.link))] : [];
  return `${sign} ${[title, ...lines, ...link].join('\n').split('\n').join('\n  ')}`;
}

function sourceLine(entry: Entry, card: Card): string {
  const parts = [
    safeLine(entry.source),
    entry.date ? showDay(entry.date, card.timeZone) : 'no date',
    ...(entry.alsoFrom && entry.alsoFrom.length > 0 ? [`also ${entry.alsoFrom.map(safeLine).join(', ')}`] : []),
    ...(entry.id ? [safeLine(entry.id)] : []),
  ];
  return parts.join(' · ');
}

function renderExcerpt({ text, marks, cutBefore, cutAfter }: Excerpt, paint: Paint): string {
  return `${cutBefore ? '… ' : ''}${highlight(text, marks, paint)}${cutAfter ? ' …' : ''}`;
}
