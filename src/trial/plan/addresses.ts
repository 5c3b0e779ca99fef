/** The pod's own addresses. */
export const POD = { ipv4: "10.88.0.2", ipv6: "fd00:88::2" } as const;
/** Usual DNS address in clusters. */
export const DNS = "10.96.0.10";

/** Address of the dependency with this index. */
export function dependencyAddress(index: number): string {
  return `10.97.${Math.floor(index / 250)}.${(index % 250) + 1}`;
}
