/** Splits what a card holds into messages that Slack takes, never inside an entry. */
import type { types } from '@slack/bolt';
import { BUDGET } from './limits.ts';

/** The least that stays together. */
export interface Piece {
  readonly blocks: readonly types.KnownBlock[];
  /** Its words, for notifications and screen readers. */
  readonly words: string;
  /** Entries in it: 1 for an entry, else 0. */
  readonly entries: number;
  /** The item that can be asked about; absent for pieces that are no item. */
  readonly why?: { readonly id: string; readonly title: string };
  /** True where it begins a section; it is repeated, as continued, where the section goes on in the next message. */
  readonly heading?: { readonly continued: Piece };
}

const ROOM_FOR_ACTIONS = { blocks: 2, characters: 200 };
/** An option of the menu of items, with its JSON. */
const ROOM_FOR_OPTION = 200;

/** Groups of pieces, each within the budget of one message; `reserved` characters of the first are kept for its buttons. */
export function split(pieces: readonly Piece[], reserved = 0): Piece[][] {
  const groups: Piece[][] = [];
  let group: Piece[] = [];
  let heading: Piece | undefined;
  let used = { blocks: 0, characters: reserved };

  const close = () => {
    if (group.length > 0) groups.push(group);
    group = [];
    used = { blocks: 0, characters: 0 };
  };
  const add = (piece: Piece) => {
    group.push(piece);
    const size = sizeOf(piece);
    used = { blocks: used.blocks + size.blocks, characters: used.characters + size.characters };
  };

  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    // A heading at the end of a message would stand apart from what it names.
    const together = piece.heading && next ? [piece, next] : [piece];
    if (!fits(used, together)) {
      close();
      if (!piece.heading && heading?.heading) add(heading.heading.continued);
    }
    if (piece.heading) heading = piece;
    add(piece);
  }
  close();
  return groups;
}

interface Size {
  readonly blocks: number;
  readonly characters: number;
}

function fits(used: Size, pieces: readonly Piece[]): boolean {
  const sizes = [used, ROOM_FOR_ACTIONS, ...pieces.map(sizeOf)];
  return (
    sizes.reduce((sum, size) => sum + size.blocks, 0) <= BUDGET.blocks &&
    sizes.reduce((sum, size) => sum + size.characters, 0) <= BUDGET.characters
  );
}

function sizeOf({ blocks, why }: Piece): Size {
  const characters = blocks.reduce((sum, block) => sum + JSON.stringify(block).length, 0);
  return { blocks: blocks.length, characters: characters + (why ? ROOM_FOR_OPTION : 0) };
}
