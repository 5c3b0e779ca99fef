import { type FeedName } from "../../../src/vulnerabilities/feed/feed.ts";
import { readContent } from "../../../src/vulnerabilities/import/read-content.ts";
import { SourceCollector } from "../../../src/vulnerabilities/import/source-collector.ts";
import { osvRecord } from "../../../test/fixtures/osv-records.ts";
import type { Target } from "../target.ts";

const NOW = new Date("2026-11-28T12:00:00Z");
const CVE = "CVE-2026-0001";
const VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const DATE = "2026-06-01T00:00:00Z";

/** A document of each feed, as its publisher writes it. */
const DOCUMENTS: Readonly<Record<FeedName, string>> = {
  osv: JSON.stringify(
    osvRecord("GHSA-1", "left-pad", {
      aliases: [CVE],
      severity: [{ type: "CVSS_V3", score: VECTOR }],
      database_specific: { severity: "HIGH" },
      affected: [
        {
          package: { ecosystem: "Debian:13", name: "curl", purl: "pkg:deb/debian/curl" },
          ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { last_affected: "1.0-1" }] }],
          versions: ["1.0-1"],
          ecosystem_specific: { urgency: "low" },
        },
      ],
    }),
  ),
  "debian-tracker": JSON.stringify({
    curl: {
      [CVE]: {
        scope: "remote",
        description: "A flaw",
        releases: {
          trixie: { status: "resolved", fixed_version: "1-1", urgency: "low", repositories: { trixie: "1" } },
          bookworm: { status: "open", nodsa: "Minor issue", nodsa_reason: "ignored" },
        },
      },
    },
  }),
  "alpine-secdb": JSON.stringify({
    distroversion: "v3.22",
    reponame: "main",
    packages: [
      { pkg: { name: "curl", secfixes: { "8.0-r0": [`${CVE} (+ fix)`, "XSA-1"], "0": ["CVE-2026-2"] } } },
    ],
  }),
  "node-core": JSON.stringify({
    "1": {
      cve: [CVE],
      vulnerable: "22.x || <= 0.10.3",
      patched: "^22.23.0",
      overview: "A flaw",
      severity: "high",
    },
  }),
  "cve-list": JSON.stringify({
    dataType: "CVE_RECORD",
    cveMetadata: { cveId: CVE, state: "PUBLISHED", dateUpdated: DATE },
    containers: {
      cna: {
        metrics: [{ cvssV3_1: { vectorString: VECTOR, baseScore: 9.8 } }],
        providerMetadata: { shortName: "vendor" },
      },
      adp: [{ metrics: [{ other: { type: "ssvc", content: { options: [{ Exploitation: "active" }] } } }] }],
    },
  }),
  nvd: JSON.stringify({
    timestamp: DATE,
    vulnerabilities: [
      {
        cve: {
          id: CVE,
          sourceIdentifier: "security@vendor.example",
          lastModified: DATE,
          vulnStatus: "Analyzed",
          metrics: {
            cvssMetricV31: [{ source: "nvd@nist.gov", cvssData: { vectorString: VECTOR, baseScore: 9.8 } }],
          },
        },
      },
    ],
  }),
  kev: JSON.stringify({
    catalogVersion: "2026.06.13",
    dateReleased: "2026-06-13T10:00:00.1Z",
    vulnerabilities: [{ cveID: CVE, dateAdded: "2026-06-12" }],
  }),
  "eu-kev": JSON.stringify([
    {
      aliases: `${CVE}\nGHSA-1`,
      exploitedSince: "Jun 12, 2025, 12:00:00 AM",
      enisaUuid: "x",
      id: "EUVD-2026-1",
    },
  ]),
  epss: `#model_version:v2025.03.14,score_date:2026-06-14T00:00:00+0000\ncve,epss,percentile\n${CVE},0.00043,0.10123\n`,
  endoflife: JSON.stringify({
    products: [
      { name: "a", cycles: [{ cycle: "1", eol: "2026-06-10", extendedSupport: "2030-01-01" }] },
      { name: "b", aliases: ["c"], releases: [{ name: "2", isEol: false, eoesFrom: "2031-01-01" }] },
    ],
    generated_at: DATE,
  }),
};

const NAMES = Object.keys(DOCUMENTS) as readonly FeedName[];

/** Documents of each vulnerability feed: read, and made into the rows of its tables. */
export const feeds: readonly Target[] = NAMES.map((name) => ({
  name: `feed-${name}`,
  seeds: [DOCUMENTS[name], `[${DOCUMENTS[name]}]`, `${DOCUMENTS[name]}\n${DOCUMENTS[name]}\n`].map((text) =>
    Buffer.from(text),
  ),
  async run(input) {
    const collectors = new Map<FeedName, SourceCollector>();
    const sinkOf = (feed: FeedName) => {
      const known = collectors.get(feed) ?? new SourceCollector(feed, NOW);
      collectors.set(feed, known);
      return known;
    };
    await readContent({ name: `${name}.json`, group: name, whole: input, bytes: once(input) }, sinkOf);
    for (const collector of collectors.values()) {
      for (const { rows, about } of collector.sources(undefined))
        if (about.records > 0) rows.write(about, () => {});
    }
  },
}));

async function* once(input: Buffer): AsyncGenerator<Uint8Array> {
  yield input;
}
