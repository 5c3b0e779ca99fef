import type { PackageFacts } from "../contract/package-facts.ts";

/** Debian, Alpine, Red Hat and theirs; Arch (pacman); OpenWrt and Yocto (opkg). */
const DISTRIBUTIONS: ReadonlySet<string> = new Set(["deb", "apk", "rpm", "alpm", "opkg"]);

/** Whether a package is one of a distribution: built, named and repaired by it. */
export function isDistributions({ type }: Pick<PackageFacts, "type">): boolean {
  return DISTRIBUTIONS.has(type);
}

/**
 * Whether a cataloger, also one named in our own documents, gives a distribution's packages without the
 * source packages that advisories name: chisel's manifest lacks them.
 */
export function isWithoutSources(cataloger: string): boolean {
  return cataloger === "chisel";
}
