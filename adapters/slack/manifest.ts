/** The app manifest (docs.slack.dev/reference/app-manifest, schema 2), made from the commands: Slack makes the app from it. */
import { type Command, ROOTS, type Root, usage } from '../../src/command.ts';
import { LIMITS } from './limits.ts';
import { SCOPES } from './scopes.ts';

export interface ManifestOptions {
  /** Put before command names; empty for none. */
  readonly prefix: string;
  /** The public https address that Slack's requests come to; absent for Socket Mode, which needs none. */
  readonly url?: string;
}

const DESCRIPTIONS: Readonly<Record<Root, string>> = {
  barrier: 'The barriers to governing AI: pressure, newest events, search, and how an item was tagged',
  digest: 'The digest of this channel: what it would hold, when it comes, and of what',
  feeds: 'The sources this workspace watches: list, health, and changes by admins',
};

/** What Slack tells the bot of, besides commands and presses. */
const EVENTS = [
  'app_home_opened',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'group_archive',
  'group_deleted',
  'group_left',
  'member_joined_channel',
  'message.im',
  'tokens_revoked',
] as const;

/** The path that Slack's requests come to over HTTP. */
export const ENDPOINT = '/slack/events';

export function buildManifest(commands: readonly Command[], { prefix, url }: ManifestOptions): object {
  const address = url === undefined ? undefined : `${url.replace(/\/$/, '')}${ENDPOINT}`;
  const request = address === undefined ? {} : { request_url: address };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Barrierwatch',
      description: 'What moved in AI governance, tagged against six barriers with proof',
      long_description:
        'Barrierwatch reads what public bodies publish on AI (UN panels, EU AI Act implementation, US executive action, AI safety institutes, independent trackers), tags every item against the six barriers of two essays, and posts a daily digest. Each tag shows the words that support it, the essay section that defines it, and whether the item deepens or eases the barrier.',
      background_color: '#1a4f9c',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'barrierwatch', always_online: true },
      slash_commands: ROOTS.map((root) => ({
        command: `/${prefix}${root}`.slice(0, LIMITS.commandName),
        description: DESCRIPTIONS[root],
        usage_hint: hintOf(commands, root),
        should_escape: false,
        ...(address === undefined ? {} : { url: address }),
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { ...request, bot_events: [...EVENTS] },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: address === undefined,
      token_rotation_enabled: false,
    },
  };
}

/** `show <barrier> | search <words> … | help`, as far as it fits. */
function hintOf(commands: readonly Command[], root: Root): string {
  const parts = commands
    .filter((command) => command.root === root)
    .map((command) => usage(command).split(' ').slice(1).join(' '));
  const hints: string[] = [];
  for (const part of parts) {
    if ([...hints, part].join(' | ').length <= LIMITS.commandHint) hints.push(part);
  }
  return hints.join(' | ');
}
