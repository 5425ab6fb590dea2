import { type LookupAddress, type LookupAllOptions, type LookupOptions, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { privateAddress } from './address.ts';
import type { AddressRule } from './private-address.ts';

/** Gives all addresses of a name, as `dns.lookup` with `all` does. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A name look-up for sockets that gives allowed addresses only. The check sits here, between the look-up and the
 * connection, so that a name cannot answer with a public address when checked and a private one when connected.
 */
function createLookup(rule: AddressRule, resolve: Resolve = systemLookup): LookupFunction {
  return (host, options: LookupOptions, callback) => {
    const all: LookupAllOptions = { ...options, all: true };
    resolve(host, all, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const allowed = addresses.filter((found) => rule.allows(host, found.address));
      const [first] = allowed;
      if (first === undefined) return callback(refusal(host, addresses), []);
      if (options.all === true) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}

/** Opens connections, and looks at the address that was connected before a byte is sent: no mistake above it can matter. */
export function createConnector(
  rule: AddressRule,
  options: { readonly timeout: number; readonly resolve?: Resolve | undefined },
): buildConnector.connector {
  const connect = buildConnector({ lookup: createLookup(rule, options.resolve), timeout: options.timeout });
  return (wanted, callback) =>
    connect(wanted, (...result) => {
      const [error, socket] = result;
      if (error !== null) return callback(error, null);
      const host = wanted.hostname.replace(/^\[(.*)\]$/, '$1');
      const address = socket.remoteAddress ?? '';
      if (rule.allows(host, address)) return callback(null, socket);
      socket.destroy();
      return callback(privateAddress(host, address), null);
    });
}

function refusal(host: string, addresses: readonly LookupAddress[]): Error {
  return privateAddress(host, addresses[0]?.address ?? 'no address');
}
