import { createHmac, timingSafeEqual } from 'node:crypto';

const METHODS = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** True when `X-Hub-Signature: method=hex` is that of the body under the secret (WebSub §7.1). */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [, method = '', digest = ''] = /^\s*(\w+)=([0-9a-f]+)\s*$/i.exec(signature ?? '') ?? [];
  if (!METHODS.has(method.toLowerCase())) return false;
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest();
  const given = Buffer.from(digest, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
