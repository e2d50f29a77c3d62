import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Networks that are not the internet (IANA's registries of special-purpose addresses, RFC 6890). */
const special = new BlockList();

const networks = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

for (const [network, prefix] of networks) special.addSubnet(network, prefix, 'ipv4');

/** Global unicast is 2000::/3. What is in it and leads elsewhere: documentation, 6to4, Teredo, and other special uses. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address is one of the internet: not of this machine, a private network or a cloud's metadata service. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  // Also not IPv4 in IPv6 (::ffff:0:0/96, 64:ff9b::/96), which is outside 2000::/3.
  return isIPv6(address) && globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
