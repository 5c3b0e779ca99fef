// Addresses that do not belong to a public host: https://www.iana.org/assignments/iana-ipv4-special-registry and
// https://www.iana.org/assignments/iana-ipv6-special-registry.

import { BlockList, isIPv6 } from "node:net";

/**
 * `public`: an address of the Internet. `private`: of an internal network. `loopback`: this machine itself. `local`:
 * link-local addresses, at which clouds offer their metadata services; addresses of no single host (multicast,
 * broadcast); and reserved addresses without a known use.
 */
export type AddressKind = "public" | "private" | "loopback" | "local";

type Network = readonly [network: string, prefix: number];

const PRIVATE_4: readonly Network[] = [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
];
const LOCAL_4: readonly Network[] = [
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const PUBLIC_6: readonly Network[] = [["2000::", 3]];
/** Parts of 2000::/3 for tunnels (Teredo, 6to4), for documentation, and without hosts. */
const LOCAL_6: readonly Network[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const LISTS = {
  private4: listOf("ipv4", PRIVATE_4),
  loopback4: listOf("ipv4", [["127.0.0.0", 8]]),
  local4: listOf("ipv4", LOCAL_4),
  private6: listOf("ipv6", [["fc00::", 7]]),
  loopback6: listOf("ipv6", [["::1", 128]]),
  public6: listOf("ipv6", PUBLIC_6),
  local6: listOf("ipv6", LOCAL_6),
};

/** @param given address of IPv4 or IPv6, without brackets */
export function addressKind(given: string): AddressKind {
  const address = given.split("%", 1)[0] ?? "";
  if (!isIPv6(address)) return kind4(address);
  const inner = embedded(address);
  if (inner !== undefined) return kind4(inner);
  if (LISTS.loopback6.check(address, "ipv6")) return "loopback";
  if (LISTS.private6.check(address, "ipv6")) return "private";
  return LISTS.public6.check(address, "ipv6") && !LISTS.local6.check(address, "ipv6") ? "public" : "local";
}

function kind4(address: string): AddressKind {
  if (LISTS.loopback4.check(address, "ipv4")) return "loopback";
  if (LISTS.private4.check(address, "ipv4")) return "private";
  return LISTS.local4.check(address, "ipv4") ? "local" : "public";
}

/** IPv4 address to which an IPv6 address leads: mapped (::ffff:0:0/96) or translated (NAT64, 64:ff9b::/96). */
function embedded(address: string): string | undefined {
  // URLs have a single spelling for each IPv6 address.
  const { hostname } = new URL(`http://[${address}]`);
  const [, high = "", low = ""] =
    /^\[(?:::ffff|64:ff9b:):([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname) ?? [];
  if (high === "") return undefined;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join(".");
}

function listOf(family: "ipv4" | "ipv6", networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}
