/**
 * Addresses of feeds at their publishers, from their documentation; users with their own mirror do not depend
 * on them.
 */
export const OFFICIAL_FEEDS: readonly string[] = [
  ...[
    "npm",
    "PyPI",
    "Maven",
    "Go",
    "crates.io",
    "NuGet",
    "RubyGems",
    "Packagist",
    "Bitnami",
    "Wolfi",
    "Ubuntu",
    "AlmaLinux",
    "Rocky%20Linux",
    "Red%20Hat",
    "SUSE",
  ].map((ecosystem) => `https://osv-vulnerabilities.storage.googleapis.com/${ecosystem}/all.zip`),
  "https://security-tracker.debian.org/tracker/data/json",
  ...["v3.20", "v3.21", "v3.22", "v3.23", "edge"].flatMap((branch) =>
    ["main", "community"].map((repository) => `https://secdb.alpinelinux.org/${branch}/${repository}.json`),
  ),
  "https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json",
  "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
  "https://raw.githubusercontent.com/enisaeu/CNW/main/eukev/eukev.json",
  "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",
  "https://endoflife.date/api/v1/products/full",
  "https://github.com/CVEProject/cvelistV5/archive/refs/heads/main.zip",
];
