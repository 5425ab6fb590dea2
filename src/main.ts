/** The composition root: settings → store → feeds → adapters → service; signals → stop. Only this file joins them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { discordSettings } from '../adapters/discord/settings.ts';
import { createLocalAdapter, LOCAL, TERMINAL } from '../adapters/local/index.ts';
import { createWebPage } from '../adapters/local/web.ts';
import { slackSettings } from '../adapters/slack/settings.ts';
import { catalogue } from '../feeds/catalogue.ts';
import { checkSources, checkTable } from '../feeds/check.ts';
import { createFeedListFiles } from '../feeds/feed-list.ts';
import { createFeedReader } from '../feeds/feed-reader.ts';
import { createHttpClient } from '../feeds/http/client.ts';
import { mirrored } from '../feeds/mirror.ts';
import { sampleScene } from '../feeds/sample/scene.ts';
import { realScene, type Scene } from '../feeds/scene.ts';
import { openSecondReader } from '../feeds/second-reader/index.ts';
import { createPushes } from '../feeds/websub/pushes.ts';
import { openStore } from '../store/sqlite/index.ts';
import { inspectStore } from '../store/sqlite/inspect.ts';
import type { AdapterHost } from './adapter-host.ts';
import { namedAdmins, personAtTerminal } from './admins.ts';
import { type Arguments, readArguments, USAGE } from './arguments.ts';
import { systemClock } from './clock.ts';
import { COMMANDS } from './commands/index.ts';
import { type Config, isSlackOverHttp, readConfig } from './config.ts';
import { exitCodeOf, findAll, findingLines, firstAnswer } from './doctor.ts';
import { endWith, stopOnSignals } from './ending.ts';
import { UserError } from './errors.ts';
import { offLines } from './greeting.ts';
import { type Health, readHealth } from './health.ts';
import { transferList } from './list-transfer.ts';
import { createLog, type Log } from './log.ts';
import type { Adapter, Clock } from './ports.ts';
import { runOnce, runUntilStopped } from './run.ts';
import { createService } from './service.ts';
import { setUp } from './setup.ts';
import { startAdapters } from './start-adapters.ts';

/** One source may be down; that several are is more likely a fault of this machine's network. */
const SOURCES_TRIED = 3;

/** The name of the terminal's own workspace. */
const LOCAL_NAME = 'this machine';

const MANIFEST_FILE = 'slack-manifest.json';

function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function httpOptions({ CONTACT }: Config, { allowPrivate, clock }: Pick<Scene, 'allowPrivate' | 'clock'>) {
  return { userAgent: `Barrierwatch/0.1 (${CONTACT ? `+${CONTACT}` : 'AI governance digest'})`, allowPrivate, clock };
}

interface PlatformParts {
  readonly host: AdapterHost;
  readonly log: Log;
  readonly clock: Clock;
  readonly health: () => Promise<Health>;
}

/** The platforms that have a token. Their clients take half a second to load, so nobody else waits for them. */
async function platformAdapters(config: Config, parts: PlatformParts): Promise<Adapter[]> {
  const common = (adapter: string) => ({
    ...parts,
    admins: namedAdmins(config.ADMINS, adapter),
    prefix: config.COMMAND_PREFIX,
    timeZone: config.TIME_ZONE,
  });
  const adapters: Adapter[] = [];
  const slack = slackSettings(config);
  if (slack) {
    const { createSlackAdapter } = await import('../adapters/slack/index.ts');
    adapters.push(createSlackAdapter({ ...common('slack'), ...slack }));
  }
  const discord = discordSettings(config);
  if (discord) {
    const { createDiscordAdapter } = await import('../adapters/discord/index.ts');
    adapters.push(createDiscordAdapter({ ...common('discord'), ...discord }));
  }
  return adapters;
}

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2));
  if (args === 'help') {
    say(USAGE);
    return 0;
  }
  const config = readConfig();
  switch (args.mode) {
    case 'doctor':
      return doctor(config);
    case 'deploy':
      return deploy(config);
    case 'manifest':
      return manifest(config, args);
    case 'feeds-check':
      return feedsCheck(config, args);
    case 'feeds':
      return feeds(config, args);
    case 'start':
    case 'demo': {
      const scene = args.mode === 'demo' ? await sampleScene(args.database) : realScene(config, warn);
      try {
        return await run(args, config, scene);
      } finally {
        await scene.close();
      }
    }
  }
}

