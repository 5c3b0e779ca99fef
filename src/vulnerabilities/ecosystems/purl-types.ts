import type { PackageFacts } from "../../contract/package-facts.ts";

/** Ecosystem in OSV's form, for purl types that have exactly one ecosystem. */
const ECOSYSTEM_OF_TYPE: Record<PackageFacts["type"], string | undefined> = {
  npm: "npm",
  pypi: "PyPI",
  maven: "Maven",
  golang: "Go",
  cargo: "crates.io",
  gem: "RubyGems",
  composer: "Packagist",
  nuget: "NuGet",
  deb: undefined,
  apk: undefined,
  rpm: undefined,
  alpm: undefined,
  opkg: undefined,
  conda: undefined,
  nix: undefined,
  generic: undefined,
};

/**
 * Ecosystem of a purl type; undefined if there is none or several: the ecosystems of a distribution are its
 * releases.
 */
export function ecosystemOfType(type: PackageFacts["type"]): string | undefined {
  return ECOSYSTEM_OF_TYPE[type];
}
