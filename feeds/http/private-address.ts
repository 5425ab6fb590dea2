import { BlockList, isIP, isIPv6 } from 'node:net';
import { UserError } from '../../src/errors.ts';

/** IPv4 blocks that are not public (IANA special-purpose registry, RFC 6890): no feed lives there. */
const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Public by number, but inside Azure it is the platform's own service.
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * IPv6 blocks that are not public: all but 2000::/3 (which leaves out loopback, IPv4-mapped addresses, NAT64, unique local,
 * link-local and multicast), and those within it that are reserved or stand for an IPv4 address.
 */
const PRIVATE_IPV6 = ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Which hosts and addresses may be connected to. */
export interface AddressRule {
  /** True when the person who runs the bot named this host, or this address, as allowed. */
  isNamed(host: string): boolean;
  /** True when a connection to this IP address of this host may be opened. */
  allows(host: string, address: string): boolean;
}

/**
 * The rule with the exceptions a person named: host names, IP addresses or CIDR blocks. Throws UserError for one that is
 * none of them.
 */
export function createAddressRule(allowPrivate: readonly string[]): AddressRule {
  const names = new Set<string>();
  const allowed = new AddressBlocks([]);
  for (const entry of allowPrivate.map((text) => text.trim().toLowerCase()).filter((text) => text !== '')) {
    if (isBlock(entry)) allowed.add(entry);
    else if (/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/.test(entry)) names.add(withoutEndDot(entry));
    else
      throw new UserError(
        `FEED_ALLOW_PRIVATE: “${entry}” is no host name, IP address or CIDR block (such as 10.0.0.0/8)`,
      );
  }
  const isNamed = (host: string) => {
    const name = withoutEndDot(host);
    // A block that holds loopback names these too.
    const address = isLoopbackName(name) ? '127.0.0.1' : name;
    return names.has(name) || (isIP(address) !== 0 && allowed.hold(address));
  };
  return {
    isNamed,
    allows: (host, address) =>
      isIP(address) !== 0 && (names.has(withoutEndDot(host)) || allowed.hold(address) || isPublic(address)),
  };
}

/** True for names that never leave the machine (RFC 6761 §6.3), whatever a look-up says of them. */
export function isLoopbackName(host: string): boolean {
  return /^(.+\.)?localhost\.?$/.test(host);
}

/** `host.example.` and `host.example` are one name; the dot only says that it is whole. */
function withoutEndDot(host: string): string {
  return host.replace(/\.$/, '');
}

/** True when an address is one of the public internet. */
function isPublic(address: string): boolean {
  return !PRIVATE.hold(address);
}

/** Two lists, because an IPv4-mapped IPv6 block in a common list would match every IPv4 address. */
class AddressBlocks {
  readonly #ipv4 = new BlockList();
  readonly #ipv6 = new BlockList();

  constructor(blocks: readonly string[]) {
    for (const block of blocks) this.add(block);
  }

  add(block: string): void {
    const [address = '', prefix] = block.split('/');
    if (isIPv6(address)) this.#ipv6.addSubnet(address, Number(prefix ?? 128), 'ipv6');
    else this.#ipv4.addSubnet(address, Number(prefix ?? 32), 'ipv4');
  }

  hold(address: string): boolean {
    return isIPv6(address) ? this.#ipv6.check(address, 'ipv6') : this.#ipv4.check(address, 'ipv4');
  }
}

const PRIVATE = new AddressBlocks([...PRIVATE_IPV4, ...PRIVATE_IPV6]);

function isBlock(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
