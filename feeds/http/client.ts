import { Agent, type Dispatcher, request } from 'undici';
import { WorldError } from '../../src/errors.ts';
import type { Instant } from '../../src/model.ts';
import type { Clock } from '../../src/ports.ts';
import { checkAddress, checkRedirect, hostOf } from './address.ts';
import { ACCEPTED_ENCODINGS, readBody, tooLarge } from './body.ts';
import { connectionFailure, statusFailure } from './failure.ts';
import { header, nextLook } from './freshness.ts';
import { createLookup } from './lookup.ts';
import { createAddressRule } from './private-address.ts';
import { createSpacing } from './spacing.ts';

/** How this bot asks other people's servers. */
export interface HttpOptions {
  /** Names the bot and a contact, such as `Barrierwatch/0.1 (+https://example.org)`. */
  readonly userAgent: string;
  /** Host names, IP addresses and CIDR blocks that may be asked although they are not public. */
  readonly allowPrivate: readonly string[];
  readonly clock: Clock;
  /** For one document with all its redirects, without the time in the queue; 20 s where absent. */
  readonly timeoutMs?: number;
  /** Limit of a document before and after decompression; 8 MiB where absent. */
  readonly maxBytes?: number;
  /** Between two requests to one public host; 1 s where absent. */
  readonly spacingMs?: number;
}

interface HttpRequest {
  readonly url: string;
  readonly accept: string;
  /** Validators of the last answer (RFC 9110 §13.1); absent for a first look. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly signal: AbortSignal;
}

/** A server's answer: nothing new (304), or a document. */
export type HttpAnswer = AnswerFacts &
  (
    | { readonly outcome: 'unchanged' }
    | {
        readonly outcome: 'document';
        /** The address after redirects. */
        readonly url: string;
        readonly bytes: Uint8Array;
        readonly contentType?: string;
      }
  );

interface AnswerFacts {
  readonly etag?: string;
  readonly lastModified?: string;
  /** The server's wish for the next look. */
  readonly notBefore?: Instant;
  /** The server's own clock (`Date`, RFC 9110 §6.6.1), in whole seconds; absent where it tells none. */
  readonly servedAt?: Instant;
}

/** Fetches documents from the public web: conditional, bounded, spaced, never from a private address. */
export interface HttpClient {
  /**
   * Throws WorldError when the document cannot be had (with `notBefore` where the server sent Retry-After), UserError when
   * the address is not allowed, and the signal's own reason when it aborts.
   */
  get(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function createHttpClient(options: HttpOptions): HttpClient {
  const { timeoutMs = 20_000, maxBytes = 8 * 1_048_576, spacingMs = 1_000, clock } = options;
  const rule = createAddressRule(options.allowPrivate);
  const spacing = createSpacing(spacingMs);
  const agent = new Agent({
    connect: { lookup: createLookup(rule), timeout: timeoutMs },
    // Our own limit covers the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
    // One small document an hour: a second protocol would add faults and save nothing.
    allowH2: false,
  });

  /** Follows redirects to the first answer that is none. */
  async function follow(wanted: HttpRequest, first: URL, signal: AbortSignal): Promise<HttpAnswer> {
    let url = first;
    try {
      for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
        const headers = headersOf(wanted, options.userAgent);
        const response = await request(url, { dispatcher: agent, signal, headers });
        if (!REDIRECTS.has(response.statusCode)) return await read(response, url, isConditional(wanted));
        await response.body.dump();
        const next = checkRedirect(header(response.headers, 'location'), url, rule);
        if (next.host !== url.host) await takeTurn(next, signal);
        url = next;
      }
    } catch (thrown) {
      throw connectionFailure(thrown, hostOf(url));
    }
    throw new WorldError(`answered with more than ${MOST_REDIRECTS} redirects`);
  }

  async function read(response: Dispatcher.ResponseData, url: URL, conditional: boolean): Promise<HttpAnswer> {
    const { statusCode, headers, body } = response;
    if (statusCode === 304 && conditional) {
      await body.dump();
      return { outcome: 'unchanged', ...factsOf(headers, clock.now()) };
    }
    if (statusCode < 200 || statusCode > 299) {
      await body.dump();
      throw statusFailure(statusCode, headers, clock.now());
    }
    if (Number(header(headers, 'content-length') ?? 0) > maxBytes) {
      body.destroy();
      throw tooLarge(maxBytes);
    }
    const contentType = header(headers, 'content-type');
    const bytes = await readBody(body, header(headers, 'content-encoding'), maxBytes);
    return {
      outcome: 'document',
      url: url.href,
      bytes,
      ...(contentType === undefined ? {} : { contentType }),
      ...factsOf(headers, clock.now()),
    };
  }

  async function takeTurn(url: URL, signal: AbortSignal): Promise<void> {
    if (!rule.isNamed(hostOf(url))) await spacing.turn(url.host, signal);
  }

  return {
    async get(wanted) {
      wanted.signal.throwIfAborted();
      const url = checkAddress(wanted.url, rule);
      await takeTurn(url, wanted.signal);
      return withinTime(timeoutMs, wanted.signal, (signal) => follow(wanted, url, signal));
    },
    async close() {
      spacing.close();
      await agent.destroy();
    },
  };
}

/** Runs work with a signal that aborts with the outer one or after the time; the time's end throws WorldError. */
async function withinTime<Result>(
  milliseconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(), milliseconds);
  const onAbort = () => inner.abort();
  outer.addEventListener('abort', onAbort, { once: true });
  try {
    return await work(inner.signal);
  } catch (thrown) {
    outer.throwIfAborted();
    if (inner.signal.aborted) throw new WorldError(`took longer than ${milliseconds / 1_000} s`, { cause: thrown });
    throw thrown;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', onAbort);
  }
}

function isConditional(wanted: HttpRequest): boolean {
  return wanted.etag !== undefined || wanted.lastModified !== undefined;
}

function headersOf(wanted: HttpRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: wanted.accept,
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...(wanted.etag === undefined ? {} : { 'if-none-match': wanted.etag }),
    ...(wanted.lastModified === undefined ? {} : { 'if-modified-since': wanted.lastModified }),
  };
}

function factsOf(headers: Dispatcher.ResponseData['headers'], now: Instant): AnswerFacts {
  const etag = header(headers, 'etag');
  const lastModified = header(headers, 'last-modified');
  const notBefore = nextLook(headers, now);
  const served = Date.parse(header(headers, 'date') ?? '');
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(Number.isNaN(served) ? {} : { servedAt: new Date(served).toISOString() }),
  };
}
