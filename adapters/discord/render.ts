/** Renders a card as Discord messages: a plain line for notifications, one embed a section, a menu and buttons below. */
import type { APIEmbed } from 'discord.js';
import type { Card } from '../../src/card.ts';
import { buttonRows, buttonsOf, type Row, whyMenu } from './controls.ts';
import type { KeptPresses } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import type { AttachedFile } from './piece.ts';
import { atMost, type EmbedDraft, type MessageDraft, splitBlocks, textOf } from './split.ts';
import { escapeWithin, safeLine } from './text.ts';

/** One message as Discord takes it, before the files are attached. */
export interface DiscordMessage {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  readonly files: readonly AttachedFile[];
}

export interface RenderOptions {
  /** Ids of presses that are too long for a button. */
  readonly kept: KeptPresses;
  /** The message that bears the buttons: the first where the others go into its thread, the last in a private answer. */
  readonly buttonsUnder: 'first' | 'last';
  /** Without buttons and menus, for direct messages: a press there names no server. */
  readonly isPlain?: boolean;
  /** Messages that may be made of the card's blocks; absent for any number. */
  readonly most?: number;
}

const COLOURS: Readonly<Record<Card['tone'], number>> = {
  plain: 0x5b6b7f,
  good: 0x2e7d32,
  warning: 0xb26a00,
  bad: 0xb3261e,
};
const TONES: Readonly<Record<Card['tone'], string>> = { plain: '', good: '✓ ', warning: '! ', bad: '✗ ' };

const LONGEST_TITLE = 300;
const LONGEST_NAME = 80;

/** At least one message; the first has the title. What goes into the card's thread comes after, without buttons. */
export function renderCard(card: Card, options: RenderOptions): DiscordMessage[] {
  const { most = Number.POSITIVE_INFINITY, buttonsUnder } = options;
  const found = splitBlocks(card.blocks, card);
  const shown = atMost(found.length > 0 ? found : [{ embeds: [] }], most);
  const bearer = buttonsUnder === 'first' ? 0 : shown.length - 1;
  const thread = splitBlocks(card.thread ?? [], card);
  return [...shown, ...thread].map((draft, index) => ({
    content: index === 0 ? titleLine(card) : '',
    embeds: draft.embeds.flatMap((embed) => renderEmbed(embed, card)),
    components: options.isPlain ? [] : rowsOf(draft, card, index === bearer, options.kept),
    files: draft.embeds.flatMap(({ pieces }) => pieces.flatMap(({ file }) => file ?? [])),
  }));
}

/** `✓ Digest scheduled · Ana`: what a notification shows; who did it stands last. */
function titleLine({ title, tone, by }: Card): string {
  const name = by === undefined ? '' : escapeWithin(safeLine(by), LONGEST_NAME);
  const words = escapeWithin(safeLine(title), LONGEST_TITLE) || 'untitled';
  return `${TONES[tone]}${words}${name ? ` · ${name}` : ''}`;
}

/** None for an embed of blank lines alone, which Discord refuses. */
function renderEmbed(embed: EmbedDraft, { tone }: Card): APIEmbed[] {
  const description = textOf(embed).trim();
  if (!embed.title && !description) return [];
  return [
    {
      color: COLOURS[tone],
      ...(embed.title ? { title: embed.title } : {}),
      ...(description ? { description } : {}),
    },
  ];
}

function rowsOf({ embeds }: MessageDraft, card: Card, bearsButtons: boolean, kept: KeptPresses): Row[] {
  const menu = whyMenu(embeds.flatMap(({ pieces }) => pieces.flatMap(({ entry }) => entry ?? [])));
  const rows = LIMITS.rows - (menu ? 1 : 0);
  return [...(menu ? [menu] : []), ...(bearsButtons ? buttonRows(buttonsOf(card, kept), rows) : [])];
}
