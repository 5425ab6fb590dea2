/** What the bot says of itself at the start: which adapters are on, and what to set to turn on the others. */
import type { Config } from './config.ts';

/** One line an adapter. */
export function adapterLines(config: Config): string[] {
  const slackSet = config.SLACK_BOT_TOKEN !== undefined;
  const discordSet = config.DISCORD_TOKEN !== undefined;
  return [
    'Terminal: on.',
    slackSet
      ? 'Slack: off. Its settings are complete, but this version does not speak Slack yet; nothing is sent there.'
      : 'Slack: off. It will need SLACK_BOT_TOKEN and SLACK_APP_TOKEN; this version does not speak Slack yet.',
    discordSet
      ? 'Discord: off. DISCORD_TOKEN is set, but this version does not speak Discord yet; nothing is sent there.'
      : 'Discord: off. It will need DISCORD_TOKEN; this version does not speak Discord yet.',
  ];
}
