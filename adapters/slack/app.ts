/** Bolt, set up so that none of its traps springs: see docs/decisions/0008-platforms.md. */
import { App, type AuthorizeResult, HTTPReceiver, type Logger, SocketModeReceiver } from '@slack/bolt';
import { messageOf, WorldError } from '../../src/errors.ts';
import { type Health, healthAnswer } from '../../src/health.ts';
import type { Log } from '../../src/log.ts';
import { clientOptions } from './client.ts';
import { startFailure } from './failure.ts';
import { ENDPOINT } from './manifest.ts';
import type { SlackSettings } from './settings.ts';
import type { Team } from './workspaces.ts';

/** The pause before a lost socket is opened again, and the longest wait for a pong. */
const SOCKET_PAUSE = 2_000;
/** Bolt tries for ever to reach Slack; a start that takes longer is tried again by whoever started us. */
const START_LIMIT = 20_000;
/** Closing a socket can take Bolt long; nobody waits for it at a stop. */
const STOP_LIMIT = 2_000;

export interface AppOptions {
  readonly settings: SlackSettings;
  readonly teamOf: (teamId: string | undefined) => Team | undefined;
  readonly health: () => Promise<Health>;
  readonly logger: Logger;
  readonly log: Log;
}

/** An app that has not been started. */
export async function createApp({ settings, teamOf, health, logger, log }: AppOptions): Promise<App> {
  const options = clientOptions({ apiUrl: settings.apiUrl, logger });
  const app = new App({
    receiver: createReceiver(settings, { health, logger, log }),
    clientOptions: options,
    logger,
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
  return app;
}

function createReceiver(
  { appToken, signingSecret, apiUrl }: SlackSettings,
  { health, logger, log }: Pick<AppOptions, 'health' | 'logger' | 'log'>,
): SocketModeReceiver | HTTPReceiver {
  if (appToken !== undefined) {
    return new SocketModeReceiver({
      appToken,
      logger,
      clientPingTimeout: SOCKET_PAUSE,
      installerOptions: { clientOptions: clientOptions({ apiUrl, logger }) },
    });
  }
  if (signingSecret === undefined) throw new Error('Slack has neither an app token nor a signing secret');
  return new HTTPReceiver({
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
}

/** Connects. Throws UserError for a token that is refused, WorldError when Slack cannot be reached in time. */
export async function startApp(app: App, { appToken, port }: SlackSettings): Promise<void> {
  try {
    await withinTime(START_LIMIT, appToken === undefined && port !== undefined ? app.start(port) : app.start());
  } catch (thrown) {
    await stopApp(app);
    throw startFailure(thrown, appToken === undefined ? 'HTTP_PORT' : 'SLACK_APP_TOKEN');
  }
}

/** Disconnects; what Bolt has not ended by then ends with the process. */
export async function stopApp(app: App): Promise<void> {
  try {
    await withinTime(STOP_LIMIT, app.stop());
  } catch {
    // Stopping what never started, or too slow to stop: there is nobody left to tell.
  }
}

async function withinTime(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new WorldError('Slack did not answer in time.')), milliseconds);
  try {
    await Promise.race([work, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
