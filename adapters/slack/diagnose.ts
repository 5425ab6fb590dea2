/** What `npm run doctor` asks Slack: whose the tokens are, what they may do, and whether each channel takes posts. */
import type { Finding } from '../../src/doctor-finding.ts';
import { messageOf, UserError } from '../../src/errors.ts';
import type { Channel } from '../../src/model.ts';
import { createClient, repeatable } from './client.ts';
import { startFailure } from './failure.ts';
import { SILENT } from './logger.ts';
import { channelObstacle } from './obstacle.ts';
import { SCOPES } from './scopes.ts';
import type { SlackSettings } from './settings.ts';
import { readTeam, type Team } from './workspaces.ts';

/** Opens no socket that events could come to: the bot may be running beside it. */
export async function diagnoseSlack(
  settings: SlackSettings,
  channels: readonly Channel[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const teams = new Map<string, Team>();
  for (const [index, token] of settings.botTokens.entries()) {
    const subject = settings.botTokens.length > 1 ? `Slack bot token ${index + 1}` : 'Slack bot token';
    try {
      const team = await readTeam(token, 'UTC', { apiUrl: settings.apiUrl, logger: SILENT });
      teams.set(team.workspace.id, team);
      findings.push({ subject, state: 'good', found: `belongs to “${team.workspace.name}”` }, scopeFinding(team));
    } catch (thrown) {
      findings.push({ subject, state: 'bad', found: messageOf(thrown) });
    }
  }
  findings.push(await receiverFinding(settings));
  for (const channel of channels) findings.push(await channelFinding(teams.get(channel.workspaceId), channel));
  return findings;
}

function scopeFinding({ workspace, missingScopes }: Team): Finding {
  const subject = `Slack scopes in “${workspace.name}”`;
  if (missingScopes.length === 0) return { subject, state: 'good', found: 'all of them are there' };
  return {
    subject,
    state: 'warning',
    found: `lacks ${missingScopes.map((scope) => `${scope} (${SCOPES[scope]})`).join('; ')}`,
    remedy: 'Add them under OAuth & Permissions on your app’s page and install the app again.',
  };
}

/** For Socket Mode, an address for a socket that is then not opened. */
async function receiverFinding({ appToken, apiUrl, port }: SlackSettings): Promise<Finding> {
  const subject = 'Slack app token';
  if (appToken === undefined) {
    const found = `none: Slack sends signed requests to port ${port ?? 'unknown'}`;
    return {
      subject: 'Slack requests',
      state: 'good',
      found,
      remedy:
        'That port must be reachable under the https address in the manifest; Slack’s app page shows whether it is.',
    };
  }
  try {
    await repeatable(() => createClient(appToken, { apiUrl, logger: SILENT }).apps.connections.open());
    return { subject, state: 'good', found: 'opens Socket Mode' };
  } catch (thrown) {
    const failure = startFailure(thrown, 'SLACK_APP_TOKEN');
    const remedy = 'Make one under Basic Information, App-Level Tokens, with the scope connections:write.';
    return { subject, state: 'bad', found: messageOf(failure), ...(failure instanceof UserError ? { remedy } : {}) };
  }
}

async function channelFinding(team: Team | undefined, { id }: Channel): Promise<Finding> {
  const subject = `Slack channel ${id}`;
  if (team === undefined) {
    return {
      subject,
      state: 'bad',
      found: 'is of a workspace without a token',
      remedy: 'Add its token to SLACK_BOT_TOKEN.',
    };
  }
  try {
    const obstacle = await channelObstacle(team, id);
    return obstacle ? { subject, state: 'bad', found: obstacle } : { subject, state: 'good', found: 'takes posts' };
  } catch (thrown) {
    return { subject, state: 'warning', found: `could not be looked at: ${messageOf(thrown)}` };
  }
}
