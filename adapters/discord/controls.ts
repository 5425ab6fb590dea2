/** Buttons and the menu under a message. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Button, Card, Entry } from '../../src/card.ts';
import { type KeptPresses, WHY_MENU, writeCustomId } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { cut, safeLine } from './text.ts';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** The card's own buttons and, for what can be shared, one for that; one press stands there once. */
export function buttonsOf(card: Card, kept: KeptPresses): APIButtonComponent[] {
  const own = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const drawn = own.flatMap((button) => drawnButton(button, kept));
  const id = card.share ? writeCustomId({ action: 'share', line: card.share }, kept) : undefined;
  const share = id === undefined ? [] : [drawButton('Share to channel', id, ButtonStyle.Secondary)];
  return uniqueIds([...drawn, ...share]);
}

function drawnButton({ label, command, action }: Button, kept: KeptPresses): APIButtonComponent[] {
  const id = writeCustomId({ action: action ?? 'run', line: command }, kept);
  if (id === undefined) return [];
  return [drawButton(label, id, action === 'form' ? ButtonStyle.Primary : ButtonStyle.Secondary)];
}

function drawButton(
  label: string,
  customId: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary,
): APIButtonComponent & { custom_id: string } {
  const shown = cut(safeLine(label), LIMITS.buttonLabel) || '…';
  return { type: ComponentType.Button, style, label: shown, custom_id: customId };
}

/** Discord refuses a message in which two controls have one id. */
function uniqueIds<Drawn extends APIButtonComponent>(buttons: readonly Drawn[]): Drawn[] {
  const seen = new Set<string>();
  return buttons.filter((button) => {
    const id = 'custom_id' in button ? button.custom_id : '';
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** Rows of five; more than fit under the menu are left out. */
export function buttonRows(buttons: readonly APIButtonComponent[], rows: number): Row[] {
  const fitting = buttons.slice(0, rows * LIMITS.buttonsInRow);
  return Array.from({ length: Math.ceil(fitting.length / LIMITS.buttonsInRow) }, (_, index) => ({
    type: ComponentType.ActionRow,
    components: fitting.slice(index * LIMITS.buttonsInRow, (index + 1) * LIMITS.buttonsInRow),
  }));
}

/** A menu that asks how an entry was tagged, in the order of the message; undefined where no entry has an id. */
export function whyMenu(entries: readonly Entry[]): Row | undefined {
  const asked = entries.filter(
    ({ id }, index) =>
      id !== undefined && /^\S{1,100}$/.test(id) && entries.findIndex((each) => each.id === id) === index,
  );
  const offered = newest(asked, LIMITS.menuOptions);
  if (offered.length === 0) return undefined;
  const options = offered.map(({ title, id = '' }) => ({
    label: cut(safeLine(title), LIMITS.menuLabel) || 'untitled',
    value: id,
  }));
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.StringSelect, custom_id: WHY_MENU, placeholder: 'Why this tag?', options }],
  };
}

/** The `most` newest, in the order they stand in; those without a date count as oldest. */
function newest(entries: readonly Entry[], most: number): readonly Entry[] {
  if (entries.length <= most) return entries;
  const byDate = [...entries].sort((one, other) => (other.date ?? '').localeCompare(one.date ?? ''));
  const kept = new Set(byDate.slice(0, most));
  return entries.filter((entry) => kept.has(entry));
}
