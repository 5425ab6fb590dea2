/** The composition root: settings → store → feeds → adapters → service; signals → stop. Only this file joins them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createLocalAdapter, LOCAL, TERMINAL } from '../adapters/local/index.ts';
import { createWebPage } from '../adapters/local/web.ts';
import { defaultFeeds } from '../feeds/catalogue.ts';
import { createFeedListFiles } from '../feeds/feed-list.ts';
import { createFeedReader } from '../feeds/feed-reader.ts';
import { createHttpClient, type HttpClient } from '../feeds/http/client.ts';
import { SAMPLE_NOW, startSample } from '../feeds/sample/server.ts';
import { openStore } from '../store/sqlite/index.ts';
import { isNamedAdmin } from './admins.ts';
import { type Arguments, readArguments, USAGE } from './arguments.ts';
import { clockFrom, systemClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { endWith, stopOnSignals } from './ending.ts';
import { readFeedsFile } from './feed-list.ts';
import { adapterLines } from './greeting.ts';
import { readHealth } from './health.ts';
import { createLog } from './log.ts';
import type { FeedDraft, Window } from './model.ts';
import type { Adapter, Clock, FeedListFiles, FeedReader } from './ports.ts';
import { runOnce, runUntilStopped } from './run.ts';
import { createService } from './service.ts';
import { setUp } from './setup.ts';
import { DAY, MINUTE, plus } from './time.ts';

/** What the sample's digest covers: enough to show events from several sources, little enough to read. */
const SAMPLE_DAYS = 30;

/** What differs between the real thing and the recorded sample. */
interface Scene {
  readonly databaseFile: string;
  readonly clock: Clock;
  readonly allowPrivate: readonly string[];
  readonly feeds: (lists: FeedListFiles) => readonly FeedDraft[];
  readonly reader: (http: HttpClient) => FeedReader;
  readonly banner?: string;
  readonly window?: Window;
  readonly close: () => Promise<void>;
}

/** Where sample sources are listed: the same in every run, although their server takes whatever port is free. */
const SAMPLE_ADDRESS = 'http://recorded-sample.invalid';

async function sampleScene({ database }: Arguments): Promise<Scene> {
  const sample = await startSample();
  const folder = mkdtempSync(join(tmpdir(), 'barrierwatch-demo-'));
  return {
    databaseFile: database ?? join(folder, 'demo.db'),
    // A little before the digest is due, so that what polling brings lies within its window.
    clock: clockFrom(plus(SAMPLE_NOW, -MINUTE)),
    allowPrivate: ['127.0.0.1'],
    feeds: () => sample.feeds.map((feed) => ({ ...feed, url: feed.url.replace(sample.url, SAMPLE_ADDRESS) })),
    reader(http) {
      const { read, close } = createFeedReader(http);
      return {
        read: (feed, signal) => read({ ...feed, url: feed.url.replace(SAMPLE_ADDRESS, sample.url) }, signal),
        close,
      };
    },
    banner: 'recorded sample',
    window: { from: plus(SAMPLE_NOW, -SAMPLE_DAYS * DAY), to: SAMPLE_NOW },
    async close() {
      await sample.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function realScene({ DATABASE_FILE, FEED_ALLOW_PRIVATE, FEEDS_FILE }: Config): Scene {
  return {
    databaseFile: DATABASE_FILE,
    clock: systemClock,
    allowPrivate: FEED_ALLOW_PRIVATE,
    feeds: (lists) =>
      FEEDS_FILE ? readFeedsFile(FEEDS_FILE, (file) => readFileSync(file, 'utf8'), lists, warn) : defaultFeeds(),
    reader: createFeedReader,
    close: async () => {},
  };
}

function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2));
  if (args === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const config = readConfig();
  const scene = args.mode === 'demo' ? await sampleScene(args) : realScene(config);
  try {
    return await run(args, config, scene);
  } finally {
    await scene.close();
  }
}

async function run(args: Arguments, config: Config, scene: Scene): Promise<number> {
  const { clock, window, banner } = scene;
  const userAgent = `Barrierwatch/0.1 (${config.CONTACT ? `+${config.CONTACT}` : 'AI governance digest'})`;
  const http = createHttpClient({ userAgent, allowPrivate: scene.allowPrivate, clock });
  const lists = createFeedListFiles(http);
  const store = await openStore(scene.databaseFile);
  const workspace = { id: LOCAL, adapter: LOCAL, name: 'this machine', timeZone: config.TIME_ZONE };
  const adapters: Adapter[] = [];
  const reader = scene.reader(http);
  const log = createLog(config);
  const service = createService({ store, reader, lists, clock, log, adapters });
  const name = args.as ?? userInfo().username;
  const stopAsked = Promise.withResolvers<void>();
  const console = createLocalAdapter({
    bot: service.bot,
    complete: (line) => service.complete(workspace.id, line),
    workspace,
    user: { id: `${LOCAL}:${name}`, name, isAdmin: isNamedAdmin(config.ADMINS, LOCAL, `${LOCAL}:${name}`) },
    input: process.stdin,
    output: process.stdout,
    ...(banner ? { banner } : {}),
    // Under a service manager standard input is empty from the start; that is no wish to stop.
    onEnd: (reason) => {
      if (reason === 'leave' || args.mode === 'demo' || process.stdin.isTTY) stopAsked.resolve();
    },
  });
  adapters.push(console);
  const page = createWebPage({
    bot: service.bot,
    workspace,
    channel: TERMINAL,
    port: config.HTTP_PORT,
    health: () => readHealth(store, workspace.id, clock.now()),
    log,
    ...(banner ? { banner } : {}),
  });
  stopOnSignals(stopAsked.resolve);
  try {
    const setup = { workspace, channel: TERMINAL, localTime: config.DIGEST_TIME, now: clock.now() };
    const { subscription } = await setUp(store, { ...setup, feeds: () => scene.feeds(lists) });
    for (const line of args.once ? [] : adapterLines(config)) await console.notice(line);
    if (config.HTTP_PORT > 0 && !args.once) await console.notice(`Web page: ${await page.start()}`);
    const common = {
      service,
      store,
      clock,
      console,
      workspaceId: workspace.id,
      subscription,
      ended: stopAsked.promise,
    };
    const running = { ...common, ...(window ? { window } : {}) };
    if (args.once) return (await Promise.race([runOnce(running), stopAsked.promise])) ?? 0;
    await runUntilStopped(running);
    return 0;
  } finally {
    await page.stop();
    await service.stop();
  }
}

endWith(main());
