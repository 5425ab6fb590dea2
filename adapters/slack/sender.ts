/** Posts messages: one queue a channel at Slack's pace, each message once, whatever becomes of its answer. */
import { setTimeout } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { DoubtError, messageOf, RouteError, WorldError } from '../../src/errors.ts';
import type { Instant } from '../../src/model.ts';
import type { Clock, Resumed } from '../../src/ports.ts';
import { plus, SECOND } from '../../src/time.ts';
import { channelFailure, type Outcome, outcomeOf } from './failure.ts';
import { keyIn, METADATA_EVENT, wasPosted } from './posted.ts';
import type { SlackMessage } from './render.ts';

export interface SenderOptions {
  readonly clock: Clock;
  /** Milliseconds between two messages of one channel; 1 s where absent (docs.slack.dev/apis/web-api/rate-limits). */
  readonly pace?: number | undefined;
  /** Milliseconds before another try after an answer that was none; doubled after each. 1 s where absent. */
  readonly retryPause?: number | undefined;
}

/** After so many answers that were none it is given up. */
const TRIES = 5;
/** Slack seldom asks for more; a longer wait is left to the next try of the whole digest. */
const LONGEST_WAIT_SECONDS = 120;
/** Slack that asks to wait again and again is left alone. */
const MOST_WAITS = 10;
/** Keys that are remembered; a digest of another day has another key. */
const REMEMBERED = 1_000;

export interface Sender {
  /**
   * Posts to the channel, all but the first into its thread; resolves with the first one's timestamp, which is its name.
   * Throws WorldError when nothing was posted, DoubtError when it may have been, or in part.
   */
  post(client: webApi.WebClient, channel: string, messages: readonly SlackMessage[], key: string): Promise<string>;
  /** Goes on with such a post: looks for each message first, and posts those that are not there since `since`. Throws as `Adapter.resume`. */
  resume(
    client: webApi.WebClient,
    channel: string,
    messages: readonly SlackMessage[],
    key: string,
    since: Instant,
  ): Promise<Resumed>;
  /** Waits end; what is under way is given up. */
  stop(): void;
}

