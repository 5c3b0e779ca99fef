/**
 * Types of distribution packages: those of Debian, Alpine, Red Hat and derivatives; of Arch (pacman); of
 * OpenWrt and Yocto (opkg).
 */
const DISTRIBUTIONS: ReadonlySet<string> = new Set(["deb", "apk", "rpm", "alpm", "opkg"]);

/** Whether a package is built, named and fixed by a distribution, by the type of its purl. */
export function isDistributions({ type }: { readonly type: string }): boolean {
  return DISTRIBUTIONS.has(type);
}

/**
 * Whether a cataloger lists a distribution's packages without the source packages that advisories name, as in
 * chisel's manifest. The cataloger's name may come from a document of douane.
 */
export function isWithoutSources(cataloger: string): boolean {
  return cataloger === "chisel";
}
