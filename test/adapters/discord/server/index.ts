/** A small Discord on this machine: discord.js connects to it as it is. It refuses what Discord refuses. */
import type { AddressInfo } from 'node:net';
import { createGateway } from './gateway.ts';
import { channelJson, guildCreateJson, guildJson } from './payloads.ts';
import { bitsOf, type Right } from './permissions.ts';
import { createPerson, type Person } from './person.ts';
import { createRest } from './rest.ts';
import { type Bot, type Channel, createState, type Guild, type Overwrite, TEXT, type User } from './state.ts';

/** What the invite link of the bot asks for. */
const INVITED_WITH: readonly Right[] = [
  'viewChannel',
  'sendMessages',
  'sendMessagesInThreads',
  'createPublicThreads',
  'embedLinks',
  'attachFiles',
  'readMessageHistory',
];

export type DiscordServer = Awaited<ReturnType<typeof startDiscordServer>>;

export async function startDiscordServer() {
  const state = createState();
  let address = '';
  const rest = createRest({
    state,
    address: () => address,
    dispatch: (bot, type, data) => gateway.dispatch(bot, type, data),
  });
  const gateway = createGateway(rest.server, state, () => address);
  await new Promise<void>((resolve) => rest.server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(rest.server.address() as AddressInfo).port}`;

  const addUser = (username: string, isBot: boolean): User => {
    const user = {
      id: state.snowflake(),
      username: username.toLowerCase(),
      displayName: username,
      isBot,
      dmsClosed: false,
    };
    state.users.set(user.id, user);
    return user;
  };
  const botsIn = (guild: Guild) => state.bots.filter((bot) => guild.members.has(bot.user.id));
  const tell = (guild: Guild, type: string, data: object) => {
    for (const bot of botsIn(guild)) gateway.dispatch(bot, type, data);
  };

  return {
    state,
    gateway,
    faults: rest.faults,
    /** Answered requests. */
    seen: rest.seen,
    violations: rest.violations,
    /** What discord.js takes as `rest.api`. */
    apiUrl: `${address}/api`,
    addBot(username = 'Barrierwatch'): Bot {
      const user = addUser(username, true);
      const bot = { user, token: `token.of.${user.id}`, privileged: 0, commands: new Map(), commandWrites: 0 };
      state.bots.push(bot);
      return bot;
    },
    /** A guild with its owner, a role for everyone and one text channel, `general`, which is its system channel. */
    addGuild(name = 'Policy team'): Guild {
      const id = state.snowflake();
      const owner = addUser(`Owner of ${name}`, false);
      const everyone = {
        id,
        name: '@everyone',
        permissions: bitsOf(['viewChannel', 'sendMessages', 'readMessageHistory']),
      };
      const guild: Guild = {
        id,
        name,
        ownerId: owner.id,
        roles: [everyone],
        members: new Map([[owner.id, { user: owner, roles: [] }]]),
        channels: [],
        systemChannelId: null,
        isUnavailable: false,
        opened: new Set(),
      };
      state.guilds.push(guild);
      guild.systemChannelId = this.addChannel(guild, 'general').id;
      return guild;
    },
    addChannel(guild: Guild, name: string, { type = TEXT }: { readonly type?: number } = {}): Channel {
      const base = { id: state.snowflake(), type, name, guild, overwrites: [], messages: [] };
      const channel: Channel = { ...base, archived: false, locked: false };
      guild.channels.push(channel);
      tell(guild, 'CHANNEL_CREATE', channelJson(channel));
      return channel;
    },
    /** Takes rights from a bot in a channel, or gives them back with an empty list. */
    deny(channel: Channel, bot: Bot, rights: readonly Right[]): void {
      const overwrite: Overwrite = { id: bot.user.id, type: 1, allow: 0n, deny: bitsOf(rights) };
      channel.overwrites = rights.length > 0 ? [overwrite] : [];
      if (channel.guild) tell(channel.guild, 'CHANNEL_UPDATE', channelJson(channel));
    },
    /** Archives a thread and locks it. */
    lock(thread: Channel): void {
      Object.assign(thread, { archived: true, locked: true });
      if (thread.guild) tell(thread.guild, 'THREAD_UPDATE', channelJson(thread));
    },
    deleteChannel(channel: Channel): void {
      const { guild } = channel;
      if (guild === undefined) throw new Error('only channels of guilds are deleted');
      guild.channels.splice(guild.channels.indexOf(channel), 1);
      tell(guild, channel.parent ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channelJson(channel));
    },
    /** The bot joins a guild, with these rights. */
    invite(bot: Bot, guild: Guild, rights: readonly Right[] = INVITED_WITH): void {
      const role = { id: state.snowflake(), name: bot.user.username, permissions: bitsOf(rights) };
      guild.roles.push(role);
      guild.members.set(bot.user.id, { user: bot.user, roles: [role.id] });
      gateway.dispatch(bot, 'GUILD_CREATE', guildCreateJson(guild, bot));
    },
    remove(bot: Bot, guild: Guild): void {
      guild.members.delete(bot.user.id);
      gateway.dispatch(bot, 'GUILD_DELETE', { id: guild.id });
    },
    outage(guild: Guild): void {
      guild.isUnavailable = true;
      tell(guild, 'GUILD_DELETE', { id: guild.id, unavailable: true });
    },
    outageEnds(guild: Guild): void {
      guild.isUnavailable = false;
      for (const bot of botsIn(guild)) gateway.dispatch(bot, 'GUILD_CREATE', guildCreateJson(guild, bot));
    },
    rename(guild: Guild, name: string): void {
      Object.assign(guild, { name });
      tell(guild, 'GUILD_UPDATE', guildJson(guild));
    },
    /** A person of a guild who speaks to the bot. */
    person(bot: Bot, guild: Guild, name: string, rights: readonly Right[] = []): Person {
      const user = addUser(name, false);
      const role = { id: state.snowflake(), name: `role of ${name}`, permissions: bitsOf(rights) };
      guild.roles.push(role);
      guild.members.set(user.id, { user, roles: [role.id] });
      return createPerson({ state, gateway, bot, user, address: () => address, isBusy: () => rest.open() > 0 });
    },
    /** Everyone who was pinged by any message so far. */
    pings: (): readonly string[] =>
      [...state.guilds.flatMap(({ channels }) => channels), ...state.directs].flatMap(({ messages }) =>
        messages.flatMap(({ pinged }) => pinged),
      ),
    /** The direct messages of a user. */
    direct: (user: User): Channel | undefined => state.directs.find(({ recipient }) => recipient === user),
    async close(): Promise<void> {
      gateway.shut();
      rest.server.closeAllConnections();
      await new Promise((resolve) => rest.server.close(resolve));
    },
  };
}
