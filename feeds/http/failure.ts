import { STATUS_CODES } from 'node:http';
import { messageOf, UserError, WorldError } from '../../src/errors.ts';
import type { Instant } from '../../src/model.ts';
import { type Headers, header, retryAfter } from './freshness.ts';

/** What a refused status means for a reader of the feed list, where the standard phrase does not say it. */
const MEANINGS: Readonly<Record<number, string>> = {
  401: 'a login is needed',
  402: 'payment is needed',
  403: 'access refused',
  404: 'nothing is there',
  410: 'removed for good',
  418: 'access refused',
  429: 'too many requests',
  451: 'unavailable for legal reasons',
};

/** An answer that is neither a document nor "unchanged", as a WorldError that carries Retry-After. */
export function statusFailure(status: number, headers: Headers, now: Instant): WorldError {
  const notBefore = retryAfter(headers, now);
  // The site refuses programs whatever they ask; going around its check would be wrong.
  const challenge =
    header(headers, 'cf-mitigated') === 'challenge' ? 'the site checks for a browser (Cloudflare)' : undefined;
  const meaning = challenge ?? MEANINGS[status] ?? STATUS_CODES[status]?.toLowerCase();
  return new WorldError(`answered ${status}${meaning === undefined ? '' : ` (${meaning})`}`, {
    status,
    ...(notBefore === undefined ? {} : { notBefore }),
  });
}

/** A failure of the network as a WorldError in words; anything else stays what it is, because it is not the network's. */
export function connectionFailure(thrown: unknown, host: string): Error {
  if (thrown instanceof UserError || thrown instanceof WorldError) return thrown;
  const cause = rootCause(thrown);
  if (cause instanceof UserError || cause instanceof WorldError) return cause;
  const code = codeOf(cause);
  if (code === '' && thrown instanceof Error) return thrown;
  const obstacle = /TIMEOUT|ETIMEDOUT/.test(code) ? 'slow' : 'unreachable';
  return new WorldError(describe(code, host) ?? `could not be read: ${messageOf(cause)}`, { obstacle, cause: thrown });
}

/** undici wraps socket errors, and node:net wraps one error an address. */
function rootCause(thrown: unknown): unknown {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return rootCause(thrown.errors[0]);
  return thrown instanceof Error && thrown.cause instanceof Error ? rootCause(thrown.cause) : thrown;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

function describe(code: string, host: string): string | undefined {
  if (/CERT|SIGNATURE|SELF_SIGNED|ALTNAME|CRL/.test(code)) return `the certificate of ${host} is not valid (${code})`;
  if (/^ERR_SSL|^EPROTO/.test(code)) return `no secure connection to ${host} could be made (${code})`;
  return DESCRIPTIONS[code]?.(host);
}

const DESCRIPTIONS: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `host not found: ${host}`,
  EAI_AGAIN: (host) => `the name ${host} could not be looked up just now`,
  ECONNREFUSED: (host) => `${host} refused the connection`,
  ECONNRESET: (host) => `${host} broke the connection off`,
  EPIPE: (host) => `${host} broke the connection off`,
  UND_ERR_SOCKET: (host) => `${host} broke the connection off`,
  ETIMEDOUT: (host) => `${host} did not answer`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} did not answer`,
  EHOSTUNREACH: (host) => `${host} cannot be reached from here`,
  ENETUNREACH: (host) => `${host} cannot be reached from here`,
  UND_ERR_HEADERS_OVERFLOW: (host) => `${host} answered with too many headers`,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (host) => `${host} broke its answer off`,
};
