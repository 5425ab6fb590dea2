import { isIP } from 'node:net';
import { UserError, WorldError } from '../../src/errors.ts';
import type { AddressRule } from './private-address.ts';

/** An address as a person gave it; throws UserError unless it is a web address that may be asked. */
export function checkAddress(address: string, rule: AddressRule): URL {
  const url = URL.parse(address);
  if (url === null)
    throw new UserError(`“${address.slice(0, 200)}” is not a web address; it should start with https://`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UserError(`only http and https addresses can be read, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError(
      'an address must not hold a user name or password: everyone who sees the feed list would see it',
    );
  }
  checkLiteral(url, rule);
  return url;
}

/** Where a redirect leads (RFC 9110 §15.4); throws where it must not be followed. */
export function checkRedirect(location: string | undefined, from: URL, rule: AddressRule): URL {
  const url = location === undefined ? null : URL.parse(location, from.href);
  if (url === null) throw new WorldError('answered with a redirect that leads nowhere');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new WorldError(`answered with a redirect to an address that is not of the web (${url.protocol})`);
  }
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new WorldError(`answered with a redirect from https to http (${url.host}), which would not be secure`);
  }
  if (url.username !== '' || url.password !== '')
    throw new WorldError('answered with a redirect that holds a password');
  checkLiteral(url, rule);
  return url;
}

/** The host without the brackets of an IPv6 address, as sockets and look-ups name it. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The refusal of a host whose address is not public. */
export function privateAddress(host: string, address: string): UserError {
  const which = host === address ? host : `${host} (${address})`;
  return new UserError(`${which} is a private address; set FEED_ALLOW_PRIVATE=${host} to allow it`);
}

/** Names are checked when they are looked up; addresses are never looked up. */
function checkLiteral(url: URL, rule: AddressRule): void {
  const host = hostOf(url);
  if (isIP(host) !== 0 && !rule.allows(host, host)) throw privateAddress(host, host);
}
