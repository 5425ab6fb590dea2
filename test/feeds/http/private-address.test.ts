import { describe, expect, it } from 'vitest';
import { createAddressRule } from '../../../feeds/http/private-address.ts';

describe('the address rule', () => {
  const rule = createAddressRule([]);

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.0.2.1', '192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      '64:ff9b:1::1',
      '2001:db8::1',
      '2002:a00:1::',
    ],
    ...['fc00::1', 'fd12:3456::1', 'fe80::1', 'fec0::1', 'ff02::1', '::10.0.0.1', 'not an address'],
  ])('refuses %s', (address) => {
    expect(rule.allows('publisher.example', address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '192.167.1.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('allows %s', (address) => {
    expect(rule.allows('publisher.example', address)).toBe(true);
  });

  it('allows what a person named, and no more', () => {
    const named = createAddressRule(['intranet.example', '10.1.0.0/16', ' fd00::/8 ', '192.168.7.7', '']);
    expect(named.allows('intranet.example', '10.9.9.9')).toBe(true);
    expect(named.allows('other.example', '10.1.9.9')).toBe(true);
    expect(named.allows('other.example', 'fd00::1')).toBe(true);
    expect(named.allows('other.example', '192.168.7.7')).toBe(true);
    expect(named.allows('other.example', '10.2.0.1')).toBe(false);
    expect(named.allows('other.example', '192.168.7.8')).toBe(false);
    expect(named.allows('other.example', '127.0.0.1')).toBe(false);
  });

  it('knows which hosts were named', () => {
    const named = createAddressRule(['Intranet.Example', '127.0.0.0/8']);
    expect(['intranet.example', '127.0.0.9', 'other.example', '10.0.0.1'].map((host) => named.isNamed(host))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('takes localhost as named where its address is', () => {
    expect(createAddressRule(['127.0.0.0/8']).isNamed('localhost')).toBe(true);
    expect(createAddressRule(['10.0.0.0/8']).isNamed('localhost')).toBe(false);
  });

  it.each(['10.0.0.0/99', 'http://intranet.example', '10.0.0.0/8/8', 'a b'])(
    'says that “%s” names nothing',
    (entry) => {
      expect(() => createAddressRule([entry])).toThrow(/no host name, IP address or CIDR block/);
    },
  );
});
