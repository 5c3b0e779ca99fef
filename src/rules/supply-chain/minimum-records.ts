/**
 * Minimum number of vulnerability records (without malware) of an ecosystem, or of one release of a
 * distribution. A source with fewer records is an excerpt: a package's absence from it proves nothing. The
 * values are between a tenth and two thirds of the publishers' own databases: golang/vulndb 4,291 and
 * bitnami/vulndb 7,444 (August 2026), pypa/advisory-database 2,661 (2024), RustSec 1,206, Alpine's secdb of
 * v3.11 2,099 fixes (2020). GitHub's reviewed advisories (npm, Maven, Packagist, NuGet, RubyGems), Debian's
 * tracker and Ubuntu's records are far larger than required here.
 */
const LEAST_RECORDS: ReadonlyMap<string, number> = new Map([
  ["npm", 1_000],
  ["PyPI", 1_000],
  ["Maven", 1_000],
  ["Packagist", 1_000],
  ["Go", 1_000],
  ["Bitnami", 2_000],
  ["crates.io", 300],
  ["NuGet", 200],
  ["RubyGems", 200],
  ["Debian", 2_000],
  ["Ubuntu", 500],
  ["Alpine", 300],
  ["Wolfi", 300],
  ["Chainguard", 300],
  ["Red Hat", 50],
  ["Rocky Linux", 50],
  ["AlmaLinux", 50],
]);

/** @param ecosystem name in OSV, with its release: `Debian:13` */
export function minimumRecords(ecosystem: string): number {
  const [family = ecosystem] = ecosystem.split(":");
  return LEAST_RECORDS.get(family) ?? 1;
}
