/** Puts the pieces of a card into embeds, and embeds into messages, within Discord's limits; no piece is ever cut. */
import type { Block, Card } from '../../src/card.ts';
import { plural } from '../../src/plural.ts';
import { LIMITS } from './limits.ts';
import { type Piece, piecesOf } from './piece.ts';
import { escapeWithin, safeLine } from './text.ts';

/** Room for the line on what is not shown, and for what Discord may count differently. */
const DESCRIPTION = LIMITS.embedDescription - 300;
const EMBED_TEXT = LIMITS.embedText - 400;
const CONTINUED = ' (continued)';
const TITLE = LIMITS.embedTitle - CONTINUED.length;

/** What stands under one heading; before the first there is none. */
interface Section {
  /** Escaped. */
  readonly title?: string;
  readonly pieces: readonly Piece[];
}

export interface EmbedDraft {
  readonly title?: string;
  readonly pieces: Piece[];
}

export interface MessageDraft {
  readonly embeds: EmbedDraft[];
}

/** The description of an embed. */
export function textOf({ pieces }: EmbedDraft): string {
  return pieces.map(({ text, gap }, index) => (index === 0 ? text : gap + text)).join('');
}

/** Blocks as messages; empty where there is nothing to show. */
export function splitBlocks(blocks: readonly Block[], card: Card): MessageDraft[] {
  const messages: MessageDraft[] = [];
  for (const section of sectionsOf(blocks, card)) addSection(messages, section);
  return messages;
}

/** A heading begins a section, and a divider one without a title. */
function sectionsOf(blocks: readonly Block[], card: Card): Section[] {
  const sections: { title?: string; pieces: Piece[] }[] = [{ pieces: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ title: headingText(block), pieces: [] });
    else if (block.kind === 'divider') sections.push({ pieces: [] });
    else sections.at(-1)?.pieces.push(...piecesOf(block, card));
  }
  return sections.filter(({ title, pieces }) => title || pieces.some(({ text }) => text.trim() !== ''));
}

function headingText({ text, note }: Extract<Block, { kind: 'heading' }>): string {
  const whole = [safeLine(text), safeLine(note ?? '')].filter((part) => part !== '').join(' ');
  return escapeWithin(whole, TITLE);
}

function addSection(messages: MessageDraft[], { title, pieces }: Section): void {
  openEmbed(messages, title, pieces[0]);
  for (const piece of pieces) {
    const embed = messages.at(-1)?.embeds.at(-1);
    const isFull = embed === undefined || textOf(embed).length + piece.gap.length + piece.text.length > DESCRIPTION;
    const tooMuch = sizeOf(messages.at(-1)) + piece.gap.length + piece.text.length > EMBED_TEXT;
    const tooManyFiles = piece.file !== undefined && filesIn(messages.at(-1)) === LIMITS.files;
    if (isFull || tooMuch || tooManyFiles) {
      const again = title && embed && embed.pieces.length > 0 ? title + CONTINUED : title;
      openEmbed(messages, again, piece, tooManyFiles);
    }
    messages.at(-1)?.embeds.at(-1)?.pieces.push(piece);
  }
}

/** Begins an embed, in a new message where the last one has no room for it and its first piece. */
function openEmbed(
  messages: MessageDraft[],
  title: string | undefined,
  first: Piece | undefined,
  isApart = false,
): void {
  const last = messages.at(-1);
  const needed = (title?.length ?? 0) + (first?.text.length ?? 0);
  const fits = last && last.embeds.length < LIMITS.embeds && sizeOf(last) + needed <= EMBED_TEXT;
  const embed: EmbedDraft = { pieces: [], ...(title ? { title } : {}) };
  if (last && fits && !isApart) last.embeds.push(embed);
  else messages.push({ embeds: [embed] });
}

function sizeOf(message: MessageDraft | undefined): number {
  return (message?.embeds ?? []).reduce((sum, embed) => sum + (embed.title?.length ?? 0) + textOf(embed).length, 0);
}

function filesIn(message: MessageDraft | undefined): number {
  return (message?.embeds ?? []).flatMap(({ pieces }) => pieces).filter(({ file }) => file).length;
}

/** The first `most` messages; the last of them says how much is not shown, and what to do about it. */
export function atMost(messages: readonly MessageDraft[], most: number): readonly MessageDraft[] {
  if (messages.length <= most) return messages;
  const shown = messages.slice(0, most);
  const left = messages.slice(most).flatMap(({ embeds }) => embeds.flatMap(({ pieces }) => pieces));
  const count = left.filter(({ counts }) => counts).length;
  const what = count > 0 ? `${plural(count, 'more entry is', 'more entries are')} not shown` : 'The rest is not shown';
  const notice = `-# ${what}. Narrow it down with the options of the command.`;
  shown.at(-1)?.embeds.at(-1)?.pieces.push({ text: notice, gap: '\n\n', counts: false });
  return shown;
}
