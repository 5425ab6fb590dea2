import type { Instant } from '../../src/model.ts';

const SECOND = 1_000;
/** A server that names a later instant is broken or hostile; without a limit its feed would be silent for years. */
const LONGEST_RETRY_AFTER = 7 * 24 * 60 * 60 * SECOND;
/** Caches may keep an answer for longer; whoever reads news asks at least daily. */
const LONGEST_MAX_AGE = 24 * 60 * 60 * SECOND;

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The only or first value of a header. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The instant before which the server asks not to be called: Retry-After (RFC 9110 §10.2.3), at most a week away. */
export function retryAfter(headers: Headers, now: Instant): Instant | undefined {
  const value = header(headers, 'retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  const delay = /^\d+$/.test(value) ? Number(value) * SECOND : Date.parse(value) - Date.parse(now);
  return later(now, delay, LONGEST_RETRY_AFTER);
}

/** Retry-After, else the instant until which the answer stays fresh (Cache-Control max-age less Age, RFC 9111 §4.2). */
export function nextLook(headers: Headers, now: Instant): Instant | undefined {
  return retryAfter(headers, now) ?? freshUntil(headers, now);
}

function freshUntil(headers: Headers, now: Instant): Instant | undefined {
  const control = [headers['cache-control'] ?? ''].flat().join(',').toLowerCase();
  if (/\bno-(cache|store)\b/.test(control)) return undefined;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/.exec(control)?.[1];
  if (maxAge === undefined) return undefined;
  const age = Number(header(headers, 'age') ?? 0);
  return later(now, (Number(maxAge) - (age > 0 ? age : 0)) * SECOND, LONGEST_MAX_AGE);
}

function later(now: Instant, milliseconds: number, longest: number): Instant | undefined {
  if (!(milliseconds > 0)) return undefined;
  return new Date(Date.parse(now) + Math.min(milliseconds, longest)).toISOString();
}
