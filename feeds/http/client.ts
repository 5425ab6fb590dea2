import { Agent, request } from 'undici';
import { HeldError, UserError, WorldError } from '../../src/errors.ts';
import type { Clock } from '../../src/ports.ts';
import { registrableDomain } from '../../src/registrable-domain.ts';
import { MINUTE, plus } from '../../src/time.ts';
import { checkAddress, checkRedirect, hostOf, privateRedirect } from './address.ts';
import { type HttpAnswer, readAnswer } from './answer.ts';
import { ACCEPTED_ENCODINGS } from './body.ts';
import { connectionFailure } from './failure.ts';
import { header } from './freshness.ts';
import { createConnector, type Resolve } from './lookup.ts';
import { createOwnerLimits } from './owner-limits.ts';
import { createAddressRule } from './private-address.ts';
import { createRobots } from './robots.ts';
import { withinTime } from './time-limit.ts';

export type { HttpAnswer } from './answer.ts';

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
  /** Between two requests to one owner of public hosts; 1 s where absent. */
  readonly spacingMs?: number;
  /** True for a host of our own, which is asked without limits; where absent, those that `allowPrivate` names. */
  readonly isOwn?: (host: string) => boolean;
  /** Looks names up; the system's look-up where absent. */
  readonly resolve?: Resolve;
}

interface HttpRequest {
  readonly url: string;
  readonly accept: string;
  /** Validators of the last answer (RFC 9110 §13.1); absent for a first look. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly signal: AbortSignal;
}

/** Fetches documents from the public web: conditional, bounded, within each owner's limits, never from a private address. */
export interface HttpClient {
  /**
   * Throws WorldError when the document cannot be had (with `notBefore` where the server sent Retry-After), HeldError when
   * its server is not to be asked now, UserError when the address is not allowed, and the signal's own reason when it aborts.
   */
  get(request: HttpRequest): Promise<HttpAnswer>;
  /** Sends a form and resolves with the status and the first words of the answer; follows no redirect. Throws as `get` does. */
  post(request: {
    readonly url: string;
    readonly form: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  }): Promise<{ readonly status: number; readonly text: string }>;
  /** The owner of the address's server, whose hosts share their limits; undefined where there are none. */
  ownerOf(url: string): string | undefined;
  close(): Promise<void>;
}

const MOST_REDIRECTS = 5;
const PERMANENT = new Set([301, 308]);
const REDIRECTS = new Set([...PERMANENT, 302, 303, 307]);
const MOST_HEADER_BYTES = 32_768;
/** RFC 9309 §2.5 asks readers to take at least 500 KiB. */
const ROBOTS = { maxBytes: 512_000, timeoutMs: 5_000 };
/** After 429 without a word on how long: enough for what is on its way; the poll decides on the rest. */
const QUIET_AFTER_LIMIT = MINUTE;

export function createHttpClient(options: HttpOptions): HttpClient {
  const { timeoutMs = 20_000, maxBytes = 8 * 1_048_576, spacingMs = 1_000, clock, userAgent } = options;
  const rule = createAddressRule(options.allowPrivate);
  const { isOwn = (host) => rule.isNamed(host) } = options;
  const limits = createOwnerLimits(spacingMs, clock);
  const robots = createRobots(clock, readRobotsFile);
  const closing = new AbortController();
  const agent = new Agent({
    connect: createConnector(rule, { timeout: timeoutMs, resolve: options.resolve }),
    maxHeaderSize: MOST_HEADER_BYTES,
    // Our own limit covers the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
    // One small document an hour: a second protocol would add faults and save nothing.
    allowH2: false,
  });

  /** Follows redirects to the first answer that is none. Nothing a server set, such as a cookie, goes to the next. */
  async function follow(wanted: HttpRequest, first: URL, most: number, visit: Visit): Promise<HttpAnswer> {
    let url = first;
    let isPermanent = true;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      try {
        const headers = headersOf(wanted, userAgent);
        const response = await request(url, { dispatcher: agent, signal: visit.signal, headers });
        if (!REDIRECTS.has(response.statusCode)) {
          const reading = { url, isConditional: isConditional(wanted), maxBytes: most, now: clock.now() };
          const answer = await readAnswer(response, reading);
          return hop > 0 && isPermanent ? { ...answer, movedTo: url.href } : answer;
        }
        await response.body.dump();
        isPermanent &&= PERMANENT.has(response.statusCode);
        const next = checkRedirect(header(response.headers, 'location'), url, rule);
        if (next.host !== url.host) await visit.enter(next);
        url = next;
      } catch (thrown) {
        throw hop === 0 ? failureAt(url, thrown) : afterRedirect(url, failureAt(url, thrown));
      }
    }
    throw new WorldError(`answered with more than ${MOST_REDIRECTS} redirects`);
  }

