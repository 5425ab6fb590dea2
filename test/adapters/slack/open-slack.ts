/** The whole bot on the local Slack: real core and store, real Bolt, real sockets. */
import { createSlackAdapter, type SlackOptions } from '../../../adapters/slack/index.ts';
import type { Workspace } from '../../../src/model.ts';
import { createTestBot, feedDraft, type Sources } from '../../test-bot.ts';
import { type SlackServer, startSlack } from './server/index.ts';
import { addChannel } from './server/state.ts';

export interface OpenSlack {
  readonly sources?: Sources;
  readonly options?: Partial<SlackOptions>;
  /** The bot's socket is opened before it resolves, unless this is false. */
  readonly starts?: boolean;
  readonly server?: SlackServer;
}

/** A workspace with an admin, a member and a channel that the bot is in. */
export async function openSlack({ sources = new Map(), options = {}, starts = true, server }: OpenSlack = {}) {
  const slack = server ?? (await startSlack());
  const team = slack.team('T1', 'Policy team');
  const general = addChannel(team, 'C1', 'general', { members: ['U1', 'U2', team.botUserId] });
  const ana = slack.person(team, 'U1', 'ana', { isAdmin: true });
  const ben = slack.person(team, 'U2', 'ben');
  const bot = await createTestBot([feedDraft('us')], sources);
  const adapter = createSlackAdapter({
    botTokens: [team.botToken],
    appToken: slack.appToken,
    apiUrl: slack.apiUrl(),
    admins: [],
    prefix: '',
    timeZone: 'Europe/Brussels',
    host: bot.host,
    health: async () => ({ feeds: { listed: 1, read: 1, failing: 0, paused: 0 } }),
    log: bot.log,
    clock: bot.clock,
    pace: 1,
    retryPause: 5,
    ...options,
  });
  bot.dependencies.adapters.push(adapter);
  if (starts) await adapter.start();
  const workspace: Workspace = { id: 'slack:T1', adapter: 'slack', name: team.name, timeZone: 'Europe/Brussels' };
  return {
    ...bot,
    slack,
    team,
    general,
    ana,
    ben,
    adapter,
    workspace,
    channel: { adapter: 'slack', workspaceId: workspace.id, id: general.id },
    async close() {
      await adapter.stop();
      await slack.close();
      await bot.store.close();
    },
  };
}

/** The words of answers, one line each. */
export function wordsOf(answers: readonly unknown[]): string {
  return JSON.stringify(answers);
}
