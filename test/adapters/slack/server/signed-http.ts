/** Slack over HTTP: signed requests to the app's address [docs.slack.dev/authentication/verifying-requests-from-slack]. */
import { createHmac } from 'node:crypto';
import type { Acknowledged } from './socket-mode.ts';
import type { Json, State } from './state.ts';

export interface SignedHttp {
  send(type: 'slash_commands' | 'interactive' | 'events_api', payload: Json, twice?: boolean): Promise<Acknowledged>;
  /** Sends any body with any signature; resolves with the status. */
  raw(body: string, headers: Readonly<Record<string, string>>): Promise<number>;
}

/** Sends to `address`, as Slack does when the app has no socket. */
export function createSignedHttp(state: State, address: string): SignedHttp {
  const post = async (type: string, body: string, retry: number): Promise<Acknowledged> => {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac('sha256', state.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const sentAt = performance.now();
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
        ...(retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' } : {}),
      },
      body,
      signal: AbortSignal.timeout(3_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`dispatch_failed: ${response.status}`);
    const delay = performance.now() - sentAt;
    return text.startsWith('{') ? { delay, payload: JSON.parse(text) } : { delay };
  };
  const bodyOf = (type: string, payload: Json): string => {
    if (type === 'events_api') return JSON.stringify(payload);
    if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
    return new URLSearchParams(fields).toString();
  };
  return {
    async send(type, payload, twice = false) {
      const first = await post(type, bodyOf(type, payload), 0);
      if (twice) await post(type, bodyOf(type, payload), 1);
      return first;
    },
    async raw(body, headers) {
      const response = await fetch(address, { method: 'POST', body, headers });
      await response.text();
      return response.status;
    },
  };
}
