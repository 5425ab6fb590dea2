/** Edits messages of ours in place: the parent by its timestamp, the parts in its thread by the keys in their metadata. */
import type { webApi } from '@slack/bolt';
import { repeatable } from './client.ts';
import { channelFailure, outcomeOf } from './failure.ts';
import { keyIn, keyOf, METADATA_EVENT, pageSchema } from './posted.ts';
import type { SlackMessage } from './render.ts';

/** More than a digest has parts; a longer thread is people's talk. */
const MESSAGES_SEEN = 200;
/** Nobody waits for an edit as for an answer (chat.update is a method of Tier 3: fifty a minute). */
const LONGEST_WAIT_SECONDS = 60;

/** What Slack answers where a message is gone, or may not be edited any more (docs.slack.dev/reference/methods/chat.update). */
const LOST = new Set([
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
  'update_failed',
]);

interface Place {
  readonly channel: string;
  readonly parent: string;
  readonly key: string;
}

/**
 * Shows the messages in place of those that were posted under the key. False where one of them is gone, where Slack edits it no
 * more, or where fewer were posted. What was posted beyond the messages is taken away. Throws WorldError.
 */
export async function reviseMessages(
  client: webApi.WebClient,
  place: Place,
  messages: readonly SlackMessage[],
): Promise<boolean> {
  try {
    const parts = await postedParts(client, place, messages.length);
    if (parts.length < messages.length) return false;
    for (const [index, ts] of parts.entries()) {
      const message = messages[index];
      if (message) await update(client, place, { ts, index, message });
      else await call(() => client.chat.delete({ channel: place.channel, ts }));
    }
    return true;
  } catch (thrown) {
    const outcome = outcomeOf(thrown);
    if (outcome?.kind === 'refused' && LOST.has(outcome.code)) return false;
    throw channelFailure(thrown);
  }
}

/** The timestamps of the messages in their order, as far as they are there one after the other. */
async function postedParts(
  client: webApi.WebClient,
  { channel, parent, key }: Place,
  wanted: number,
): Promise<string[]> {
  const options = { channel, ts: parent, limit: MESSAGES_SEEN, include_all_metadata: true };
  const { messages } = pageSchema.parse(await call<unknown>(() => client.conversations.replies(options)));
  const ours = new Map(messages.map((message) => [keyOf(message), message.ts]));
  const parts = [parent];
  for (let index = 1; index < Math.max(wanted, messages.length); index++) {
    const ts = ours.get(keyIn(`${key}/${index}`));
    if (ts === undefined) break;
    parts.push(ts);
  }
  return parts;
}

async function update(
  client: webApi.WebClient,
  { channel, key }: Place,
  { ts, index, message }: { readonly ts: string; readonly index: number; readonly message: SlackMessage },
): Promise<void> {
  const { text, blocks } = message;
  const metadata = { event_type: METADATA_EVENT, event_payload: { key: keyIn(`${key}/${index}`) } };
  await call(() => client.chat.update({ channel, ts, text, blocks, metadata }));
}

function call<Result>(work: () => Promise<Result>): Promise<Result> {
  return repeatable(work, LONGEST_WAIT_SECONDS);
}
