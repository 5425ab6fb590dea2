import type { Config } from '../../src/config.ts';

/** What is needed to speak to Discord. */
export interface DiscordSettings {
  readonly token: string;
  /** Another base address of the API. */
  readonly apiUrl?: string;
}

/** The settings of Discord; undefined where there is no token. */
export function discordSettings({ DISCORD_TOKEN, DISCORD_API_URL }: Config): DiscordSettings | undefined {
  if (DISCORD_TOKEN === undefined) return undefined;
  return { token: DISCORD_TOKEN, ...(DISCORD_API_URL ? { apiUrl: DISCORD_API_URL } : {}) };
}
