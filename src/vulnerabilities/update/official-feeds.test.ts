import { expect, test } from "vitest";
import { OFFICIAL_FEEDS } from "./official-feeds.ts";

/** Publishers' addresses, from their documentation. */
const EXPECTED = [
  ..."npm PyPI Maven Go crates.io NuGet RubyGems Packagist Bitnami Wolfi Ubuntu AlmaLinux Rocky%20Linux Red%20Hat SUSE"
    .split(" ")
    .map((name) => `https://osv-vulnerabilities.storage.googleapis.com/${name}/all.zip`),
  "https://security-tracker.debian.org/tracker/data/json",
  ..."v3.20/main v3.20/community v3.21/main v3.21/community v3.22/main v3.22/community v3.23/main v3.23/community edge/main edge/community"
    .split(" ")
    .map((branch) => `https://secdb.alpinelinux.org/${branch}.json`),
  "https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json",
  "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
  "https://raw.githubusercontent.com/enisaeu/CNW/main/eukev/eukev.json",
  "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",
  "https://endoflife.date/api/v1/products/full",
  "https://github.com/CVEProject/cvelistV5/archive/refs/heads/main.zip",
];

test("the feeds of each publisher have the addresses that it documents", () => {
  expect(OFFICIAL_FEEDS).toEqual(EXPECTED);
});
