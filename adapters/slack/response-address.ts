/** Slack's address for answers to one command or press (docs.slack.dev/interactivity/handling-user-interaction): five uses in half an hour. */
import { setTimeout } from 'node:timers/promises';
import { messageOf, WorldError } from '../../src/errors.ts';
import { SECOND } from '../../src/time.ts';
import type { SlackMessage } from './render.ts';

/** Slack answers at once; a person has gone on after so long. */
const TIME_LIMIT = 10 * SECOND;
const PAUSES = [300, 1_000] as const;

export interface Showing {
  /** Shown to the channel; else to the asker alone. */
  readonly isPublic: boolean;
  /** Where the asker reads: an answer to them alone goes into that thread, what concerns all goes to the channel. */
  readonly thread?: string | undefined;
}

/** What became of one try: taken, never to be taken there any more, or not taken and why. */
type Tried =
  | { readonly kind: 'taken' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string; readonly again: boolean };

/**
 * Shows a message to the asker, or to the channel; false when the address takes no answers any more. What only the asker sees
 * may come twice and is tried again after a lost answer; what all see is not. Throws WorldError.
 */
export async function postResponse(address: string, message: SlackMessage, showing: Showing): Promise<boolean> {
  for (let failures = 0; ; failures++) {
    const tried = await tryOnce(address, message, showing);
    if (tried.kind !== 'failed') return tried.kind === 'taken';
    const pause = PAUSES[failures];
    if (!tried.again || pause === undefined) throw new WorldError(`Slack took no answer: ${tried.reason}`);
    await setTimeout(pause);
  }
}

async function tryOnce(address: string, { text, blocks }: SlackMessage, { isPublic, thread }: Showing): Promise<Tried> {
  const body = {
    response_type: isPublic ? 'in_channel' : 'ephemeral',
    replace_original: false,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    unfurl_links: false,
    unfurl_media: false,
    ...(thread !== undefined && !isPublic ? { thread_ts: thread } : {}),
  };
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIME_LIMIT),
    });
    const said = await response.text();
    if (response.ok) return { kind: 'taken' };
    if (response.status === 404 || response.status === 410) return { kind: 'gone' };
    const again = response.status === 429 || (response.status >= 500 && !isPublic);
    return { kind: 'failed', reason: `${response.status} ${said.slice(0, 200)}`.trim(), again };
  } catch (thrown) {
    return { kind: 'failed', reason: messageOf(thrown), again: !isPublic };
  }
}
