/** Rounds of news and killing: in each, every channel is to get one whole digest, however often the program dies. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';
import { newSubscription } from '../../src/subscription.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { TestServer } from '../feeds/server.ts';
import { type Both, openBoth } from '../main/both-platforms.ts';
import { Program, temporaryFolder } from '../main/program.ts';
import { databaseFaults, makeDue, readLedger } from './ledger.ts';
import { type Moment, momentsOf, watch } from './moments.ts';
import { marksOf, newsDocument } from './news.ts';
import { type Shown, shownOnDiscord, shownOnSlack } from './shown.ts';

/** Far more than a round takes, also on a machine with much to do. */
const PATIENCE = 120_000;
const MOST_KILLS = 3;
/** Milliseconds; the local Discord remembers nonces for five minutes. */
const NONCE_FORGOTTEN = 6 * 60_000;

export interface Tally {
  rounds: number;
  kills: number;
  /** Digests that were due, over all channels. */
  due: number;
  lost: number;
  doubled: number;
  /** Digests with entries that are missing, double or in another order than elsewhere. */
  broken: number;
  /** Rounds after which the database was not whole. */
  databases: number;
  /** How doubts ended, in words. */
  readonly settled: Map<string, number>;
}

/** One workspace of either platform, by the name of its channel. */
interface Place {
  readonly name: string;
  readonly shown: () => Shown;
}

export type Rounds = Awaited<ReturnType<typeof openRounds>>;

/** Two Slack workspaces and two Discord servers, with a digest in a channel of each. */
export async function openRounds(seed: number) {
  const folder = temporaryFolder();
  const file = join(folder.path, 'test.db');
  const server = new TestServer();
  await server.start();
  let round = 0;
  server.answer = (_, response) => {
    watching.seen('reads the feed');
    response.setHeader('Content-Type', 'application/rss+xml').end(newsDocument(round));
  };
  const both = await openBoth(folder.path, [{ id: 'news', url: server.url('/news') }]);
  const watching = watch(both);
  const nextMoment = momentsOf(seed);
  const below = repeatableNumbers(seed + 1);
  const tally: Tally = {
    rounds: 0,
    kills: 0,
    due: 0,
    lost: 0,
    doubled: 0,
    broken: 0,
    databases: 0,
    settled: new Map(),
  };

  const first = await both.start();
  await first.says('Next digest');
  first.kill('SIGTERM');
  await first.ended;
  const places = await subscribe(file, both);

  const isSettled = (before: number) => {
    const rows = readLedger(file);
    const open = rows.filter(({ state, next_try_at }) => state === 'claimed' || next_try_at !== null);
    return rows.length >= before + places.length && open.length === 0;
  };
  const settles = async (before: number, signal: AbortSignal) => {
    while (!signal.aborted && !isSettled(before)) await setTimeout(100);
  };

  /** Runs the program until the moment has come, or all is done; resolves with what it said. */
  const runUntil = async (moment: Moment | undefined, before: number): Promise<string> => {
    const program = new Program(folder.path, [], both.settings);
    const over = new AbortController();
    const done = settles(before, over.signal);
    const late = setTimeout(PATIENCE, 'late', { ref: false, signal: over.signal }).catch(() => 'over');
    await Promise.race([moment ? watching.until(moment) : done, done, program.ended, late]);
    over.abort();
    program.kill('SIGKILL');
    const { out, err } = await program.ended;
    await done;
    // What the next run sends again is not to be hidden by a nonce that Discord would have forgotten by then.
    both.discord.state.advance(NONCE_FORGOTTEN);
    tally.kills += 1;
    return `${out}\n${err}`;
  };

  return {
    tally,
    /** One round; resolves with what went wrong in it, in words. */
    async next(): Promise<string[]> {
      round += 1;
      const before = readLedger(file).length;
      makeDue(file);
      const kills = 1 + below(MOST_KILLS);
      const moments = Array.from({ length: kills }, nextMoment);
      const said: string[] = [];
      for (const moment of moments) said.push(await runUntil(moment, before));
      said.push(await runUntil(undefined, before));

      const faults = databaseFaults(file);
      if (faults.length > 0) tally.databases += 1;
      const expected = marksOf(round);
      const order = places[0]?.shown().at(-1);
      for (const { name, shown } of places) faults.push(...judge(tally, name, shown(), round, expected, order));
      for (const { settled_by } of readLedger(file).slice(before)) {
        if (settled_by !== null) tally.settled.set(settled_by, (tally.settled.get(settled_by) ?? 0) + 1);
      }
      tally.rounds += 1;
      return faults.length > 0 ? [...faults, `moments: ${JSON.stringify(moments)}`, ...said] : [];
    },
    async close(): Promise<void> {
      await both.close();
      await server.stop();
      folder.remove();
    },
  };
}

/** Digests in a channel of each workspace. */
async function subscribe(file: string, both: Both): Promise<Place[]> {
  const slackPlaces = both.teams.map(({ team, channel }) => ({
    channel: { adapter: 'slack', workspaceId: `slack:${team.id}`, id: channel.id },
    shown: () => shownOnSlack(both.slack.messages(team, channel.id)),
  }));
  const discordPlaces = both.guilds.map(({ guild, channel }) => {
    // The welcome is no digest.
    channel.messages.length = 0;
    return {
      channel: { adapter: 'discord', workspaceId: `discord:${guild.id}`, id: channel.id },
      shown: () => shownOnDiscord(channel),
    };
  });
  const store = await openStore(file);
  const now = new Date().toISOString();
  for (const { channel } of [...slackPlaces, ...discordPlaces]) {
    const wish = { channel, localTime: '08:30', timeZone: 'UTC', createdBy: 'crash', now };
    await store.saveSubscription({ ...newSubscription(wish), coveredUntil: now }, 'schedule', 'crash', now);
  }
  await store.close();
  return [...slackPlaces, ...discordPlaces].map(({ channel, shown }) => ({ name: channel.workspaceId, shown }));
}

/** Counts and names what a channel lacks or has too much of after a round. */
function judge(
  tally: Tally,
  name: string,
  shown: Shown,
  round: number,
  expected: readonly string[],
  order: readonly string[] | undefined,
): string[] {
  tally.due += 1;
  const faults: string[] = [];
  const ofRound = shown.filter((marks) => marks.some((mark) => expected.includes(mark)));
  if (ofRound.length === 0) tally.lost += 1;
  if (ofRound.length > 1 || shown.length > round) tally.doubled += 1;
  if (ofRound.length !== 1 || shown.length !== round)
    faults.push(`${name}: ${ofRound.length} digests of this round, ${shown.length} of ${round}`);
  const [marks = []] = ofRound;
  const missing = expected.filter((mark) => !marks.includes(mark));
  const isDouble = new Set(marks).size !== marks.length;
  if (missing.length > 0 || isDouble || marks.join() !== order?.join()) {
    tally.broken += 1;
    faults.push(
      `${name}: missing ${missing.join() || 'nothing'}${isDouble ? ', entries double' : ''}: ${marks.join()}`,
    );
  }
  return faults;
}
