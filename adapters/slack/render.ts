/** Renders a card as messages of Block Kit, or as the Home tab. Pure: what is too long for a button was shortened before. */
import type { types } from '@slack/bolt';
import type { Block, Button, Card } from '../../src/card.ts';
import { plural } from '../../src/plural.ts';
import { type Press, writePress } from '../../src/press.ts';
import { BUDGET, LIMITS } from './limits.ts';
import { blockPieces, quietPiece, SHORT_FILE, titlePiece } from './pieces.ts';
import { type Piece, split } from './split.ts';
import { cut, escaped } from './text.ts';

export interface SlackMessage {
  /** For notifications and screen readers, which read nothing else. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
  /** How many entries it shows. */
  readonly entries: number;
}

export interface Rendered {
  /** The first is for the channel, the others for its thread. */
  readonly messages: readonly SlackMessage[];
  /** Too long to be shown; to be sent as files. */
  readonly files: readonly { readonly name: string; readonly content: string }[];
}

export interface RenderOptions {
  /** What a button carries for a press; the press itself, as text, where absent. */
  readonly valueFor?: (press: Press) => string;
}

/** What `action_id`s start with: a button that carries a press, and the menu of items. */
export const ACTIONS = { press: 'press', why: 'why' } as const;

/** The card as messages, each within Slack's limits. */
export function renderCard(card: Card, { valueFor = writePress }: RenderOptions = {}): Rendered {
  const pieces = [titlePiece(card), ...card.blocks.flatMap((block) => blockPieces(block, card)), ...byPieces(card)];
  const buttons = buttonElements(card, valueFor);
  const groups = split(pieces, JSON.stringify(buttons).length);
  const thread = split((card.thread ?? []).flatMap((block) => blockPieces(block, card)));
  const messages = [...groups, ...thread].map((group, index) => message(group, index === 0 ? buttons : []));
  const files = [...card.blocks, ...(card.thread ?? [])].flatMap((block) =>
    block.kind === 'file' && block.content.length > SHORT_FILE ? [{ name: block.name, content: block.content }] : [],
  );
  return { messages, files };
}

/** At most `most` messages; where more would be needed, the last one says how many entries it leaves out. */
export function renderAnswer(card: Card, most: number, options: RenderOptions = {}): Rendered {
  const rendered = renderCard(card, options);
  if (rendered.messages.length <= most) return rendered;
  const kept = rendered.messages.slice(0, most);
  const last = kept.at(-1);
  const left = rendered.messages.slice(most).reduce((sum, { entries }) => sum + entries, 0);
  const what = left > 0 ? plural(left, 'entry', 'entries') : 'The rest';
  const note = quietPiece(`… ${what} not shown here. Narrow it down: name a stream, a barrier or more words.`);
  if (last) kept[most - 1] = { ...last, blocks: [...last.blocks, ...note.blocks] };
  return { ...rendered, messages: kept };
}

/** The card as blocks of a view, its buttons where they stand; what does not fit is named at the end. */
export function renderView(card: Card, { valueFor = writePress }: RenderOptions = {}): types.KnownBlock[] {
  let actions = 0;
  const pieces = [titlePiece(card), ...card.blocks.flatMap((block) => viewPieces(block))];
  const blocks = pieces.flatMap((piece) => piece.blocks);
  if (blocks.length <= LIMITS.blocksOfView) return blocks;
  return [
    ...blocks.slice(0, LIMITS.blocksOfView - 1),
    ...quietPiece('… and more: /digest preview, /barrier help').blocks,
  ];

  function viewPieces(block: Block): Piece[] {
    if (block.kind !== 'buttons') return blockPieces(block, card);
    const elements = block.buttons.slice(0, LIMITS.actions).map((button) => buttonElement(button, actions++, valueFor));
    return [{ blocks: [{ type: 'actions', elements }], words: '', entries: 0 }];
  }
}

function byPieces({ by }: Card): Piece[] {
  return by ? [quietPiece(`By ${by}`)] : [];
}

function message(group: readonly Piece[], buttons: readonly types.Button[]): SlackMessage {
  const menu = whyMenu(group);
  const elements = [...(menu ? [menu] : []), ...buttons];
  const words = group.map((piece) => piece.words).filter((text) => text !== '');
  return {
    entries: group.reduce((sum, { entries }) => sum + entries, 0),
    text: escaped(cut(words.join('\n'), BUDGET.fallback)),
    blocks: [
      ...group.flatMap((piece) => piece.blocks),
      ...(elements.length > 0 ? [{ type: 'actions' as const, elements }] : []),
    ],
  };
}

/** One menu over all items of the message: a button at each would take a block each. */
function whyMenu(group: readonly Piece[]): types.StaticSelect | undefined {
  const items = new Map(
    group.flatMap(({ why }): [string, string][] => (isAskable(why?.id) && why ? [[why.id, why.title]] : [])),
  );
  if (items.size === 0) return undefined;
  const options = [...items].slice(0, LIMITS.selectOptions).map(([value, title]) => ({
    text: plainText(title.trim() === '' ? value : title, LIMITS.optionText),
    value,
  }));
  return {
    type: 'static_select',
    action_id: ACTIONS.why,
    placeholder: plainText('Why this tag? Choose an item', LIMITS.placeholder),
    options,
  };
}

/** An id of ours is ten letters and digits; anything else could not be read back. */
function isAskable(id: string | undefined): boolean {
  return id !== undefined && /^[0-9a-v]{4,20}$/.test(id);
}

function buttonElements(card: Card, valueFor: (press: Press) => string): types.Button[] {
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const elements = buttons.slice(0, LIMITS.actions - 2).map((button, index) => buttonElement(button, index, valueFor));
  if (card.public || card.share === undefined) return elements;
  const share: Press = { action: 'share', line: card.share };
  return [...elements, pressElement('Share to channel', share, elements.length, valueFor)];
}

function buttonElement({ label, command, action }: Button, index: number, valueFor: (press: Press) => string) {
  return pressElement(label, { action: action ?? 'run', line: command }, index, valueFor);
}

function pressElement(label: string, press: Press, index: number, valueFor: (press: Press) => string): types.Button {
  return {
    type: 'button',
    action_id: `${ACTIONS.press}:${index}`,
    text: plainText(label.trim() === '' ? '·' : label, LIMITS.buttonText),
    value: valueFor(press).toWellFormed().slice(0, LIMITS.buttonValue),
  };
}

function plainText(text: string, most: number): types.PlainTextElement {
  return { type: 'plain_text', text: cut(text, most), emoji: false };
}
