/** Which hosts may do without what TLS gives. Hosts are `name[:port]`, as URL.host writes them. */
export interface HostPolicy {
  /**
   * Whether plain HTTP is taken when the host does not speak TLS: on this machine, or where the
   * user said so. HTTPS is tried first in any case.
   */
  mayBePlain(host: string): boolean;
  /** Whether the user said that it may do without. */
  isNamed(host: string): boolean;
  /** Whether its certificate is left unverified: only where the user said so. */
  isUnverified(host: string): boolean;
}

/** @param insecure hosts that the user named, with a port or for all ports */
export function hostPolicy(insecure: readonly string[]): HostPolicy {
  const named = new Set(insecure.map((host) => host.toLowerCase()));
  const isNamed = (host: string) => named.has(host) || named.has(nameOf(host));
  return {
    mayBePlain: (host) => isNamed(host) || isLoopback(nameOf(host)),
    isNamed,
    isUnverified: isNamed,
  };
}

/** Whether an address leads to this machine, in whatever spelling; the system takes the unspecified address for it, too. */
export function leadsHere({ hostname }: URL): boolean {
  const name = hostname.replace(/\.$/, "");
  if (isLoopback(name) || name.endsWith(".localhost")) return true;
  return /^(?:0\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::\]|\[::(?:ffff:)?7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::(?:ffff:)?0:[0-9a-f]{1,4}\])$/.test(
    name,
  );
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** RFC 6761 for the name, RFC 1122 and RFC 4291 for the addresses. */
function isLoopback(name: string): boolean {
  return name === "localhost" || name === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}
