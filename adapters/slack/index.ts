/** The adapter for Slack: any number of workspaces, over Socket Mode or signed HTTP. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Card } from '../../src/card.ts';
import { AwayError, RouteError, WorldError } from '../../src/errors.ts';
import type { Health } from '../../src/health.ts';
import type { Log } from '../../src/log.ts';
import type { Adapter, Clock } from '../../src/ports.ts';
import { SECOND } from '../../src/time.ts';
import { createAnswers } from './answers.ts';
import { type Connection, createApp } from './app.ts';
import { listenToEvents } from './events.ts';
import { channelFailure } from './failure.ts';
import { listenToCommands, listenToForms, listenToPresses } from './interactions.ts';
import type { Listening } from './listeners.ts';
import { boltLogger } from './logger.ts';
import { channelObstacle } from './obstacle.ts';
import { reviseMessages } from './revise.ts';
import { createRights } from './rights.ts';
import { createSender, type SenderOptions } from './sender.ts';
import type { SlackSettings } from './settings.ts';
import { readTeams, SLACK, type Team } from './workspaces.ts';

/** What is being answered at a stop gets this long to end. */
const GRACE = 5 * SECOND;

export interface SlackOptions extends SlackSettings, Pick<SenderOptions, 'pace' | 'retryPause'> {
  /** Ids with the adapter's name, such as `slack:U012AB3CD`. */
  readonly admins: readonly string[];
  /** Put before command names; empty for none. */
  readonly prefix: string;
  /** The zone of workspaces and of channels without a digest of their own, an IANA name. */
  readonly timeZone: string;
  readonly host: AdapterHost;
  readonly health: () => Promise<Health>;
  readonly log: Log;
  readonly clock: Clock;
}

/** Nothing is asked of Slack before `start`. */
export function createSlackAdapter(options: SlackOptions): Adapter {
  const { host, log, prefix, apiUrl } = options;
  const logger = boltLogger(log);
  const answers = createAnswers({ prefix, keepLine: host.keepLine, findLine: host.findLine, log });
  const rights = createRights(options);
  let teams = new Map<string, Team>();
  let sender = createSender(options);
  let running: { readonly connection: Connection; readonly where: string } | undefined;

  const underWay = new Set<Promise<void>>();
  const track = (work: Promise<void>) => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const teamOf = (teamId: string | undefined) => (teamId === undefined ? undefined : teams.get(teamId));
  /** The workspace of a channel of ours. Throws WorldError before the start, and for one without a token. */
  const teamOfWorkspace = (workspaceId: string): Team => {
    const team = teamOf(workspaceId.slice(SLACK.length + 1));
    if (running && team) return team;
    throw running
      ? new RouteError('There is no token for this workspace any more. Add it to SLACK_BOT_TOKEN.')
      : new AwayError('Slack is not connected.');
  };

  const messagesOf = async (team: Team, card: Card) => {
    const { messages, files } = await answers.render(team, card, Number.POSITIVE_INFINITY);
    if (files.length > 0) throw new Error('a posted card holds a file, which only an answer can bring');
    return messages;
  };

  let isWanted = false;
  const connect = async (): Promise<string> => {
    const { found, refused } = await readTeams(options, logger);
    teams = new Map(found.map((team) => [team.teamId, team]));
    for (const team of found) await greet(host, team);
    const { app, connection } = await createApp({ ...options, settings: options, teamOf, logger });
    const listening: Listening = { host, answers, rights, sender, prefix, log, apiUrl, teamOf, track };
    listenToCommands(app, listening);
    listenToForms(app, listening);
    listenToPresses(app, listening);
    listenToEvents(app, listening);
    await connection.open();
    if (!isWanted) {
      await connection.close();
      throw new WorldError('The bot is stopping.');
    }
    running = { connection, where: [whereWords(found), ...refused].join(' ') };
    return running.where;
  };
  let starting: Promise<string> | undefined;

  return {
    name: SLACK,
    start() {
      if (running) return Promise.resolve(running.where);
      isWanted = true;
      starting ??= connect().finally(() => {
        starting = undefined;
      });
      return starting;
    },
    async stop() {
      isWanted = false;
      // A start that Slack does not answer ends by itself, and then closes what it opened.
      await Promise.race([starting?.catch(() => undefined), grace()]);
      const stopping = running;
      running = undefined;
      if (stopping) {
        await stopping.connection.close();
        // Whoever asked a moment ago still gets an answer.
        await Promise.race([Promise.all(underWay), grace()]);
      }
      sender.stop();
      sender = createSender(options);
    },
    async post(channel, card, key) {
      const team = teamOfWorkspace(channel.workspaceId);
      return sender.post(team.client, channel.id, await messagesOf(team, card), key);
    },
    async resume(channel, card, key, since) {
      const team = teamOfWorkspace(channel.workspaceId);
      return sender.resume(team.client, channel.id, await messagesOf(team, card), key, since);
    },
    async revise(channel, messageRef, card, key) {
      const team = teamOfWorkspace(channel.workspaceId);
      const { messages } = await answers.render(team, card, Number.POSITIVE_INFINITY);
      return reviseMessages(team.client, { channel: channel.id, parent: messageRef, key }, messages);
    },
    linkTo(channel, messageRef) {
      const address = teamOf(channel.workspaceId.slice(SLACK.length + 1))?.address;
      return address && `${address}archives/${channel.id}/p${messageRef.replace('.', '')}`;
    },
    async tell(workspaceId, userId, card) {
      try {
        await answers.tell(teamOfWorkspace(workspaceId), userId.slice(SLACK.length + 1), card);
      } catch (thrown) {
        throw channelFailure(thrown);
      }
    },
    async obstacle(channel) {
      const team = teamOfWorkspace(channel.workspaceId);
      return channelObstacle(team, channel.id);
    },
  };
}

function grace(): Promise<void> {
  return setTimeout(GRACE, undefined, { ref: false });
}

/** Makes a workspace known. A token that was never seen means that the app was installed, perhaps again. */
async function greet(host: AdapterHost, { workspace, token }: Team): Promise<void> {
  await host.join(workspace);
  const seen = `token ${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;
  if (await host.once(workspace.id, seen)) await host.returned(workspace.id);
}

function whereWords(teams: readonly Team[]): string {
  const names = teams.map(({ workspace }) => `“${workspace.name}”`).join(', ');
  const lacking = teams.filter(({ missingScopes }) => missingScopes.length > 0);
  const scopes = lacking.map(
    ({ workspace, missingScopes }) =>
      ` In “${workspace.name}” it lacks ${missingScopes.join(', ')}: docs/slack.md says what for.`,
  );
  return `on in ${names}. Invite it to a channel with /invite @${teams[0]?.botName ?? 'barrierwatch'}.${scopes.join('')}`;
}
