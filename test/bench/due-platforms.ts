/**
 * `npm run bench:due`: how soon people on both platforms are acknowledged while ten thousand digests of Slack
 * channels, due in one minute, go out. The bot is a process of its own.
 */
import { join } from 'node:path';
import { newSubscription } from '../../src/subscription.ts';
import { DAY, plus } from '../../src/time.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { addChannel } from '../adapters/slack/server/state.ts';
import { openBothWithFeeds } from './both-and-feeds.ts';
import { figure, ms } from './measure.ts';

const FEEDS = 10;
const ITEMS = 50;
const CHANNELS = 10_000;
const LONGEST_MS = 90_000;

const { folder, server, both } = await openBothWithFeeds(FEEDS, ITEMS);
const [{ team, member, channel }] = both.teams;
const [guild] = both.guilds;

/** Digests that are due as soon as the program is started again. */
async function fill(): Promise<void> {
  const store = await openStore(join(folder.path, 'test.db'));
  const now = new Date().toISOString();
  for (let number = 0; number < CHANNELS; number++) {
    const id = `D${number}`;
    addChannel(team, id, id, { members: [team.botUserId] });
    const route = { adapter: 'slack', workspaceId: `slack:${team.id}`, id };
    const wish = { channel: route, localTime: '08:30', timeZone: 'Europe/Brussels', createdBy: 'bench' };
    const made = newSubscription({ ...wish, now: plus(now, -3 * DAY), firstDigestAt: now });
    await store.saveSubscription({ ...made, coveredUntil: plus(now, -2 * DAY) }, 'bench', 'bench', now);
  }
  await store.close();
}

const posted = () =>
  [...team.channels.values()].filter(({ id, messages }) => id.startsWith('D') && messages.length > 0);
const delays: number[] = [];

async function ask(): Promise<void> {
  const asked = await member.types(channel.id, '/barrier', 'deadlock');
  delays.push(asked.delay);
  const answer = await guild.member.types(guild.channel, '/barrier show', { barrier: 'geopolitical-deadlock' });
  delays.push(answer.first.delay);
}

const first = await both.start();
await first.says('Next digest');
first.kill('SIGTERM');
await first.ended;
await fill();
const program = await both.start();
try {
  await both.slack.until(() => posted().length > 0, 'a first digest');
  const start = performance.now();
  while (posted().length < CHANNELS && performance.now() - start < LONGEST_MS) await ask();
  const seconds = (performance.now() - start) / 1000;
  delays.sort((one, other) => one - other);
  const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0;
  figure(`digests posted to Slack meanwhile, in ${seconds.toFixed(1)} s`, `${posted().length} of ${CHANNELS}`);
  figure(
    'acknowledged',
    `p50 ${ms(at(0.5))}  p99 ${ms(at(0.99))}  most ${ms(delays.at(-1) ?? 0)}  of ${delays.length}`,
  );
} finally {
  program.kill('SIGTERM');
  const { err } = await program.ended;
  if (err !== '') process.stderr.write(err.slice(0, 2_000));
  await both.close();
  server.disconnect();
  folder.remove();
}