async function feeds(config: Config, { list, workspace = LOCAL }: Arguments): Promise<number> {
  if (list === undefined) throw new Error('the mode feeds was read without its work');
  const scene = realScene(config, warn);
  const http = createHttpClient(httpOptions(config, scene));
  const store = await openStore(config.DATABASE_FILE);
  try {
    const lists = createFeedListFiles(http);
    const local = { id: LOCAL, adapter: LOCAL, name: LOCAL_NAME, timeZone: config.TIME_ZONE };
    const now = systemClock.now();
    if (workspace === LOCAL) await store.saveWorkspace(local, () => scene.feeds(lists), now);
    const actor = `${LOCAL}:${userInfo().username}`;
    const read = (file: string) => readFileSync(file, 'utf8');
    say(await transferList({ store, lists, workspaceId: workspace, actor, now, read, warn }, list));
    return 0;
  } finally {
    await store.close();
    await http.close();
  }
}

async function doctor(config: Config): Promise<number> {
  const http = createHttpClient(httpOptions(config, realScene(config, warn)));
  const slack = slackSettings(config);
  const discord = discordSettings(config);
  try {
    const findings = await findAll({
      now: systemClock.now,
      database: () => (existsSync(config.DATABASE_FILE) ? inspectStore(config.DATABASE_FILE) : undefined),
      network: () =>
        firstAnswer(
          realScene(config, warn).feeds(createFeedListFiles(http)).slice(0, SOURCES_TRIED),
          async ({ url }) => {
            const answer = await http.get({ url, accept: '*/*', signal: AbortSignal.timeout(30_000) });
            return answer.servedAt;
          },
        ),
      platforms: [
        {
          name: 'slack',
          ...(slack && {
            look: async (channels) => (await import('../adapters/slack/diagnose.ts')).diagnoseSlack(slack, channels),
          }),
        },
        {
          name: 'discord',
          ...(discord && {
            look: async (channels) =>
              (await import('../adapters/discord/diagnose.ts')).diagnoseDiscord(discord, channels),
          }),
        },
      ],
      secondReader: () => openSecondReader(config, systemClock),
    });
    for (const line of findingLines(findings)) say(line);
    return exitCodeOf(findings);
  } finally {
    await http.close();
  }
}

async function deploy(config: Config): Promise<number> {
  const discord = discordSettings(config);
  if (discord === undefined) throw new UserError('DISCORD_TOKEN is missing; docs/discord.md says how to get it.');
  const { deployCommands } = await import('../adapters/discord/deploy.ts');
  say(await deployCommands({ ...discord, prefix: config.COMMAND_PREFIX, commands: COMMANDS }));
  return 0;
}

/** Exit code 2 when no source could be read. */
async function feedsCheck(config: Config, { mirror, all }: Arguments): Promise<number> {
  const options = httpOptions(config, realScene(config, warn));
  const allowPrivate = mirror ? [...options.allowPrivate, new URL(mirror).hostname] : options.allowPrivate;
  const http = createHttpClient({ ...options, allowPrivate });
  const reader = createFeedReader(mirror ? mirrored(http, mirror) : http);
  const stopping = new AbortController();
  stopOnSignals(() => stopping.abort(new Error('stopping')));
  try {
    const entries = catalogue().filter(({ enabled }) => enabled || all);
    const checks = await checkSources({ reader, clock: systemClock, signal: stopping.signal }, entries);
    for (const line of checkTable(checks)) say(line);
    return checks.some(({ outcome }) => outcome !== 'failed') ? 0 : 2;
  } finally {
    await reader.close();
  }
}

