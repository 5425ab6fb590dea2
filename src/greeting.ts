/** What the bot says of itself at the start: which adapters are off, and what to set to turn them on. */
import type { Config } from './config.ts';

/** One line an adapter that has no token. */
export function offLines(config: Config): string[] {
  return [
    ...(config.SLACK_BOT_TOKEN
      ? []
      : ['Slack: off. docs/slack.md says how to get SLACK_BOT_TOKEN and SLACK_APP_TOKEN.']),
    ...(config.DISCORD_TOKEN ? [] : ['Discord: off. docs/discord.md says how to get DISCORD_TOKEN.']),
  ];
}

/** `slack` as people write it. */
export function platformName(adapter: string): string {
  return adapter.charAt(0).toUpperCase() + adapter.slice(1);
}
