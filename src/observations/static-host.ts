import { encodedAddress } from "./encoded-address.ts";
import { hostOf } from "./listen-address.ts";

/** A host that exists in one environment only. */
export interface StaticHost {
  readonly host: string;
  /** Namespace of a cluster service's name; absent for an address. */
  readonly namespace?: string;
}

const HOST_NAME = /(?:^|[_.-])(?:HOST(?:NAME)?|ADDR(?:ESS)?|SERVER|ENDPOINT|UR[IL]|DSN|PROXY|BROKERS?)$/i;
/**
 * Names of variables without a host to call: networks and names for filters, versions, addresses where the
 * program itself listens.
 */
const NO_PEER =
  /NO_PROXY|CIDR|TRUST|ALLOW|WHITELIST|BLACKLIST|DENY|RANGE|SUBNET|NETWORK|NETMASK|VERSION|RELEASE|BIND|LISTEN|FORWARDED|PROXIES/i;
const URL_LIKE = /^[a-z][a-z\d+.-]*:\/\/(?:[^@/\s]*@)?([^/?#\s]+)/i;
const HOST_PORT = /^(\[[^\]\s]+\]|[\w.-]+):\d{1,5}$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
/**
 * Addresses for special use (RFC 6890): this host, loopback, link-local, documentation, benchmarks, multicast
 * and above.
 */
const SPECIAL =
  /^(?:0|127|22[4-9]|2[3-5]\d)\.|^169\.254\.|^192\.0\.[02]\.|^198\.(?:18|19|51\.100)\.|^203\.0\.113\./;
const SERVICE = /^[\w-]+\.([\w-]+)\.svc(?:\.[\w.-]+)?\.?$/i;

/** Host in a value that a program will call, if the host exists in one environment only. */
export function staticHost(name: string, value: string): StaticHost | undefined {
  if (NO_PEER.test(name) || /[\s,$]/.test(value)) return undefined;
  const [, authority] = URL_LIKE.exec(value) ?? HOST_PORT.exec(value) ?? [];
  const candidate = authority ?? (HOST_NAME.test(name) ? value : undefined);
  if (candidate === undefined) return undefined;
  const host = hostOf(candidate);
  if (isStaticAddress(host) || isFixedAddress(encodedAddress(host) ?? "")) return { host };
  const namespace = SERVICE.exec(host)?.[1];
  return namespace === undefined ? undefined : { host, namespace };
}

/** Whether an IPv4 or IPv6 address belongs to one machine or service. */
export function isFixedAddress(ip: string): boolean {
  return isStaticAddress(ip) || isUnicast6(ip);
}

/** Whether an IPv6 address is neither unspecified nor loopback, link-local or multicast (RFC 4291). */
function isUnicast6(ip: string): boolean {
  return ip.includes(":") && !/^(?:::1?$|fe[89ab]|ff)/i.test(ip);
}

/** Whether an IPv4 address belongs to one machine or service. */
export function isStaticAddress(host: string): boolean {
  return IPV4.test(host) && !SPECIAL.test(host);
}