async function manifest(config: Config, { url }: Arguments): Promise<number> {
  const { buildManifest } = await import('../adapters/slack/manifest.ts');
  const app = buildManifest(COMMANDS, { prefix: config.COMMAND_PREFIX, ...(url ? { url } : {}) });
  writeFileSync(MANIFEST_FILE, `${JSON.stringify(app, null, 2)}\n`);
  say(
    `Wrote ${MANIFEST_FILE}. Paste it at https://api.slack.com/apps under Create New App, From a manifest; docs/slack.md goes on.`,
  );
  return 0;
}

async function run(args: Arguments, config: Config, scene: Scene): Promise<number> {
  const { clock, window, banner } = scene;
  const http = createHttpClient(httpOptions(config, scene));
  const lists = createFeedListFiles(http);
  // The recorded sample needs no network.
  const secondReader = args.mode === 'start' ? openSecondReader(config, clock) : undefined;
  const store = await openStore(scene.databaseFile);
  const workspace = { id: LOCAL, adapter: LOCAL, name: LOCAL_NAME, timeZone: config.TIME_ZONE };
  const adapters: Adapter[] = [];
  const log = createLog(config);
  const firstFeeds = () => scene.feeds(lists);
  const reader = scene.reader(http);
  const parts = { store, reader, lists, clock, log, adapters, secondReader, keeping: config };
  const { PUBLIC_URL: publicUrl } = config;
  const isReached = args.mode === 'start' && !args.once && publicUrl !== undefined;
  const pushes = isReached ? { pushes: createPushes({ store, http, clock, log, publicUrl }) } : {};
  const service = createService({ ...parts, ...pushes, finder: reader, admins: config.ADMINS, firstFeeds });
  const stopAsked = Promise.withResolvers<void>();
  const console = createLocalAdapter({
    bot: service.bot,
    complete: (line) => service.complete(workspace.id, line),
    workspace,
    user: personAtTerminal(args.as ?? userInfo().username, LOCAL, config.ADMINS),
    input: process.stdin,
    output: process.stdout,
    ...(banner ? { banner } : {}),
    // Under a service manager standard input is empty from the start; that is no wish to stop.
    onEnd: (reason) => {
      if (reason === 'leave' || args.mode === 'demo' || process.stdin.isTTY) stopAsked.resolve();
    },
  });
  adapters.push(console);
  const health = () => readHealth(store, workspace.id, clock.now(), secondReader);
  const page = createWebPage({
    bot: service.bot,
    workspace,
    channel: TERMINAL,
    port: config.HTTP_PORT,
    health,
    log,
    ...pushes,
    ...(banner ? { banner } : {}),
  });
  stopOnSignals(stopAsked.resolve);
  const starting = new AbortController();
  try {
    const setup = { workspace, channel: TERMINAL, localTime: config.DIGEST_TIME, now: clock.now() };
    const { subscription } = await setUp(store, { ...setup, feeds: firstFeeds });
    const { notice } = console;
    const running = {
      service,
      store,
      clock,
      console,
      workspaceId: workspace.id,
      subscription,
      ended: stopAsked.promise,
      ...(window ? { window } : {}),
    };
    if (args.once) return (await Promise.race([runOnce(running), stopAsked.promise])) ?? 0;
    if (args.mode === 'start') {
      for (const line of offLines(config)) await notice(line);
      const platforms = await platformAdapters(config, { host: service.host, log, clock, health });
      adapters.push(...platforms);
      void startAdapters(platforms, { notice, started: service.adapterStarted, log, signal: starting.signal });
    }
    if (isSlackOverHttp(config)) await notice('Web page: off, since Slack’s requests come to HTTP_PORT.');
    else if (config.HTTP_PORT > 0) await notice(`Web page: ${await page.start()}`);
    await runUntilStopped(running);
    return 0;
  } finally {
    starting.abort();
    await page.stop();
    await service.stop();
  }
}

endWith(main());
