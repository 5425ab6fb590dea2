/** The two ways to run: once (poll, digest, leave) and until stopped (then also the prompt and the heartbeat). */

import { isRegular } from './due.ts';
import { UserError } from './errors.ts';
import type { Delivery, Feed, Subscription, Window } from './model.ts';
import { plural } from './plural.ts';
import type { Check, OnCheck } from './poll.ts';
import type { Clock, Store } from './ports.ts';
import type { Service } from './service.ts';
import { MINUTE, SECOND, showTime } from './time.ts';

/** Where the program speaks to the person who started it. */
interface Console {
  notice(text: string): Promise<void>;
  progress(titleOf: (feedId: string) => string): OnCheck;
  /** Begins to read command lines. */
  start(): Promise<string>;
}

export interface Run {
  readonly service: Service;
  readonly store: Store;
  readonly clock: Clock;
  readonly console: Console;
  readonly workspaceId: string;
  readonly subscription: Subscription;
  /** What the first digest covers; absent for the time since the last one. */
  readonly window?: Window;
  /** Resolves when the person or a signal asks to stop. */
  readonly ended: Promise<void>;
}

/** A prompt comes at the latest after this, also while sources are slow. */
const LONGEST_WAIT_FOR_PROMPT = 15 * SECOND;

const MOST_FEEDS = 10_000;

/** The digest of a single round waits so long for a second reader; what it has not read by then is left for the next round. */
const LONGEST_SECOND_LOOKS = MINUTE;

/** Polls every source, prints the digest; resolves with the exit code: 2 when no source could be read. */
export async function runOnce(run: Run): Promise<number> {
  const { service, store, clock, subscription, window, console } = run;
  const doubtful = await service.recover();
  await tellDoubtful(run, doubtful);
  await tellPolling(run, await store.activeFeeds(clock.now()));
  const checks = await service.pollAll(await progressOf(run));
  if (service.isStopping()) return 0;
  if (checks.every((check) => check.kind === 'failed' || check.kind === 'held')) {
    // The time stays open, so that the next run covers it.
    await console.notice(noneRead(checks));
    return 2;
  }
  await service.takeSecondLooks(LONGEST_SECOND_LOOKS);
  if (service.isStopping()) return 0;
  const delivery = await service.postDigest(subscription, window?.to ?? clock.now(), window);
  if (delivery === undefined) await console.notice('This digest was posted before; /digest last shows it again.');
  if (delivery !== undefined && delivery.state !== 'sent')
    throw new UserError(`The digest could not be printed: ${delivery.error ?? 'unknown reason'}`);
  return 0;
}

function noneRead(checks: readonly Check[]): string {
  return checks.length === 0
    ? 'No source was read: the list is empty, paused, or every server asked for quiet. /feeds health says which.'
    : `No source could be read (${plural(checks.length, 'failure')} above). Check the network, then run it again.`;
}

/** Polls, posts what is due, then answers commands until stopped. */
export async function runUntilStopped(run: Run): Promise<void> {
  const { service, store, clock, console, window, subscription, ended } = run;
  await tellDoubtful(run, await service.recover());
  await tellPolling(run, await store.dueFeeds(clock.now(), MOST_FEEDS));
  const listener = await progressOf(run);
  const polled = service.pollDue(listener).then(async () => {
    if (service.isStopping()) return;
    if (window) await service.postDigest(subscription, window.to, window);
    else await service.postDue();
  });
  const first = await Promise.race([polled, ended.then(() => 'ended' as const), pause(LONGEST_WAIT_FOR_PROMPT)]);
  if (first === 'ended') return;
  const current = await store.subscriptionOf(subscription.channel);
  const next = current ?? subscription;
  const when = !isRegular(next)
    ? 'No regular digest is scheduled.'
    : next.nextDigestAt > clock.now()
      ? `Next digest: ${showTime(next.nextDigestAt, next.timeZone)} ${next.timeZone}.`
      : 'The first digest comes as soon as a source can be read.';
  await console.notice(`${when} Type /barrier help for what to type, exit to leave.`);
  await console.start();
  await Promise.race([polled, ended]);
  service.start(listener);
  await ended;
}

async function tellPolling({ console }: Run, feeds: readonly Feed[]): Promise<void> {
  await console.notice(feeds.length > 0 ? `Polling ${plural(feeds.length, 'source')} …` : 'No source is due yet.');
}

async function progressOf({ console, store, workspaceId }: Run): Promise<OnCheck> {
  const titles = new Map((await store.listFeeds(workspaceId)).map((feed) => [feed.id, feed.title]));
  return console.progress((feedId) => titles.get(feedId) ?? feedId);
}

/** Of what a terminal showed nobody else can tell; platforms are asked. */
async function tellDoubtful({ console, subscription }: Run, doubtful: readonly Delivery[]): Promise<void> {
  for (const delivery of doubtful.filter(({ subscriptionId }) => subscriptionId === subscription.id)) {
    const time = showTime(delivery.claimedAt, subscription.timeZone);
    await console.notice(
      `The digest of ${time} may not have been shown: the program stopped while posting it. /digest last shows it.`,
    );
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
