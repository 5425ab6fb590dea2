/**
 * The key of a message, where it can be found again. The nonce is gone when a message is fetched (discord.js, Message#nonce), so
 * the key stands where nobody reads it: in the id of the menu under the message, else as the address of an embed without a title,
 * which no client shows.
 */
import { ComponentType } from 'discord.js';
import { WHY_MENU } from './custom-id.ts';
import type { DiscordMessage } from './render.ts';

/** A name that leads nowhere (RFC 2606 §2). */
const ADDRESS = 'https://key.invalid/';
const MENU = `${WHY_MENU} `;

/** True for the menu that asks how an entry was tagged, with a key or without one. */
export function isWhyMenu(customId: string): boolean {
  return customId === WHY_MENU || customId.startsWith(MENU);
}

/** The message with the key in it; as it was where there is no place for one. */
export function withKey(message: DiscordMessage, key: string): DiscordMessage {
  const hasMenu = message.components.some(({ components }) => components.some(isMenu));
  if (hasMenu) {
    const components = message.components.map((row) => ({
      ...row,
      components: row.components.map((each) => (isMenu(each) ? { ...each, custom_id: `${MENU}${key}` } : each)),
    }));
    return { ...message, components };
  }
  const place = message.embeds.findIndex(({ title }) => title === undefined);
  const embeds = message.embeds.map((embed, index) =>
    index === place ? { ...embed, url: `${ADDRESS}${key}` } : embed,
  );
  return { ...message, embeds };
}

function isMenu(component: DiscordMessage['components'][number]['components'][number]): boolean {
  return component.type === ComponentType.StringSelect && component.custom_id === WHY_MENU;
}

interface FetchedMessage {
  readonly embeds: readonly { readonly url?: string | null }[];
  readonly components: readonly object[];
}

/** The key that a fetched message carries; undefined where it has none. */
export function keyOf({ embeds, components }: FetchedMessage): string | undefined {
  const ids = components.flatMap((row) => ('components' in row && Array.isArray(row.components) ? row.components : []));
  const menu = ids.map(({ customId }) => String(customId)).find((id) => id.startsWith(MENU));
  const address = embeds.map(({ url }) => url ?? '').find((url) => url.startsWith(ADDRESS));
  return menu?.slice(MENU.length) ?? address?.slice(ADDRESS.length);
}
