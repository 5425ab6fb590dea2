/** Permissions as Discord works them out (docs topics/permissions#permission-overwrites). */
import type { Channel, Guild } from './state.ts';

export const RIGHTS = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  createPublicThreads: 1n << 35n,
  sendMessagesInThreads: 1n << 38n,
} as const;

export type Right = keyof typeof RIGHTS;

const ALL = (1n << 53n) - 1n;

export function bitsOf(rights: readonly Right[]): bigint {
  return rights.reduce((bits, right) => bits | RIGHTS[right], 0n);
}

/** What a member may do in a channel of the guild, or in the guild as a whole; threads take the rights of their channel. */
export function permissionsIn(guild: Guild, userId: string, channel?: Channel): bigint {
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  if (guild.ownerId === userId) return ALL;
  const held = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  const base = held.reduce((bits, role) => bits | role.permissions, 0n);
  if (base & RIGHTS.administrator) return ALL;
  const { overwrites = [] } = channel?.parent ?? channel ?? {};
  const everyone = overwrites.filter(({ id }) => id === guild.id);
  const ofRoles = overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && member.roles.includes(id));
  const ofMember = overwrites.filter(({ id, type }) => type === 1 && id === userId);
  return [everyone, ofRoles, ofMember].reduce((bits, group) => {
    const denied = group.reduce((sum, { deny }) => sum | deny, 0n);
    const allowed = group.reduce((sum, { allow }) => sum | allow, 0n);
    return (bits & ~denied) | allowed;
  }, base);
}

export function may(channel: Channel, userId: string, right: Right): boolean {
  if (channel.guild === undefined) return true;
  return (permissionsIn(channel.guild, userId, channel) & RIGHTS[right]) !== 0n;
}