  /** A failure in words; a wish for quiet is kept for all that is asked of the same owner. */
  function failureAt(url: URL, thrown: unknown): Error {
    const failure = connectionFailure(thrown, hostOf(url));
    if (!(failure instanceof WorldError) || failure instanceof HeldError || isOwn(hostOf(url))) return failure;
    const until = failure.notBefore ?? (failure.status === 429 ? plus(clock.now(), QUIET_AFTER_LIMIT) : undefined);
    if (until !== undefined) limits.hold(hostOf(url), until);
    return failure;
  }

  /** Runs an exchange in the owner's turn and gives the place back at its end. */
  async function inTurn<Result>(
    url: URL,
    signal: AbortSignal,
    work: (visit: Visit) => Promise<Result>,
  ): Promise<Result> {
    let leave = () => {};
    const enter = async (next: URL, within: AbortSignal) => {
      leave();
      leave = isOwn(hostOf(next)) ? () => {} : await limits.enter(hostOf(next), within);
    };
    await enter(url, signal);
    try {
      return await withinTime(timeoutMs, signal, (inner) =>
        work({ signal: inner, enter: (next) => enter(next, inner) }),
      );
    } finally {
      leave();
    }
  }

  async function readRobotsFile(url: URL): Promise<string> {
    const wanted = { url: url.href, accept: 'text/plain, */*;q=0.5', signal: closing.signal };
    return withinTime(ROBOTS.timeoutMs, closing.signal, async (signal) => {
      const visit = { signal, enter: async (next: URL) => limits.check(hostOf(next)) };
      const answer = await follow(wanted, url, ROBOTS.maxBytes, visit);
      return answer.outcome === 'document' ? Buffer.from(answer.bytes).toString() : '';
    });
  }

  /** What robots.txt asks: a delay is kept; that a path should not be read is told to whoever asked for it. */
  async function heedRobots(url: URL): Promise<boolean> {
    if (isOwn(hostOf(url))) return true;
    limits.check(hostOf(url));
    const { delay, allows } = await robots(url);
    limits.spaceOut(hostOf(url), delay);
    return allows(`${url.pathname}${url.search}`);
  }

  return {
    async get(wanted) {
      wanted.signal.throwIfAborted();
      const url = checkAddress(wanted.url, rule);
      const isAllowed = await heedRobots(url);
      const answer = await inTurn(url, wanted.signal, (visit) => follow(wanted, url, maxBytes, visit));
      return isAllowed ? answer : { ...answer, disallowed: true };
    },
    async post({ url: address, form, signal }) {
      const url = checkAddress(address, rule);
      return inTurn(url, signal, async (visit) => {
        try {
          const response = await request(url, {
            dispatcher: agent,
            signal: visit.signal,
            method: 'POST',
            headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(form).toString(),
          });
          return { status: response.statusCode, text: await firstWords(response.body) };
        } catch (thrown) {
          throw failureAt(url, thrown);
        }
      });
    },
    ownerOf(address) {
      const url = URL.parse(address);
      return url === null || isOwn(hostOf(url)) ? undefined : registrableDomain(hostOf(url));
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}

/** One exchange under way: until when, and how it may go on to another host. */
interface Visit {
  readonly signal: AbortSignal;
  enter(next: URL): Promise<void>;
}

/** Where a server led to a refused address, the person who asked for another one has nothing to allow. */
function afterRedirect(url: URL, failure: Error): Error {
  return failure instanceof UserError ? privateRedirect(hostOf(url)) : failure;
}

const MOST_WORDS = 200;

async function firstWords(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString();
    if (text.length > MOST_WORDS) break;
  }
  return text.slice(0, MOST_WORDS).replace(/\s+/g, ' ').trim();
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
