/** Servers that the bot joins, leaves, or finds itself in at its start. */
import { type Client, Events, type Guild, type GuildTextBasedChannel } from 'discord.js';
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Card } from '../../src/card.ts';
import { messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Channel } from '../../src/model.ts';
import { forEachOf } from '../../src/workers.ts';
import { channelOf, workspaceId, workspaceOf } from './asker.ts';
import { ADMINS_IN_WORDS, missingForPosts } from './rights.ts';

const GUILDS_AT_ONCE = 4;

export interface GuildParts {
  readonly client: Client;
  readonly host: AdapterHost;
  readonly log: Log;
  readonly timeZone: string;
  readonly post: (channel: Channel, card: Card, key: string) => Promise<string>;
}

/** Hears of servers and channels that come and go. Outages are neither: the client tells them apart. */
export function watchGuilds(parts: GuildParts, track: (work: Promise<void>) => void): void {
  const { client, host, log } = parts;
  const run = (work: Promise<void>) =>
    track(work.catch((thrown: unknown) => log.error({ err: thrown }, 'a change of a server could not be followed')));
  client.on(Events.GuildCreate, (guild) => run(onJoin(parts, guild)));
  client.on(Events.GuildDelete, ({ id }) => {
    const reason = 'Barrierwatch was removed from the server; invite it again with the link it prints at its start.';
    run(host.removed({ workspaceId: workspaceId(id) }, reason));
  });
  const onChannelGone = (guildId: string, channelId: string) =>
    run(host.removed({ workspaceId: workspaceId(guildId), channelId }, 'The channel was deleted.'));
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) onChannelGone(channel.guildId, channel.id);
  });
  client.on(Events.ThreadDelete, ({ guildId, id }) => onChannelGone(guildId, id));
}

/** Makes the servers known that the bot is in at its start; it may have been invited while it was off. */
export async function knowGuilds(parts: GuildParts): Promise<void> {
  const guilds = [...parts.client.guilds.cache.values()].filter(({ available }) => available);
  await forEachOf(guilds, GUILDS_AT_ONCE, async (guild) => {
    try {
      await parts.host.join(workspaceOf(guild, parts.timeZone));
      await welcome(parts, guild);
    } catch (thrown) {
      // One server keeps no other from being served; its own next command makes it known.
      parts.log.error({ err: thrown, workspace: workspaceId(guild.id) }, 'a server could not be made known');
    }
  });
}

async function onJoin(parts: GuildParts, guild: Guild): Promise<void> {
  await parts.host.join(workspaceOf(guild, parts.timeZone));
  await parts.host.returned(workspaceId(guild.id));
  await welcome(parts, guild);
}

/** Says once, also after a restart, who is there; in a server where the bot may speak nowhere it waits for its next start. */
async function welcome({ host, log, timeZone, post }: GuildParts, guild: Guild): Promise<void> {
  const found = welcomeChannel(guild);
  const workspace = workspaceOf(guild, timeZone);
  if (found === undefined || !(await host.once(workspace.id, 'welcome'))) return;
  const channel = channelOf(guild.id, found.id);
  const card = await host.invited(workspace, channel, ADMINS_IN_WORDS);
  if (card === undefined) return;
  try {
    await post(channel, card, `welcome ${channel.id}`);
  } catch (thrown) {
    log.warn({ workspace: workspace.id, reason: messageOf(thrown) }, 'the welcome could not be posted');
  }
}

/** The system channel, else the first text channel, where the bot may write. */
function welcomeChannel(guild: Guild): GuildTextBasedChannel | undefined {
  const { me } = guild.members;
  if (me === null) return undefined;
  const texts = [...guild.channels.cache.values()]
    .filter((channel) => !channel.isThread() && channel.isTextBased() && !channel.isVoiceBased())
    .sort((one, other) => one.rawPosition - other.rawPosition);
  const { systemChannel } = guild;
  return [...(systemChannel ? [systemChannel] : []), ...texts].find(
    (channel) => missingForPosts(channel.permissionsFor(me), false).length === 0,
  );
}
