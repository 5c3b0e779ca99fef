/** Exceptions from TLS by host. Hosts are `name[:port]`, as in URL.host. */
export interface HostPolicy {
  /**
   * Whether plain HTTP is allowed if the host does not support TLS: for this machine, and for hosts that the
   * user allowed. HTTPS is tried first in any case.
   */
  mayBePlain(host: string): boolean;
  /** Whether the user named the host as insecure. */
  isNamed(host: string): boolean;
  /** Whether the host's certificate is not verified, which only the user can allow. */
  isUnverified(host: string): boolean;
}

/** @param insecure hosts that the user named, with one port or for all ports */
export function hostPolicy(insecure: readonly string[]): HostPolicy {
  const named = new Set(insecure.map((host) => host.toLowerCase()));
  const isNamed = (host: string) => named.has(host) || named.has(nameOf(host));
  return {
    mayBePlain: (host) => isNamed(host) || isLoopback(nameOf(host)),
    isNamed,
    isUnverified: isNamed,
  };
}

/** Whether an address leads to this machine, in any spelling; the unspecified address does, too. */
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

/** Whether a name or address is this machine's: RFC 6761 for names, RFC 1122 and RFC 4291 for addresses. */
function isLoopback(name: string): boolean {
  return name === "localhost" || name === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}
