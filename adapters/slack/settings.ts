import { type Config, isSlackOverHttp } from '../../src/config.ts';

/** What is needed to speak to Slack. */
export interface SlackSettings {
  /** One a workspace. */
  readonly botTokens: readonly string[];
  /** For Socket Mode; absent where Slack sends its requests over HTTP. */
  readonly appToken?: string;
  /** Proves that a request over HTTP comes from Slack; needed without `appToken`. */
  readonly signingSecret?: string;
  /** The port that Slack's requests come to; needed without `appToken`. */
  readonly port?: number;
  /** Another base address of the Web API. */
  readonly apiUrl?: string;
  /** Handle or id of the user group whose members are admins; absent for none. */
  readonly adminGroup?: string;
}

/** The settings of Slack; undefined where there is no token. */
export function slackSettings(config: Config): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, SLACK_ADMIN_GROUP } = config;
  if (SLACK_BOT_TOKEN === undefined) return undefined;
  return {
    botTokens: SLACK_BOT_TOKEN,
    ...(SLACK_APP_TOKEN ? { appToken: SLACK_APP_TOKEN } : {}),
    ...(SLACK_SIGNING_SECRET ? { signingSecret: SLACK_SIGNING_SECRET } : {}),
    ...(isSlackOverHttp(config) ? { port: config.HTTP_PORT } : {}),
    ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}),
    ...(SLACK_ADMIN_GROUP ? { adminGroup: SLACK_ADMIN_GROUP } : {}),
  };
}
