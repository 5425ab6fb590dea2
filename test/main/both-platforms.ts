/** The program with both platforms on, against the local Slack and Discord: two workspaces on each, one channel id in both teams. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDiscordServer } from '../adapters/discord/server/index.ts';
import type { Channel, Guild } from '../adapters/discord/server/state.ts';
import { startSlack } from '../adapters/slack/server/index.ts';
import { addChannel } from '../adapters/slack/server/state.ts';
import { Program } from './program.ts';

export interface Source {
  readonly id: string;
  readonly url: string;
}

export type Both = Awaited<ReturnType<typeof openBoth>>;

/** Starts both servers; `start` starts the program, again and again on the same database. */
export async function openBoth(folder: string, sources: readonly Source[]) {
  const slack = await startSlack();
  const discord = await startDiscordServer();
  const bot = discord.addBot();

  const slackWorkspace = (id: string, name: string) => {
    const team = slack.team(id, name);
    // One id in both workspaces, as of a channel that they share.
    const channel = addChannel(team, 'C1', 'general', { members: ['U1', 'U2', team.botUserId] });
    const admin = slack.person(team, 'U1', 'ana', { isAdmin: true });
    return { team, channel, admin, member: slack.person(team, 'U2', 'ben') };
  };
  const discordWorkspace = (name: string) => {
    const guild = discord.addGuild(name);
    discord.invite(bot, guild);
    // So that the client does not hide it from members, and the bot's own check is what refuses them.
    guild.opened.add('feeds');
    const admin = discord.person(bot, guild, 'Ana', ['manageGuild']);
    return { guild, channel: generalOf(guild), admin, member: discord.person(bot, guild, 'Ben') };
  };
  const teams = [slackWorkspace('T1', 'Policy team'), slackWorkspace('T2', 'Press team')] as const;
  const guilds = [discordWorkspace('Policy server'), discordWorkspace('Press server')] as const;

  const feeds = sources.map(({ id, url }) => ({ id, title: `Source ${id}`, url, kind: 'rss', stream: 'us' }));
  writeFileSync(join(folder, 'feeds.json'), JSON.stringify(feeds));
  const settings = {
    FEEDS_FILE: 'feeds.json',
    FEED_ALLOW_PRIVATE: '127.0.0.1',
    DATABASE_FILE: 'test.db',
    SLACK_BOT_TOKEN: teams.map(({ team }) => team.botToken).join(),
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl(),
    DISCORD_TOKEN: bot.token,
    DISCORD_API_URL: discord.apiUrl,
  };
  return {
    slack,
    discord,
    bot,
    teams,
    guilds,
    settings,
    async start(): Promise<Program> {
      const program = new Program(folder, [], settings);
      await program.says('Slack: on in “Policy team”, “Press team”.');
      await program.says('Discord: on in 2 servers.');
      return program;
    },
    async close() {
      await slack.close();
      await discord.close();
    },
  };
}

function generalOf(guild: Guild): Channel {
  const [general] = guild.channels;
  if (general === undefined) throw new Error('a server without a channel');
  return general;
}
