import { isIP } from 'node:net';
import type { Config } from '../../src/config.ts';
import { UserError } from '../../src/errors.ts';
import { SECOND } from '../../src/time.ts';
import { hostOf } from '../http/address.ts';
import { createAddressRule, isLoopbackName } from '../http/private-address.ts';

/** What is needed to ask a model. */
export interface SecondReaderSettings {
  /** Where chat completions are asked for. */
  readonly url: URL;
  readonly model: string;
  /** Absent for services that need none, such as one on this machine. */
  readonly key?: string;
  readonly timeoutMs: number;
  /** Private hosts that may be asked: the service itself where it is private, and those that feeds may be read from. */
  readonly allowPrivate: readonly string[];
}

/** Names that no public service has (RFC 6761, RFC 6762, RFC 8375, and those that networks use among themselves). */
const PRIVATE_NAME = /^[^.]+$|\.(local|internal|intranet|lan|home\.arpa)\.?$/;

/** The settings of the second reader; undefined where it is off. Throws UserError for a public address without encryption. */
export function secondReaderSettings(config: Config): SecondReaderSettings | undefined {
  const { TAGGER_API_URL, TAGGER_API_KEY, TAGGER_MODEL, TAGGER_TIMEOUT, FEED_ALLOW_PRIVATE } = config;
  if (TAGGER_API_URL === undefined || TAGGER_MODEL === undefined) return undefined;
  const url = new URL(TAGGER_API_URL);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  const isPrivate = isPrivateHost(hostOf(url), FEED_ALLOW_PRIVATE);
  if (url.protocol === 'http:' && !isPrivate) {
    throw new UserError('TAGGER_API_URL is not secure: the key and the items would travel in the open. Use https://.');
  }
  return {
    url,
    model: TAGGER_MODEL,
    ...(TAGGER_API_KEY ? { key: TAGGER_API_KEY } : {}),
    timeoutMs: TAGGER_TIMEOUT * SECOND,
    allowPrivate: isPrivate ? [...FEED_ALLOW_PRIVATE, hostOf(url)] : FEED_ALLOW_PRIVATE,
  };
}

/** True for a host that is private as it is written, or that is named as one. A public name is never allowed to lead to such. */
function isPrivateHost(host: string, named: readonly string[]): boolean {
  const rule = createAddressRule(named);
  if (rule.isNamed(host)) return true;
  if (isIP(host) !== 0) return !rule.allows(host, host);
  return isLoopbackName(host) || PRIVATE_NAME.test(host);
}