export function createSender({ clock, pace = SECOND, retryPause = SECOND }: SenderOptions): Sender {
  const queues = new Map<string, Promise<unknown>>();
  /** What was posted of late, by channel and key: asked again for it, Slack shows nothing twice. */
  const posted = new Map<string, Promise<string>>();
  const stopping = new AbortController();
  const wait = async (milliseconds: number): Promise<void> => {
    try {
      await setTimeout(milliseconds, undefined, { signal: stopping.signal });
    } catch (thrown) {
      throw stopping.signal.aborted ? new WorldError('The bot is stopping.', { cause: thrown }) : thrown;
    }
  };

  /** Posts one message; tries again only when it is certain that it is not there. */
  const postOnce = async (part: Part): Promise<string> => {
    const since = clock.now();
    let reason = '';
    let waits = 0;
    for (let failures = 0; failures < TRIES; ) {
      const tried = await trySend(part);
      if (tried.kind === 'posted') return tried.ts;
      if (tried.kind === 'limited') {
        waits += 1;
        await waitAsAsked(waits > MOST_WAITS ? Number.POSITIVE_INFINITY : tried.seconds);
        continue;
      }
      const pause = retryPause * 2 ** failures;
      const found = tried.kind === 'unreached' ? await wait(pause) : await look(part, since, pause, tried.reason);
      if (found) return found;
      failures += 1;
      reason = tried.reason;
    }
    throw new WorldError(`${reason}, ${TRIES} times.`);
  };

  const waitAsAsked = async (seconds: number): Promise<void> => {
    if (seconds <= LONGEST_WAIT_SECONDS) return wait(seconds * SECOND);
    if (seconds === Number.POSITIVE_INFINITY) throw new WorldError('Slack asks us to wait again and again.');
    throw new WorldError(`Slack asks us to wait ${seconds} s.`, { notBefore: plus(clock.now(), seconds * SECOND) });
  };

  /** Looks, after a pause, whether a message arrived although its answer did not. Throws DoubtError when that cannot be seen. */
  const look = async ({ client, channel, key, thread }: Part, since: string, pause: number, reason: string) => {
    try {
      await wait(pause);
      return await wasPosted(client, { channel, thread, key, since });
    } catch (thrown) {
      const why = messageOf(channelFailure(thrown));
      throw new DoubtError(`${reason}, and whether the message arrived could not be seen: ${why}`, { cause: thrown });
    }
  };

  const postAll = async (client: webApi.WebClient, channel: string, messages: readonly SlackMessage[], key: string) => {
    // What waited in the queue until the stop has not been posted, and is not to be.
    stopping.signal.throwIfAborted();
    let parent: string | undefined;
    for (const [index, message] of messages.entries()) {
      try {
        if (index > 0) await wait(pace);
        const posted = await postOnce({ client, channel, message, key: `${key}/${index}`, thread: parent });
        parent ??= posted;
      } catch (thrown) {
        if (index === 0) throw thrown;
        throw new DoubtError(`${index} of ${messages.length} messages arrived. ${messageOf(thrown)}`, {
          cause: thrown,
        });
      }
    }
    if (parent === undefined) throw new Error('a card was rendered as no message');
    return parent;
  };

  /** Messages arrive in order, so behind the first that is missing none is looked for. */
  const resumeAll = async (
    client: webApi.WebClient,
    channel: string,
    messages: readonly SlackMessage[],
    { key, since }: { readonly key: string; readonly since: Instant },
  ): Promise<Resumed> => {
    let parent: string | undefined;
    let found = 0;
    for (const [index, message] of messages.entries()) {
      stopping.signal.throwIfAborted();
      const part = { client, channel, message, key: `${key}/${index}`, thread: parent };
      const known = found === index ? await lookAgain(part, since) : undefined;
      if (known) found += 1;
      else if (index > 0) await wait(pace);
      const ts = known ?? (await postOnce(part));
      parent ??= ts;
    }
    if (parent === undefined) throw new Error('a card was rendered as no message');
    return { messageRef: parent, found, messages: messages.length };
  };

  const enqueue = <Result>(channel: string, work: () => Promise<Result>): Promise<Result> => {
    const posting = (queues.get(channel) ?? Promise.resolve()).then(work);
    // The next one keeps its distance, and does not care how this one ended.
    const rest = posting.then(
      () => wait(pace),
      () => undefined,
    );
    const settled = rest
      .catch(() => undefined)
      .finally(() => {
        if (queues.get(channel) === settled) queues.delete(channel);
      });
    queues.set(channel, settled);
    return posting;
  };

  return {
    post(client, channel, messages, key) {
      const name = `${channel} ${key}`;
      const known = posted.get(name);
      if (known) return known;
      const posting = enqueue(channel, () => postAll(client, channel, messages, key));
      posted.set(name, posting);
      // What was not posted may be asked for again.
      posting.catch(() => posted.delete(name));
      for (const oldest of posted.keys()) {
        if (posted.size <= REMEMBERED) break;
        posted.delete(oldest);
      }
      return posting;
    },
    resume: (client, channel, messages, key, since) =>
      enqueue(channel, () => resumeAll(client, channel, messages, { key, since })),
    stop: () => stopping.abort(new WorldError('The bot is stopping.')),
  };
}

interface Part {
  readonly client: webApi.WebClient;
  readonly channel: string;
  readonly message: SlackMessage;
  readonly key: string;
  /** The message whose thread it belongs to; absent for the channel itself. */
  readonly thread: string | undefined;
}

/** The message that an earlier run may have posted. Throws DoubtError where it may not be looked for, else as `channelFailure` says. */
async function lookAgain({ client, channel, key, thread }: Part, since: Instant): Promise<string | undefined> {
  try {
    return await wasPosted(client, { channel, thread, key, since });
  } catch (thrown) {
    const failure = channelFailure(thrown);
    if (failure instanceof RouteError || outcomeOf(thrown)?.kind !== 'refused') throw failure;
    throw new DoubtError(`Whether it arrived could not be seen: ${messageOf(failure)}`, {
      isLasting: true,
      cause: thrown,
    });
  }
}

/** Sends once. Throws what Slack's refusal means, DoubtError where the message may still arrive, and what is a fault of ours. */
async function trySend(
  part: Part,
): Promise<Exclude<Outcome, { kind: 'refused' | 'late' }> | { kind: 'posted'; ts: string }> {
  try {
    return { kind: 'posted', ts: await send(part) };
  } catch (thrown) {
    const outcome = outcomeOf(thrown);
    if (outcome === undefined || outcome.kind === 'refused') throw channelFailure(thrown);
    // Looked for now, it might not be there yet.
    if (outcome.kind === 'late') throw new DoubtError(`${outcome.reason}, and the message may still arrive.`);
    return outcome;
  }
}

async function send({ client, channel, message, key, thread }: Part): Promise<string> {
  const { ts } = await client.chat.postMessage({
    channel,
    text: message.text,
    blocks: message.blocks,
    metadata: { event_type: METADATA_EVENT, event_payload: { key: keyIn(key) } },
    unfurl_links: false,
    unfurl_media: false,
    ...(thread ? { thread_ts: thread } : {}),
  });
  if (ts === undefined) throw new Error('Slack posted a message and gave it no timestamp');
  return ts;
}
