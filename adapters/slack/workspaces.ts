/** The workspaces the bot's tokens belong to, as Slack itself names them. */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { messageOf, UserError } from '../../src/errors.ts';
import type { Channel, Workspace } from '../../src/model.ts';
import { type ClientSettings, createClient, repeatable } from './client.ts';
import { startFailure } from './failure.ts';
import { missingScopes } from './scopes.ts';

export const SLACK = 'slack';

/** One workspace with its client. */
export interface Team {
  readonly teamId: string;
  readonly workspace: Workspace;
  readonly token: string;
  readonly client: webApi.WebClient;
  readonly botUserId: string;
  readonly botId: string | undefined;
  /** Where the workspace is on the web, with a slash at the end; absent where Slack does not say. */
  readonly address: string | undefined;
  /** The bot's name, without the @. */
  readonly botName: string;
  readonly missingScopes: readonly string[];
}

const identity = z.object({
  team_id: z.string(),
  url: z.string().optional(),
  team: z.string().default('a Slack workspace'),
  user_id: z.string(),
  user: z.string().default('barrierwatch'),
  bot_id: z.string().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Asks Slack whose token it is. Throws UserError for a token that is refused or lacks a scope, WorldError when Slack cannot be asked. */
export async function readTeam(token: string, timeZone: string, settings: ClientSettings): Promise<Team> {
  const client = createClient(token, settings);
  const found = identity.parse(await ask(client));
  const scopes = found.response_metadata?.scopes;
  const missing = scopes ? missingScopes(scopes) : { needed: [], useful: [] };
  if (missing.needed.length > 0) {
    throw new UserError(
      `The app in “${found.team}” lacks ${missing.needed.join(', ')}. Add it under OAuth & Permissions and install the app again.`,
    );
  }
  return {
    teamId: found.team_id,
    workspace: { id: `${SLACK}:${found.team_id}`, adapter: SLACK, name: found.team, timeZone },
    token,
    client,
    botUserId: found.user_id,
    botId: found.bot_id,
    address: found.url,
    botName: found.user,
    missingScopes: missing.useful,
  };
}

/**
 * The workspaces of all tokens. One whose token is refused keeps no other from its bot: `refused` says so, a sentence each.
 * Throws UserError where every token is refused, WorldError when Slack cannot be asked.
 */
export async function readTeams(
  { botTokens, timeZone, apiUrl }: { botTokens: readonly string[]; timeZone: string; apiUrl?: string | undefined },
  logger: ClientSettings['logger'],
): Promise<{ readonly found: readonly Team[]; readonly refused: readonly string[] }> {
  const results = await Promise.allSettled(botTokens.map((token) => readTeam(token, timeZone, { apiUrl, logger })));
  const failed = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ reason: result.reason as unknown, number: index + 1 }] : [],
  );
  const found = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const serious = failed.find(({ reason }) => !(reason instanceof UserError)) ?? (found.length === 0 && failed[0]);
  if (serious) throw serious.reason;
  const refused = failed.map(({ reason, number }) => `Token ${number} of ${botTokens.length}: ${messageOf(reason)}`);
  return { found, refused };
}

async function ask(client: webApi.WebClient) {
  try {
    return await repeatable(() => client.auth.test());
  } catch (thrown) {
    throw startFailure(thrown, 'SLACK_BOT_TOKEN');
  }
}

export function channelOf({ workspace }: Pick<Team, 'workspace'>, id: string): Channel {
  return { adapter: SLACK, workspaceId: workspace.id, id };
}
