/** The one part of the web page that others may ask: callbacks of hubs (WebSub §5.3, §7). It shows nothing of the bot. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pushes } from '../../src/push.ts';

const PATH = /^\/websub\/([\w-]{16,64})(?:\?|$)/;
/** A hub sends the whole feed, which is only read to see who signed it. */
const MOST_BYTES = 8 * 1_048_576;
/** A sender that is slower than this is none of ours. */
const LONGEST_MS = 30_000;

/** True for the address of a callback. */
export function isForHubs(target: string | undefined): boolean {
  return PATH.test(target ?? '');
}

/** Answers one request of a hub. */
export async function answerHub(
  pushes: Pick<Pushes, 'answer'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  if (method !== 'GET' && method !== 'POST') return send(response, 405, '');
  const body = await readBody(request);
  if (body === undefined) return send(response, 413, '');
  const signature = request.headers['x-hub-signature'];
  const { status, text } = await pushes.answer({
    method,
    token: PATH.exec(url)?.[1] ?? '',
    query: new URLSearchParams(url.split('?').slice(1).join('?')),
    ...(typeof signature === 'string' ? { signature } : {}),
    body,
  });
  return send(response, status, text);
}

/** Undefined where it is too long or too slow. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => request.destroy(), LONGEST_MS);
  try {
    for await (const chunk of request) {
      length += chunk.length;
      if (length > MOST_BYTES) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  if (response.destroyed) return;
  // A challenge is a stranger's text: it is never to be taken for a page.
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  response.writeHead(status, { ...headers, 'Content-Security-Policy': "default-src 'none'" }).end(text);
}
