/** Sysctls that Pod Security considers safe, each with the first minor version of Kubernetes that does. */
const SAFE: ReadonlyMap<string, number> = new Map([
  ["kernel.shm_rmid_forced", 0],
  ["net.ipv4.ip_local_port_range", 0],
  ["net.ipv4.tcp_syncookies", 0],
  ["net.ipv4.ping_group_range", 0],
  ["net.ipv4.ip_unprivileged_port_start", 0],
  ["net.ipv4.ip_local_reserved_ports", 27],
  ["net.ipv4.tcp_keepalive_time", 29],
  ["net.ipv4.tcp_fin_timeout", 29],
  ["net.ipv4.tcp_keepalive_intvl", 29],
  ["net.ipv4.tcp_keepalive_probes", 29],
  ["net.ipv4.tcp_rmem", 32],
  ["net.ipv4.tcp_wmem", 32],
  ["net.ipv4.tcp_slow_start_after_idle", 37],
  ["net.ipv4.tcp_notsent_lowat", 37],
]);

/** Names that are safe in Kubernetes 1.minor. */
export function safeSysctls(minor: number): readonly string[] {
  return [...SAFE.keys()].filter((name) => isSafeSysctl(name, minor));
}

/** @param minor version of Kubernetes; default: any */
export function isSafeSysctl(name: string, minor = Number.MAX_SAFE_INTEGER): boolean {
  return minor >= (SAFE.get(name) ?? Number.POSITIVE_INFINITY);
}
