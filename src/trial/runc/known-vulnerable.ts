/** As upstream names its releases; distributions add what they repaired: `1.1.5+ds1`, `1.1.7-0ubuntu1`. */
const UPSTREAM = /^(\d+)\.(\d+)\.(\d+)(?:-rc[\d.]*)?(?:[-+]dev)?$/;

/**
 * Whether this runc surely leaks a file descriptor of the host into a container whose working
 * directory is below /proc/self/fd (CVE-2024-21626, repaired in 1.1.12): as root, a hostile image
 * then has the host. What a distribution built is given the benefit of the doubt: it repairs
 * without changing the number.
 */
export function isKnownVulnerable(version: string): boolean {
  const [, ...numbers] = UPSTREAM.exec(version) ?? [];
  if (numbers.length === 0) return false;
  const [major = 0, minor = 0, patch = 0] = numbers.map(Number);
  if (major !== 1) return major < 1;
  return minor < 1 || (minor === 1 && patch < 12);
}
