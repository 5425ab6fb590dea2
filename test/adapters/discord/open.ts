/** A whole bot on the local Discord for tests: real core, real store in memory, real discord.js. */
import { createDiscordAdapter, type DiscordOptions } from '../../../adapters/discord/index.ts';
import type { Channel as CoreChannel, ItemDraft } from '../../../src/model.ts';
import { createTestBot, feedDraft, type Sources } from '../../test-bot.ts';
import { ITEMS } from '../items.ts';
import { startDiscordServer } from './server/index.ts';
import type { Channel, Guild } from './server/state.ts';

export type OpenBot = Awaited<ReturnType<typeof openBot>>;

/** A server with one guild, `Policy team`, an admin and a member; the adapter is started unless said otherwise. */
export async function openBot({
  items = ITEMS,
  isStarted = true,
  options = {},
}: {
  readonly items?: readonly ItemDraft[];
  readonly isStarted?: boolean;
  readonly options?: Partial<DiscordOptions>;
} = {}) {
  const server = await startDiscordServer();
  const bot = server.addBot();
  const guild = server.addGuild();
  server.invite(bot, guild);
  const sources: Sources = new Map([['https://us.example/feed', items]]);
  const core = await createTestBot([feedDraft('us')], sources);
  const settings: DiscordOptions = {
    token: bot.token,
    apiUrl: server.apiUrl,
    admins: [],
    prefix: '',
    timeZone: 'Europe/Brussels',
    host: core.host,
    log: core.log,
    clock: core.clock,
    retryPauses: [5, 10],
    ...options,
  };
  let adapter = createDiscordAdapter(settings);
  core.dependencies.adapters.push(adapter);
  if (isStarted) {
    await adapter.start();
    await core.poll();
  }
  return {
    server,
    bot,
    guild,
    core,
    general: channelNamed(guild, 'general'),
    admin: server.person(bot, guild, 'Ana', ['manageGuild']),
    member: server.person(bot, guild, 'Ben'),
    get adapter() {
      return adapter;
    },
    /** A new process on the same database. */
    async restart() {
      await adapter.stop();
      adapter = createDiscordAdapter(settings);
      core.dependencies.adapters.splice(-1, 1, adapter);
      await adapter.start();
    },
    async close() {
      await adapter.stop();
      await core.store.close();
      await server.close();
      // A body that does not fit Discord's document is a fault in any test.
      if (server.violations.length > 0) throw new Error(server.violations.join('\n'));
    },
  };
}

function channelNamed(guild: Guild, name: string): Channel {
  const found = guild.channels.find((channel) => channel.name === name);
  if (found === undefined) throw new Error(`no channel ${name}`);
  return found;
}

/** The channel as the core names it. */
export function coreChannel(channel: Channel): CoreChannel {
  return { adapter: 'discord', workspaceId: `discord:${channel.guild?.id}`, id: channel.id };
}
