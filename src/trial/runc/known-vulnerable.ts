/**
 * Upstream release versions; distributions append a suffix for their fixes: `1.1.5+ds1`, `1.1.7-0ubuntu1`.
 */
const UPSTREAM = /^(\d+)\.(\d+)\.(\d+)(?:-rc[\d.]*)?(?:[-+]dev)?$/;

/**
 * Whether this runc certainly leaks a host file descriptor into a container with a working directory below
 * /proc/self/fd (CVE-2024-21626, fixed in 1.1.12), by which a hostile image run as root takes over the host.
 * Distributions' builds are trusted, since they contain the fix without a new version.
 */
export function isKnownVulnerable(version: string): boolean {
  const [, ...numbers] = UPSTREAM.exec(version) ?? [];
  if (numbers.length === 0) return false;
  const [major = 0, minor = 0, patch = 0] = numbers.map(Number);
  if (major !== 1) return major < 1;
  return minor < 1 || (minor === 1 && patch < 12);
}
