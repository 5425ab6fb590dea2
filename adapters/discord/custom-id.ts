/** What buttons carry: a press as text, or the id of one that is kept in the store because it is too long. */
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Card } from '../../src/card.ts';
import { type Press, readPress, writePress } from '../../src/press.ts';
import { LIMITS } from './limits.ts';

/** The menu that asks how an entry was tagged. */
export const WHY_MENU = 'why';

const KEPT = 'kept ';

/** Ids of presses too long for a button, by their text. */
export type KeptPresses = ReadonlyMap<string, string>;

/** All presses that a card's own buttons and its share button stand for. */
export function pressesOf({ blocks, share }: Card): Press[] {
  const own = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  return [
    ...own.map(({ action, command }): Press => ({ action: action ?? 'run', line: command })),
    ...(share ? [{ action: 'share', line: share } as const] : []),
  ];
}

/** Keeps what is too long for a button; done before rendering, which is pure. */
export async function keepLong(
  host: Pick<AdapterHost, 'keepLine'>,
  workspaceId: string,
  presses: readonly Press[],
): Promise<KeptPresses> {
  const kept = new Map<string, string>();
  for (const text of presses.map(writePress).filter((each) => each.length > LIMITS.customId)) {
    kept.set(text, await host.keepLine(workspaceId, text));
  }
  return kept;
}

/** The custom id of a press; undefined for a long one that was not kept. */
export function writeCustomId(press: Press, kept: KeptPresses): string | undefined {
  const text = writePress(press);
  if (text.length <= LIMITS.customId) return text;
  const id = kept.get(text);
  return id === undefined ? undefined : `${KEPT}${id}`;
}

/** The press of a custom id; undefined for a button of another version, or of another workspace. */
export async function readCustomId(
  host: Pick<AdapterHost, 'findLine'>,
  workspaceId: string,
  customId: string,
): Promise<Press | undefined> {
  if (!customId.startsWith(KEPT)) return readPress(customId);
  const text = await host.findLine(workspaceId, customId.slice(KEPT.length));
  return text === undefined ? undefined : readPress(text);
}
