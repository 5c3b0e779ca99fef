/**
 * Host in an address such as `127.0.0.1:8000`, `localhost`, `[::1]:80`, `http://localhost:5000`,
 * `tcp://127.0.0.1:1`.
 */
export function hostOf(address: string): string {
  const authority = address
    .trim()
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, "")
    .replace(/[/?].*$/s, "");
  const [, bracketed] = /^\[([^\]]*)\]/.exec(authority) ?? [];
  if (bracketed !== undefined) return bracketed.toLowerCase();
  // Several colons without brackets: an IPv6 address without a port.
  if (authority.split(":").length > 2) return authority.toLowerCase();
  return authority.replace(/:[^:]*$/, "").toLowerCase();
}

/** Whether only the pod itself can reach the address (RFC 5735, RFC 4291). */
export function isLoopback(address: string): boolean {
  return /^(?:localhost(?:\.localdomain)?|ip6-localhost|127(?:\.\d{1,3}){0,3}|::1|0:0:0:0:0:0:0:1|::ffff:127\.[\d.]+)$/.test(
    hostOf(address),
  );
}
