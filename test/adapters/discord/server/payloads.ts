/** The server's things as Discord writes them in JSON. */
import { permissionsIn } from './permissions.ts';
import type { AttachedFile, Bot, Channel, Guild, Member, Message, Role, User } from './state.ts';
import { DIRECT, PUBLIC_THREAD } from './state.ts';

export function userJson({ id, username, displayName, isBot }: User) {
  return { id, username, global_name: displayName, discriminator: '0', avatar: null, bot: isBot, public_flags: 0 };
}

export function memberJson({ user, roles }: Member) {
  return {
    user: userJson(user),
    roles,
    nick: null,
    avatar: null,
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  };
}

function roleJson({ id, name, permissions }: Role, position: number) {
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

export function rolesJson(guild: Guild) {
  return guild.roles.map(roleJson);
}

export function channelJson(channel: Channel) {
  const { id, type, name, guild, parent, recipient, overwrites, archived, locked } = channel;
  if (type === DIRECT) return { id, type, recipients: recipient ? [userJson(recipient)] : [], last_message_id: null };
  return {
    id,
    type,
    name,
    guild_id: guild?.id,
    parent_id: parent?.id ?? null,
    position: 0,
    nsfw: false,
    last_message_id: channel.messages.at(-1)?.id ?? null,
    permission_overwrites: overwrites.map(({ allow, deny, ...rest }) => ({
      ...rest,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(type === PUBLIC_THREAD
      ? {
          owner_id: guild?.ownerId,
          message_count: channel.messages.length,
          member_count: 1,
          thread_metadata: {
            archived,
            locked,
            auto_archive_duration: 1440,
            archive_timestamp: '2026-01-01T00:00:00.000000+00:00',
          },
        }
      : {}),
  };
}

export function guildJson(guild: Guild) {
  const isThread = ({ type }: Channel) => type === PUBLIC_THREAD;
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    icon: null,
    splash: null,
    banner: null,
    description: null,
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    vanity_url_code: null,
    features: [],
    emojis: [],
    stickers: [],
    roles: rolesJson(guild),
    unavailable: false,
    member_count: guild.members.size,
    channels: guild.channels.filter((channel) => !isThread(channel)).map(channelJson),
    threads: guild.channels.filter(isThread).map(channelJson),
  };
}

/** What GUILD_CREATE brings with the intent `Guilds`: of the members the bot alone. */
export function guildCreateJson(guild: Guild, bot: Bot) {
  const own = guild.members.get(bot.user.id);
  return {
    ...guildJson(guild),
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    large: false,
    members: own ? [memberJson(own)] : [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function messageJson(message: Message, address: string) {
  const { id, channel, author, content, embeds, components, files, flags, nonce, at } = message;
  return {
    id,
    type: 0,
    channel_id: channel.id,
    author: userJson(author),
    content,
    embeds: embeds.map((embed) => ({ type: 'rich', ...embed })),
    components,
    attachments: files.map((file) => ({
      id: file.id,
      filename: file.name,
      size: Buffer.byteLength(file.content),
      url: `${address}/attachments/${file.id}/${file.name}`,
      proxy_url: `${address}/attachments/${file.id}/${file.name}`,
      ...(file.description ? { description: file.description } : {}),
    })),
    flags,
    pinned: false,
    timestamp: new Date(at).toISOString(),
    edited_timestamp: message.isEdited ? new Date(at).toISOString() : null,
    tts: false,
    mention_everyone: message.pinged.includes('everyone'),
    mentions: [],
    mention_roles: [],
    ...(nonce === undefined ? {} : { nonce }),
    ...(message.interactionId === undefined
      ? {}
      : {
          interaction_metadata: {
            id: message.interactionId,
            type: 2,
            user: userJson(author),
            authorizing_integration_owners: {},
          },
        }),
  };
}

/** A message that is read later: its nonce is lost (discord.js, Message#nonce). */
export function fetchedJson(message: Message, address: string) {
  const { nonce: _, ...rest } = { nonce: undefined, ...messageJson(message, address) };
  return rest;
}

/** A file as `resolved.attachments` of a command carries it. */
export function attachedJson(id: string, { name, content }: AttachedFile, url: string) {
  return {
    id,
    filename: name,
    size: Buffer.byteLength(content),
    url,
    proxy_url: url,
    content_type: 'text/plain; charset=utf-8',
    ephemeral: true,
  };
}

/** Member and permissions as an interaction carries them. */
export function interactionMemberJson(guild: Guild, user: User, channel: Channel) {
  const member = guild.members.get(user.id);
  if (member === undefined) throw new Error(`${user.username} is no member of ${guild.name}`);
  return { ...memberJson(member), permissions: String(permissionsIn(guild, user.id, channel)) };
}
