/** Who is an admin, and what the bot itself may do, from what Discord says. */
import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';

/** Who is an admin, to end a sentence. */
export const ADMINS_IN_WORDS = 'someone with the permission Manage Server here, or named in the setting ADMINS';

/** The permission that makes an admin; Administrator implies it. */
export const ADMIN_PERMISSION = PermissionFlagsBits.ManageGuild;

/** What the invite link asks for, by the names of Discord's settings; the table in docs/discord.md says why. */
export const ASKED_PERMISSIONS = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const;
type PermissionName = keyof typeof ASKED_PERMISSIONS;

const FOR_POSTS: readonly PermissionName[] = ['View Channel', 'Send Messages', 'Embed Links'];
const FOR_POSTS_IN_THREADS: readonly PermissionName[] = ['View Channel', 'Send Messages in Threads', 'Embed Links'];

/** The names of what is lacking for a post; `held` is null where the bot cannot even see the channel. */
export function missingForPosts(
  held: Readonly<PermissionsBitField> | bigint | null,
  isThread: boolean,
): readonly PermissionName[] {
  const needed = isThread ? FOR_POSTS_IN_THREADS : FOR_POSTS;
  return needed.filter((name) => !holds(held, ASKED_PERMISSIONS[name]));
}

/** True where the rest of a long digest can go into a thread. */
export function mayThread(held: Readonly<PermissionsBitField> | null): boolean {
  return holds(held, PermissionFlagsBits.CreatePublicThreads) && holds(held, PermissionFlagsBits.SendMessagesInThreads);
}

export function holds(held: Readonly<PermissionsBitField> | bigint | null, permission: bigint): boolean {
  if (held === null) return false;
  if (typeof held === 'bigint') return (held & (permission | PermissionFlagsBits.Administrator)) !== 0n;
  return held.has(permission);
}

/** One sentence on what is lacking and where to give it. */
export function missingSentence(names: readonly string[], channel: string): string {
  return `Barrierwatch lacks ${names.join(', ')} in ${channel}; give it that under the channel’s settings, Permissions.`;
}
