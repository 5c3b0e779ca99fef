import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { addressKind } from "./special-addresses.ts";

/**
 * Restriction of connections to public addresses, for a process that connects to hosts which others name. Hosts that
 * its operator named may have private addresses.
 */
export interface AddressRestriction {
  /**
   * Verifies a URL whose host is an IP address, for which no name is resolved.
   *
   * @throws UnavailableError address-refused
   */
  verify(url: URL): void;
  /**
   * Name resolution for connections to a host; fails with `address-refused` if any of the addresses is
   * refused. The connection uses the returned addresses, so that a second answer of the DNS has no effect.
   */
  lookupFor(isNamed: boolean): LookupFunction;
  /** Whether the operator named a host. */
  isNamed(host: Pick<URL, "hostname" | "port" | "protocol">): boolean;
}

/** @param named hosts, each with one port, or without for all ports */
export function addressRestriction(named: readonly string[]): AddressRestriction {
  const hosts = new Set(named.map(hostOf));
  const isNamed: AddressRestriction["isNamed"] = ({ hostname, port, protocol }) => {
    const name = hostOf(hostname);
    return hosts.has(name) || hosts.has(`${name}:${port || (protocol === "http:" ? "80" : "443")}`);
  };
  return {
    isNamed,
    verify(url) {
      const address = url.hostname.replace(/^\[(.*)\]$/, "$1");
      if (isIP(address) === 0 || isNamed(url)) return;
      if (addressKind(address) !== "public") throw refused(url.host, address);
    },
    lookupFor: (isAllowed) => (hostname, options, callback) => {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return callback(error, []);
        const other = addresses.find(({ address }) => !isReachable(address, hostname, isAllowed));
        if (other !== undefined) return callback(refused(hostname, other.address), []);
        answer(addresses, options.all === true, callback);
      });
    },
  };
}

/**
 * Whether a connection to a resolved address is allowed. Link-local addresses are refused even for a named host: no DNS
 * name leads there.
 */
function isReachable(address: string, hostname: string, isNamed: boolean): boolean {
  const kind = addressKind(address);
  if (kind === "public") return true;
  if (!isNamed) return false;
  return kind === "private" || (kind === "loopback" && /(?:^|\.)localhost\.?$/.test(hostname));
}

function answer(
  addresses: readonly LookupAddress[],
  isForAll: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = addresses;
  if (isForAll || first === undefined) callback(null, [...addresses]);
  else callback(null, first.address, first.family);
}

/** Host in normal form: a number that denotes an address, in any notation, becomes this address. */
function hostOf(host: string): string {
  const [, name = host, port = ""] = /^(.*?)(:\d{1,5})?$/.exec(host) ?? [];
  return `${URL.canParse(`https://${name}`) ? new URL(`https://${name}`).hostname : name}${port}`;
}

function refused(host: string, address: string): UnavailableError {
  const [name, at] = [quoted(host), quoted(address)];
  const text: Text = {
    fr: `${name} est à une adresse qui n'est pas publique (${at}) : aucune connexion n'y est faite. Si c'est un registre de la plateforme, le nommer dans la politique : admission.registries.`,
    en: `${name} is at an address that is not public (${at}): no connection is made to it. If it is a registry of the platform, name it in the policy: admission.registries.`,
  };
  return new UnavailableError("address-refused", text);
}
