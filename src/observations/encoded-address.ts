import { isIP } from "node:net";

/** DNS services that answer with the address in the name (nip.io, sslip.io, traefik.me). */
const WILDCARD = /\.(?:nip\.io|sslip\.io|xip\.io|traefik\.me)$/i;
/** Names of single machines and pods: EC2, Google's reverse names, pods of a cluster. */
const OF_MACHINES =
  /\.(?:compute\.internal|ec2\.internal|compute(?:-1)?\.amazonaws\.com|bc\.googleusercontent\.com|pod(?:\.[\w.-]{1,100})?)$/i;
const WITH_DOTS = /(?:^|[.-])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?=[.-]|$)/;
const WITH_DASHES = /(?:^|[.-])(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?=[.-]|$)/;
/** Four labels in a row that are numbers, before a domain. */
const LABELS = /(?:^|\.)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?=\.)/;
/** A first label that is a private address (RFC 1918) with dashes. */
const PRIVATE = /^(?:ip-)?(10|172|192(?=-168-))-(\d{1,3})-(\d{1,3})-(\d{1,3})(?=\.)/;
const HEXADECIMAL = /(?:^|[.-])([\da-f]{8})$/i;
/** Numbers that inet_aton(3) reads as an IPv4 address: `167838211`, `0x0a010203`, `10.1`, `012.1.2.3`. */
const NUMBERS = /^(?:0x[\da-f]{1,8}|\d{1,10})(?:\.(?:0x[\da-f]{1,8}|\d{1,10})){0,3}$/i;

/**
 * IP address that a host stands for: an address, numbers that a resolver takes for an address, or a DNS name
 * that encodes an address. Undefined for other names.
 *
 * @param host host without brackets and port
 */
export function addressIn(host: string): string | undefined {
  const name = host.replace(/\.$/, "");
  if (isIP(name) !== 0) return name;
  return NUMBERS.test(name) ? ofNumbers(name) : encodedAddress(name);
}

/** Address that a DNS name encodes; undefined for other names, and for addresses. */
export function encodedAddress(host: string): string | undefined {
  const name = host.replace(/\.$/, "");
  const service = WILDCARD.exec(name);
  if (service !== null) return inLabels(name.slice(0, service.index));
  if (OF_MACHINES.test(name)) return ofQuad(quadIn(name));
  const domain = name.slice(name.lastIndexOf(".") + 1);
  return /^[a-z]/i.test(domain) ? ofQuad(LABELS.exec(name) ?? PRIVATE.exec(name)) : undefined;
}

function inLabels(labels: string): string | undefined {
  const quad = quadIn(labels);
  if (quad !== null) return ofQuad(quad);
  const [, digits] = HEXADECIMAL.exec(labels) ?? [];
  if (digits !== undefined) return Buffer.from(digits, "hex").join(".");
  const ipv6 = labels.slice(labels.lastIndexOf(".") + 1).replaceAll("-", ":");
  return isIP(ipv6) === 6 ? ipv6 : undefined;
}

function quadIn(text: string): RegExpExecArray | null {
  return WITH_DOTS.exec(text) ?? WITH_DASHES.exec(text);
}

function ofQuad(quad: RegExpExecArray | null): string | undefined {
  if (quad === null) return undefined;
  // Leading zeros are not part of an address.
  const address = quad.slice(1).map(Number).join(".");
  return isIP(address) === 4 ? address : undefined;
}

/** Address as the URL standard reads numeric hosts, in the same way as inet_aton(3). */
function ofNumbers(name: string): string | undefined {
  const address = URL.parse(`http://${name}/`)?.hostname ?? "";
  return isIP(address) === 4 ? address : undefined;
}
