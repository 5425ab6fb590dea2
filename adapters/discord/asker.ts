/** Who asks, and where, from what Discord's own payload says. */
import { type BaseInteraction, GuildMember } from 'discord.js';
import type { User } from '../../src/command.ts';
import type { Channel, Workspace } from '../../src/model.ts';
import { ADMIN_PERMISSION, ADMINS_IN_WORDS } from './rights.ts';

/** The name of this adapter, and the start of its ids. */
export const DISCORD = 'discord';

export interface Asker {
  readonly workspace: Workspace;
  readonly channel: Channel;
  readonly user: User;
  readonly isAdmin: boolean;
}

export function workspaceId(guildId: string): string {
  return `${DISCORD}:${guildId}`;
}

export function workspaceOf({ id, name }: { readonly id: string; readonly name: string }, timeZone: string): Workspace {
  return { id: workspaceId(id), adapter: DISCORD, name, timeZone };
}

export function channelOf(guildId: string, channelId: string): Channel {
  return { adapter: DISCORD, workspaceId: workspaceId(guildId), id: channelId };
}

/** Undefined outside of a server. */
export function askerOf(
  interaction: BaseInteraction,
  { timeZone, admins }: { readonly timeZone: string; readonly admins: readonly string[] },
): Asker | undefined {
  const { guildId, channelId, user, member, guild } = interaction;
  if (!interaction.inGuild() || guildId === null || channelId === null) return undefined;
  const id = `${DISCORD}:${user.id}`;
  // The payload has the channel's own permissions worked in, and Administrator implies every other.
  const isAdmin = admins.includes(id) || (interaction.memberPermissions?.has(ADMIN_PERMISSION) ?? false);
  const name = member instanceof GuildMember ? member.displayName : user.displayName;
  return {
    workspace: workspaceOf({ id: guildId, name: guild?.name ?? `server ${guildId}` }, timeZone),
    channel: channelOf(guildId, channelId),
    user: { id, name, isAdmin: async () => isAdmin, admins: ADMINS_IN_WORDS },
    isAdmin,
  };
}
