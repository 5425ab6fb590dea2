/** Clients of the Web API whose retries are our own: Bolt's would post twice, and one limited call would hold up all others. */
import { setTimeout } from 'node:timers/promises';
import { type Logger, webApi } from '@slack/bolt';
import { outcomeOf } from './failure.ts';

const TIME_LIMIT = 15_000;
/** A person who waits for an answer is not held up for longer, nor is a stop. */
const LONGEST_WAIT_SECONDS = 3;
const PAUSES = [500, 2_000] as const;

export interface ClientSettings {
  readonly apiUrl?: string | undefined;
  readonly logger: Logger;
}

/** What every client of ours is made with. */
export function clientOptions({ apiUrl, logger }: ClientSettings): webApi.WebClientOptions {
  return {
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIME_LIMIT,
    ...(apiUrl ? { slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` } : {}),
  };
}

/** A client for one workspace's token. */
export function createClient(token: string, settings: ClientSettings): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(settings));
}

/**
 * A call that may be made twice: tried three times where that can help, and when Slack asks to wait no longer than
 * `longestWait` seconds. Throws what the last try threw.
 */
export async function repeatable<Result>(
  call: () => Promise<Result>,
  longestWait = LONGEST_WAIT_SECONDS,
): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await call();
    } catch (thrown) {
      const outcome = outcomeOf(thrown);
      const pause = PAUSES[failures];
      if (pause === undefined || outcome === undefined || outcome.kind === 'refused') throw thrown;
      if (outcome.kind === 'limited' && outcome.seconds > longestWait) throw thrown;
      await setTimeout(outcome.kind === 'limited' ? outcome.seconds * 1_000 : pause);
    }
  }
}
