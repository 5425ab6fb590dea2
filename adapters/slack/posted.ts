/** Finds a message of ours by the key in its metadata (docs.slack.dev/messaging/message-metadata). */
import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { repeatable } from './client.ts';

export const METADATA_EVENT = 'barrierwatch_message';

/** This machine's clock may be ahead of Slack's. */
const SLACK_SECONDS = 60;
/** A channel where more was said since is not one where a digest goes unnoticed. */
const MESSAGES_SEEN = 100;
/** Nobody waits for a digest as for an answer; without this look it would be in doubt. */
const LONGEST_WAIT_SECONDS = 30;

const pageSchema = z.object({
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
});

/** The key as it stands in metadata, which people with access to the API can read: a hash says nothing of the subscription. */
export function keyIn(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** The timestamp of the message with that key; undefined when there is none since then. Throws what the client throws. */
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
  const options = { channel, oldest, limit: MESSAGES_SEEN, include_all_metadata: true };
  const page = await repeatable<unknown>(
    () => (thread ? client.conversations.replies({ ...options, ts: thread }) : client.conversations.history(options)),
    LONGEST_WAIT_SECONDS,
  );
  const { messages } = pageSchema.parse(page);
  return messages.find(
    ({ metadata }) => metadata?.event_type === METADATA_EVENT && metadata.event_payload?.key === keyIn(key),
  )?.ts;
}
