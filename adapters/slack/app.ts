/** Bolt, set up so that none of its traps springs: see docs/decisions/0008-platforms.md. */
import { App, type AuthorizeResult, HTTPReceiver, type Logger, SocketModeReceiver } from '@slack/bolt';
import { messageOf, WorldError } from '../../src/errors.ts';
import { type Health, healthAnswer } from '../../src/health.ts';
import type { Log } from '../../src/log.ts';
import { clientOptions } from './client.ts';
import { portFailure, startFailure } from './failure.ts';
import { ENDPOINT } from './manifest.ts';
import type { SlackSettings } from './settings.ts';
import { keepOpen } from './socket.ts';
import type { Team } from './workspaces.ts';

/** The longest wait for a pong before a socket counts as lost. */
const PONG_LIMIT = 5_000;

export interface AppOptions {
  readonly settings: SlackSettings;
  readonly teamOf: (teamId: string | undefined) => Team | undefined;
  readonly health: () => Promise<Health>;
  readonly logger: Logger;
  readonly log: Log;
  /** Milliseconds before another try to open a lost socket; 1 s where absent. */
  readonly retryPause?: number | undefined;
}

/** How requests come from Slack. */
export interface Connection {
  /** Throws UserError for what only a person can mend, WorldError when Slack cannot be reached. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** An app that is not connected. */
export async function createApp(options: AppOptions): Promise<{ readonly app: App; readonly connection: Connection }> {
  const { settings, teamOf, logger, log } = options;
  const { receiver, connection } =
    settings.appToken === undefined ? overHttp(options) : overSocket(options, settings.appToken);
  const app = new App({
    receiver,
    clientOptions: clientOptions({ apiUrl: settings.apiUrl, logger }),
    logger,
    convoStore: false,
    // Else the constructor calls Slack at once, and a failure there ends the process.
    deferInitialization: true,
    async authorize({ teamId }): Promise<AuthorizeResult> {
      const team = teamOf(teamId);
      if (team === undefined) throw new WorldError(`There is no token for the workspace ${teamId ?? 'unknown'}.`);
      const { token, botId, botUserId } = team;
      return { botToken: token, botUserId, teamId: team.teamId, ...(botId ? { botId } : {}) };
    },
  });
  app.error(async (error) => {
    log.error({ err: error }, `something from Slack was not dealt with: ${messageOf(error)}`);
  });
  await app.init();
  return { app, connection };
}

function overSocket({ settings, logger, log, retryPause }: AppOptions, appToken: string) {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: PONG_LIMIT,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions({ apiUrl: settings.apiUrl, logger }) },
  });
  const socket = keepOpen(receiver.client, { log, pause: retryPause });
  const connection: Connection = {
    async open() {
      try {
        await socket.open();
      } catch (thrown) {
        throw startFailure(thrown, 'SLACK_APP_TOKEN');
      }
    },
    close: socket.close,
  };
  return { receiver, connection };
}

function overHttp({ settings: { signingSecret, port }, health, logger, log }: AppOptions) {
  if (signingSecret === undefined) throw new Error('Slack has neither an app token nor a signing secret');
  if (port === undefined) throw new Error('Slack over HTTP has no port');
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: ENDPOINT,
    customRoutes: [
      {
        path: '/health',
        method: 'GET',
        handler(_request, response) {
          health().then(
            (found) => {
              const { status, body } = healthAnswer(found);
              response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
            },
            (thrown: unknown) => {
              log.error({ err: thrown }, 'the health check failed');
              response.writeHead(500).end();
            },
          );
        },
      },
    ],
  });
  let closeAll = () => {};
  const connection: Connection = {
    async open() {
      try {
        const server = await receiver.start(port);
        closeAll = () => server.closeAllConnections();
      } catch (thrown) {
        throw portFailure(thrown, port);
      }
    },
    async close() {
      const closed = receiver.stop();
      closeAll();
      await closed;
    },
  };
  return { receiver, connection };
}
