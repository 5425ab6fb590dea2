/** Finds a message of ours by the key in its metadata (docs.slack.dev/messaging/message-metadata). */
import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { WorldError } from '../../src/errors.ts';
import { repeatable } from './client.ts';

export const METADATA_EVENT = 'barrierwatch_message';

/** This machine's clock may be ahead of Slack's. */
const SLACK_SECONDS = 60;
/** Messages of one answer (docs.slack.dev/reference/methods/conversations.history advises no more), and answers read through. */
const MESSAGES_A_PAGE = 200;
const MOST_PAGES = 20;
/** Nobody waits for a digest as for an answer; without this look it would be in doubt. */
const LONGEST_WAIT_SECONDS = 30;

/** A page of a history or a thread. */
export const pageSchema = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
          .partial()
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});

/** The key as it stands in metadata, which people with access to the API can read: a hash says nothing of the subscription. */
export function keyIn(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** The key in the metadata of a message; undefined where it is none of ours. */
export function keyOf({ metadata }: z.infer<typeof pageSchema>['messages'][number]): unknown {
  return metadata?.event_type === METADATA_EVENT ? metadata.event_payload?.key : undefined;
}

/**
 * The timestamp of the message with that key; undefined when there is none since then. Throws what the client throws, and
 * WorldError where more was said since than can be read through.
 */
export async function wasPosted(
  client: webApi.WebClient,
  {
    channel,
    thread,
    key,
    since,
  }: { readonly channel: string; readonly thread: string | undefined; readonly key: string; readonly since: string },
): Promise<string | undefined> {
  const oldest = String(Date.parse(since) / 1_000 - SLACK_SECONDS);
  const options = { channel, oldest, limit: MESSAGES_A_PAGE, include_all_metadata: true };
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = { ...options, ...(cursor ? { cursor } : {}) };
    const answer = await repeatable<unknown>(
      () => (thread ? client.conversations.replies({ ...asked, ts: thread }) : client.conversations.history(asked)),
      LONGEST_WAIT_SECONDS,
    );
    const { messages, response_metadata } = pageSchema.parse(answer);
    const found = messages.find((message) => keyOf(message) === keyIn(key));
    if (found) return found.ts;
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') return undefined;
  }
  throw new WorldError(`more than ${MESSAGES_A_PAGE * MOST_PAGES} messages were posted there since.`);
}
