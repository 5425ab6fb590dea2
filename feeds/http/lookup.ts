import { type LookupAddress, type LookupAllOptions, type LookupOptions, lookup as lookUpName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { privateAddress } from './address.ts';
import type { AddressRule } from './private-address.ts';

/**
 * A name look-up for sockets that gives allowed addresses only. The check sits here, between the look-up and the
 * connection, so that a name cannot answer with a public address when checked and a private one when connected.
 */
export function createLookup(rule: AddressRule): LookupFunction {
  return (host, options: LookupOptions, callback) => {
    const all: LookupAllOptions = { ...options, all: true };
    lookUpName(host, all, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const allowed = addresses.filter((found) => rule.allows(host, found.address));
      const [first] = allowed;
      if (first === undefined) return callback(refusal(host, addresses), []);
      if (options.all === true) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}

function refusal(host: string, addresses: readonly LookupAddress[]): Error {
  return privateAddress(host, addresses[0]?.address ?? 'no address');
}
