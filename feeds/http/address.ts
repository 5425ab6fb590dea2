import { isIP } from 'node:net';
import { UserError, WorldError } from '../../src/errors.ts';
import { type AddressRule, isLoopbackName } from './private-address.ts';

/** Ports of services that are not of the web, which a request could be made to speak to (Fetch standard, §2.9 port blocking). */
const BLOCKED_PORTS = new Set(
  (
    '1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 ' +
    '143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 ' +
    '3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
  ).split(' '),
);

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
  const host = hostOf(url);
  if (isPrivateLiteral(host, rule)) throw privateAddress(host, isLoopbackName(host) ? 'this machine' : host);
  if (isBlockedPort(url, rule)) throw new UserError(`port ${url.port} is not one of the web, so it is not asked`);
  return url;
}

/** Where a redirect leads (RFC 9110 §15.4); throws WorldError where it must not be followed. */
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
  const host = hostOf(url);
  if (isPrivateLiteral(host, rule)) throw privateRedirect(host);
  // What a person allowed is allowed to be asked for by name, and not to whoever answers somewhere on the web.
  if (rule.isNamed(host) && !rule.isNamed(hostOf(from))) throw privateRedirect(host);
  if (isBlockedPort(url, rule)) throw new WorldError(`answered with a redirect to port ${url.port}, not of the web`);
  return url;
}

/** Names are checked when they are looked up; addresses are never looked up, and names of this machine need not be. */
function isPrivateLiteral(host: string, rule: AddressRule): boolean {
  return isLoopbackName(host) ? !rule.isNamed(host) : isIP(host) !== 0 && !rule.allows(host, host);
}

/** On a host of one's own any port may be a web server. */
function isBlockedPort(url: URL, rule: AddressRule): boolean {
  return BLOCKED_PORTS.has(url.port) && !rule.isNamed(hostOf(url));
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

/** The same where a server led there: then the person who asked has nothing to allow. */
export function privateRedirect(host: string): WorldError {
  return new WorldError(`answered with a redirect to a private address (${host})`);
}
