import { BlockList, isIP, isIPv6 } from "node:net";

/** Whether a URL is reached without a proxy. */
export type Exceptions = (url: Pick<URL, "hostname" | "port" | "protocol">) => boolean;

interface Host {
  /** Lower case, without brackets. */
  readonly name: string;
  readonly port: string;
}

/**
 * Hosts that NO_PROXY excepts, read as in Go (golang.org/x/net/http/httpproxy) and curl: entries are separated by
 * commas or spaces. `*` is every host; `10.0.0.0/8` a network; an IP address itself; `example.com` a domain with its
 * subdomains; `.example.com` and `*.example.com` subdomains alone; `:PORT` limits an entry to a port. This machine is
 * always excepted.
 */
export function exceptionsOf(noProxy: string): Exceptions {
  const entries = noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((entry) => entry !== "")
    .map(entryOf);
  return ({ hostname, port, protocol }) => {
    const host: Host = {
      name: hostname
        .replace(/^\[(.*)\]$/, "$1")
        .replace(/\.$/, "")
        .toLowerCase(),
      port: port || (protocol === "http:" ? "80" : "443"),
    };
    return isThisMachine(host.name) || entries.some((matches) => matches(host));
  };
}

function isThisMachine(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

function entryOf(entry: string): (host: Host) => boolean {
  if (entry === "*") return () => true;
  const [, network = "", prefix = ""] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  if (network !== "") return inNetwork(network, Number(prefix));
  const { name, port } = withoutPort(entry);
  const isPort = (host: Host) => port === "" || host.port === port;
  if (isIP(name) !== 0) {
    const normal = normalAddress(name);
    return (host) => host.name === normal && isPort(host);
  }
  const suffix = name.replace(/^\*?\./, ".").replace(/\.$/, "");
  if (suffix.startsWith(".")) return (host) => host.name.endsWith(suffix) && isPort(host);
  return (host) => (host.name === suffix || host.name.endsWith(`.${suffix}`)) && isPort(host);
}

function withoutPort(entry: string): { readonly name: string; readonly port: string } {
  if (isIPv6(entry)) return { name: entry, port: "" };
  const [, name = entry, port = ""] = /^(.*?)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  return { name: name.replace(/^\[(.*)\]$/, "$1"), port };
}

/** IPv6 addresses of a URL have a single spelling. */
function normalAddress(name: string): string {
  return isIPv6(name) ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name;
}

/** An invalid network excepts nothing, as in Go. */
function inNetwork(network: string, prefix: number): (host: Host) => boolean {
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (isIP(network) === 0 || prefix > (family === "ipv6" ? 128 : 32)) return () => false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return ({ name }) => isIP(name) !== 0 && list.check(name, isIPv6(name) ? "ipv6" : "ipv4");
}
