/**
 * Newest Kubernetes 1.x minor version covered by the rules' Pod Security tables; the default for judging
 * manifests.
 */
export const NEWEST_MINOR = 37;

/** Oldest minor version; older versions lack Pod Security and the fields that the contract requires. */
export const OLDEST_MINOR = 19;

/** The minor version in `1.29`, `v1.29` or `1.29.3`; undefined for other texts and unsupported versions. */
export function minorOf(version: string): number | undefined {
  const minor = Number(/^v?1\.([1-9]\d{0,2})(?:\.\d{1,4})?$/.exec(version)?.[1]);
  return minor >= OLDEST_MINOR ? minor : undefined;
}
