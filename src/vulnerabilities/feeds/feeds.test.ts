import { describe, expect, test } from "vitest";
import { osvRecord } from "../../../test/fixtures/osv-records.ts";
import type { Fields } from "../../json/fields.ts";
import type { Advisory } from "../advisory.ts";
import type { CveFacts } from "../database.ts";
import { recognise } from "./recognise.ts";

/** Result of reading a document: the feed, and all facts from its reader. */
function readBy(document: object, name = "feed.json") {
  const advisories: Advisory[] = [];
  const cves: Record<string, CveFacts> = {};
  const ends: Record<string, unknown> = {};
  const malformed: string[] = [];
  const dates: string[] = [];
  const format = recognise(document as Fields);
  format?.read(
    document as Fields,
    {
      now: "2026-11-28T12:00:00.000Z",
      advisories: (found) => void advisories.push(...found),
      cve: (id, facts) => void (cves[id] = facts),
      endOfLife: (product, cycle, { on, extendedTo }) =>
        void (ends[`${product} ${cycle}`] = extendedTo === undefined ? on : [on, extendedTo]),
      within: () => undefined,
      dated: (date) => void dates.push(date),
      malformed: (what) => void malformed.push(what),
    },
    name,
  );
  return { feed: format?.feed, advisories, cves, ends, malformed, dates };
}

const from0 = { event: "introduced", version: "0" };

describe("OSV", () => {
  const read = (changes: object) => readBy(osvRecord("GHSA-1", "x", changes)).advisories;

  test("gives an advisory for each package, with all names of the vulnerability but those that are merely related", () => {
    expect(
      read({ aliases: ["CVE-2026-0001"], upstream: ["CVE-2026-0002", "GHSA-1"], related: ["CVE-2026-9"] }),
    ).toEqual([
      {
        id: "GHSA-1",
        aliases: ["CVE-2026-0001", "CVE-2026-0002"],
        feed: "osv",
        ecosystem: "npm",
        package: "x",
        affected: { ranges: [{ type: "SEMVER", events: [from0, { event: "fixed", version: "1.2.3" }] }] },
        severities: [],
        summary: "A flaw of x",
        published: "2026-06-01T08:00:00Z",
        modified: "2026-06-14T08:00:00Z",
      },
    ]);
  });

  test.each<[string, string, object, readonly string[]]>([
    [
      "ALSA-2023:1",
      "AlmaLinux:8",
      { related: ["CVE-2026-1001", "CVE-2026-1002"] },
      ["CVE-2026-1001", "CVE-2026-1002"],
    ],
    ["RHSA-2024:1", "Red Hat:enterprise_linux:9::baseos", { related: ["CVE-2026-1001"] }, ["CVE-2026-1001"]],
    ["DSA-135", "Debian:12", { related: ["CVE-2026-1001", "DSA-134", "x"] }, ["CVE-2026-1001"]],
    ["CGA-1", "Wolfi", { related: ["CGA-1", "CVE-2026-1001", "GHSA-1"] }, ["CVE-2026-1001"]],
    [
      "USN-1",
      "Ubuntu:24.04:LTS",
      { upstream: ["CVE-2026-1001"], related: ["CVE-2026-9001"] },
      ["CVE-2026-1001"],
    ],
    ["DEBIAN-CVE-2026-1001", "Debian:13", { related: ["CVE-2026-9001"] }, []],
    ["GHSA-1", "npm", { related: ["CVE-2026-9001"] }, []],
  ])(
    "names what a distribution's notice repairs, where it has no other name: %s",
    (id, ecosystem, changes, expected) => {
      const [found] = readBy(
        osvRecord(id, "x", {
          ...changes,
          affected: [{ package: { ecosystem, name: "x" }, versions: ["1"] }],
        }),
      ).advisories;
      expect(found?.aliases).toEqual(expected);
    },
  );

  test("says nothing of a record that is withdrawn", () => {
    expect(read({ withdrawn: "2026-06-01T00:00:00Z", modified: "2026-06-01T00:00:00Z" })).toEqual([]);
    expect(read({ withdrawn: "2099-06-01T00:00:00Z", modified: "2026-06-01T00:00:00Z" })).toHaveLength(1);
  });

  test.each([
    // PYSEC-2022-15 was changed in January and is withdrawn since February.
    ["2022-02-22T16:15:07Z", "2022-01-29T16:47:14Z", 0],
    ["2026-11-28T11:59:59Z", "2026-11-01T00:00:00Z", 0],
    ["2026-11-28T12:00:01Z", "2026-11-01T00:00:00Z", 1],
    ["2020-01-01", "2026-11-01T00:00:00Z", 0],
    ["someday", "2026-11-01T00:00:00Z", 1],
    ["", "2026-11-01T00:00:00Z", 1],
    [null, "2026-11-01T00:00:00Z", 1],
    [true, "2026-11-01T00:00:00Z", 1],
  ])("is withdrawn from %s on, changed last at %s: advisories left %i", (withdrawn, modified, left) => {
    expect(read({ withdrawn, modified })).toHaveLength(left);
  });

  const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  const npm = { package: { ecosystem: "npm", name: "x" }, versions: ["1"] };

  test.each([
    ["of the record", { severity: [{ type: "CVSS_V3", score: vector }] }, [{ by: "GHSA", vector }]],
    [
      "of the package",
      { affected: [{ ...npm, severity: [{ type: "CVSS_V3", score: vector }] }] },
      [{ by: "GHSA", vector }],
    ],
    [
      "of both, alike",
      {
        severity: [{ type: "CVSS_V3", score: vector }],
        affected: [{ ...npm, severity: [{ type: "CVSS_V3", score: vector }] }],
      },
      [{ by: "GHSA", vector }],
    ],
    [
      "of Ubuntu, in a word",
      { severity: [{ type: "Ubuntu", score: "medium" }] },
      [{ by: "Ubuntu", word: "medium" }],
    ],
    [
      "of the database, in a word",
      { database_specific: { severity: "CRITICAL" } },
      [{ by: "GHSA", word: "critical" }],
    ],
    [
      "of the package's database",
      { affected: [{ ...npm, database_specific: { severity: "LOW" } }] },
      [{ by: "GHSA", word: "low" }],
    ],
    [
      "of Debian",
      { affected: [{ ...npm, ecosystem_specific: { urgency: "low" } }] },
      [{ by: "Debian", word: "low" }],
    ],
    [
      "of nobody",
      {
        affected: [{ ...npm, ecosystem_specific: { urgency: "not yet assigned" } }],
        severity: [{ type: "CVSS_V3", score: "9.8" }, {}],
      },
      [],
    ],
  ])("takes a rating %s", (_, changes, severities) => {
    expect(read(changes)).toMatchObject([{ severities }]);
  });

  test.each([
    ["BIT-node-1", "Bitnami"],
    ["RUSTSEC-2026-0001", "RustSec"],
    ["DEBIAN-CVE-2026-0001", "OSV"],
  ])("calls who rates %s %s", (id, by) => {
    const { advisories } = readBy(osvRecord(id, "x", { severity: [{ type: "CVSS_V3", score: vector }] }));
    expect(advisories).toMatchObject([{ severities: [{ by }] }]);
  });

  test("keeps versions one by one, except those that a distribution's ranges repeat", () => {
    const versions = {
      versions: ["1.0-1", "", 7, "1.0-2"],
      ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }] }],
    };
    const of = (ecosystem: string) =>
      read({ affected: [{ package: { ecosystem, name: "x" }, ...versions }] })[0]?.affected;
    expect(of("PyPI")).toEqual({
      versions: ["1.0-1", "1.0-2"],
      ranges: [{ type: "ECOSYSTEM", events: [from0] }],
    });
    expect(of("Debian:13")).toEqual({ ranges: [{ type: "ECOSYSTEM", events: [from0] }] });
  });

  test("keeps commits only where nothing else is said", () => {
    const git = {
      type: "GIT",
      repo: "https://git.example/x",
      events: [{ introduced: "0" }, { limit: "abc" }],
    };
    const of = (ranges: readonly object[]) =>
      read({ affected: [{ package: { ecosystem: "npm", name: "x" }, ranges }] })[0]?.affected;
    expect(of([git])).toEqual({
      ranges: [{ type: "GIT", events: [from0, { event: "limit", version: "abc" }] }],
    });
    expect(of([git, { type: "SEMVER", events: [{ introduced: "0" }, { last_affected: "2.0.0" }] }])).toEqual({
      ranges: [{ type: "SEMVER", events: [from0, { event: "last_affected", version: "2.0.0" }] }],
    });
  });

  test.each([
    ["unknown fields", { anything: { at: ["all"] } }, 1],
    ["no ranges", { affected: [{ package: { ecosystem: "npm", name: "x" } }] }, 1],
    [
      "ranges that are none",
      {
        affected: [
          {
            package: { ecosystem: "npm", name: "x" },
            ranges: [{ type: "TIME" }, 7, { type: "SEMVER", events: [{}] }],
          },
        ],
      },
      1,
    ],
    ["no package", { affected: [{ ranges: [] }, 7, null] }, 0],
    ["a name of lines", { affected: [{ package: { ecosystem: "npm", name: "x\ny" } }] }, 0],
    ["a name without an end", { affected: [{ package: { ecosystem: "npm", name: "x".repeat(10_000) } }] }, 0],
    [
      "an alias of itself, a thousand times and more",
      { aliases: ["GHSA-1", ...Array.from({ length: 5_000 }, (_, index) => `CVE-2026-${index + 1000}`)] },
      1,
    ],
    ["details of 10 MB", { summary: undefined, details: "x".repeat(10_000_000) }, 1],
  ])("takes a record with %s for what it is", (_, changes, count) => {
    const found = read(changes);
    expect(found).toHaveLength(count);
    for (const { aliases, summary } of found)
      expect([aliases.length <= 1_000, (summary ?? "").length <= 300]).toEqual([true, true]);
  });

  test("tells of a record that is none", () => {
    expect(readBy(osvRecord("GHSA-1", "x", { affected: "all", details: "" }))).toMatchObject({
      advisories: [],
      malformed: ["GHSA-1"],
    });
  });

  test("leaves out Debian's decisions no more than its tracker does", () => {
    const affected = [
      { package: { ecosystem: "Debian:13", name: "x" }, ecosystem_specific: { urgency: "unimportant" } },
    ];
    expect(read({ affected })).toMatchObject([{ decision: "unimportant" }]);
  });
});

describe("Debian's tracker", () => {
  const release = (changes: object) => ({ status: "open", urgency: "not yet assigned", ...changes });
  const read = (trixie: object, codename = "trixie") =>
    readBy({ openssl: { "CVE-2026-0001": { description: "A flaw", releases: { [codename]: trixie } } } });

  test.each([
    ["open", release({}), { affected: { ranges: [{ type: "ECOSYSTEM", events: [from0] }] } }],
    [
      "undetermined",
      release({ status: "undetermined" }),
      { affected: { ranges: [{ type: "ECOSYSTEM", events: [from0] }] } },
    ],
    [
      "resolved",
      release({ status: "resolved", fixed_version: "3.5.1-1" }),
      {
        affected: {
          ranges: [{ type: "ECOSYSTEM", events: [from0, { event: "fixed", version: "3.5.1-1" }] }],
        },
      },
    ],
    [
      "never affected",
      release({ status: "resolved", fixed_version: "0" }),
      {
        decision: "not-affected",
        affected: { ranges: [{ type: "ECOSYSTEM", events: [from0, { event: "fixed", version: "0" }] }] },
      },
    ],
    ["postponed", release({ nodsa: "Minor issue", nodsa_reason: "postponed" }), { decision: "postponed" }],
    ["ignored", release({ nodsa_reason: "ignored" }), { decision: "ignored" }],
    ["without a DSA, for no reason", release({ nodsa: "Minor issue", nodsa_reason: "" }), { severities: [] }],
    [
      "unimportant",
      release({ urgency: "unimportant" }),
      { decision: "unimportant", severities: [{ by: "Debian", word: "unimportant" }] },
    ],
    ["at its end of life", release({ urgency: "end-of-life" }), { decision: "end-of-life" }],
    ["rated", release({ urgency: "low**" }), { severities: [{ by: "Debian", word: "low" }] }],
  ])("says of a release that is %s what Debian says", (_, state, expected) => {
    expect(read(state)).toMatchObject({
      feed: "debian-tracker",
      advisories: [
        { id: "CVE-2026-0001", ecosystem: "Debian:13", package: "openssl", summary: "A flaw", ...expected },
      ],
      malformed: [],
    });
  });

  test("says nothing of a release or a state that is not known, and tells of an issue that is none", () => {
    expect(read(release({}), "nosuch").advisories).toEqual([]);
    expect(read(release({ status: "maybe" })).advisories).toEqual([]);
    const mixed = { openssl: { "CVE-2026-0001": { releases: {} }, "CVE-2026-0002": "gone" } };
    expect(readBy(mixed).malformed).toEqual(["openssl CVE-2026-0002"]);
  });
});

describe("Alpine's secdb", () => {
  const read = (changes: object, secfixes: object) =>
    readBy({
      distroversion: "v3.22",
      reponame: "main",
      urlprefix: "https://dl-cdn.alpinelinux.org/alpine",
      packages: [{ pkg: { name: "curl", secfixes } }],
      ...changes,
    });

  test("says which version repaired what; 0: it was never affected", () => {
    const { feed, advisories } = read(
      {},
      { "8.5.0-r0": ["CVE-2026-0001 CVE-2026-0002 (+ regression fix)", 7], "0": ["CVE-2026-0003"] },
    );
    expect(feed).toBe("alpine-secdb");
    expect(
      advisories
        .map(({ id, decision, affected }) => [id, decision, affected.ranges?.[0]?.events.at(-1)?.version])
        .toSorted(([left = ""], [right = ""]) => (left < right ? -1 : 1)),
    ).toEqual([
      ["CVE-2026-0001", undefined, "8.5.0-r0"],
      ["CVE-2026-0002", undefined, "8.5.0-r0"],
      ["CVE-2026-0003", "not-affected", "0"],
    ]);
    expect(advisories[0]).toMatchObject({ ecosystem: "Alpine:v3.22", package: "curl" });
  });

  test.each([
    [{ distroversion: undefined, urlprefix: "https://packages.wolfi.dev/os" }, "Wolfi"],
    [{ distroversion: undefined, urlprefix: "https://packages.cgr.dev/chainguard" }, "Chainguard"],
    [{ distroversion: undefined }, "Alpine"],
  ])("of %j is %s's", (changes, ecosystem) => {
    expect(read(changes, { "1-r0": ["CVE-2026-0001"] }).advisories).toMatchObject([{ ecosystem }]);
  });

  test("tells of a package without a name", () => {
    expect(read({ packages: [{ pkg: {} }] }, {}).malformed).toEqual([""]);
  });
});

describe("Node's own advisories", () => {
  const entry = {
    cve: ["CVE-2026-48617"],
    vulnerable: "22.x || 24.x",
    patched: "^22.23.0 || ^24.17.0",
    severity: "low",
    description: "Bypass",
  };

  test.each([
    ["22.x || 24.x", "^22.23.0 || ^24.17.0", ["22.0.0 fixed 22.23.0", "24.0.0 fixed 24.17.0"]],
    ["6.x || 5.x", "^6.7.0", ["6.0.0 fixed 6.7.0", "5.0.0 limit 6.0.0-0"]],
    ["0.10.x || 0.12.x", "^0.10.47 || ^0.12.16", ["0.10.0 fixed 0.10.47", "0.12.0 fixed 0.12.16"]],
    ["<= 5.6.0", "^5.6.1", ["5.0.0 last_affected 5.6.0"]],
    ["<8.1.4 || 7.2.1", "^8.1.4", ["8.0.0 fixed 8.1.4", "7.2.1 last_affected 7.2.1"]],
  ])("are ranges of its release lines: %s, %s", (vulnerable, patched, ranges) => {
    const { feed, advisories } = readBy({ "1": { ...entry, vulnerable, patched } });
    expect(feed).toBe("node-core");
    expect(advisories).toMatchObject([
      {
        id: "CVE-2026-48617",
        ecosystem: "Bitnami",
        package: "node",
        severities: [{ by: "Node.js", word: "low" }],
      },
    ]);
    const said = advisories[0]?.affected.ranges?.map(
      ({ events: [first, second] }) => `${first?.version} ${second?.event} ${second?.version}`,
    );
    expect(said).toEqual(ranges);
  });

  test("tell when they are written in another way", () => {
    expect(readBy({ "1": entry, "2": { ...entry, vulnerable: "all of them" }, "3": 7 }).malformed).toEqual([
      "",
      "",
    ]);
    expect(readBy(entry).advisories).toHaveLength(1);
  });
});

describe("ratings of CVEs", () => {
  const cvss = { vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", baseScore: 9.8 };
  const vector = cvss.vectorString;

  test("of the CVE List are those of its CNA and of who enriches it", () => {
    const record = {
      dataType: "CVE_RECORD",
      cveMetadata: {
        cveId: "CVE-2026-0001",
        state: "PUBLISHED",
        datePublished: "2026-06-05T15:13:50.527Z",
        dateUpdated: "2026-06-06T00:00:00Z",
      },
      containers: {
        cna: { metrics: [{ cvssV4_0: { vectorString: "CVSS:4.0/AV:N", baseScore: 9.3 } }, { other: {} }] },
        adp: [{ providerMetadata: { shortName: "CISA-ADP" }, metrics: [{ cvssV3_1: cvss }] }, {}],
      },
    };
    expect(readBy(record)).toMatchObject({
      feed: "cve-list",
      cves: {
        "CVE-2026-0001": {
          published: "2026-06-05",
          severities: [
            { by: "CNA", vector: "CVSS:4.0/AV:N", score: 9.3 },
            { by: "CISA-ADP", vector, score: 9.8 },
          ],
        },
      },
    });
    expect(readBy({ ...record, cveMetadata: { ...record.cveMetadata, state: "REJECTED" } }).cves).toEqual({
      "CVE-2026-0001": { severities: [], exploited: [], isRejected: true },
    });
    expect(readBy({ ...record, cveMetadata: { cveId: "CVE-1" } }).malformed).toEqual(["CVE-1"]);
  });

  test("of NVD are its own, and what it repeats under who said it", () => {
    const cve = {
      id: "CVE-2026-0001",
      sourceIdentifier: "security@vendor.example",
      published: "2026-06-05T15:13:50.527",
      lastModified: "2026-06-06T15:13:50.527",
      metrics: {
        cvssMetricV31: [
          "nvd@nist.gov",
          "security@vendor.example",
          "134c704f-9b21-4f2e-91b3-4a467353bcc0",
          "other@example.org",
        ].map((source) => ({ source, cvssData: cvss })),
        cvssMetricV2: [
          {
            source: "nvd@nist.gov",
            cvssData: { vectorString: "AV:N/AC:L/Au:N/C:P/I:P/A:P", baseScore: 7.5 },
          },
          { cvssData: {} },
        ],
      },
    };
    const page = readBy({
      format: "NVD_CVE",
      timestamp: "2026-06-14T00:00:00.000",
      vulnerabilities: [{ cve }, { cve: { id: "?" } }],
    });
    expect(page.feed).toBe("nvd");
    expect(page.dates).toEqual(["2026-06-14T00:00:00.000"]);
    expect(page.malformed).toEqual(["?"]);
    expect(page.cves["CVE-2026-0001"]?.severities.map(({ by }) => by)).toEqual([
      "NVD",
      "CNA",
      "CISA-ADP",
      "other@example.org",
      "NVD",
    ]);
    expect(readBy({ cve }).cves["CVE-2026-0001"]?.published).toBe("2026-06-05");
    expect(readBy({ cve: { ...cve, vulnStatus: "Rejected" } }).cves).toEqual({
      "CVE-2026-0001": { severities: [], exploited: [], isRejected: true },
    });
  });
});

describe("what is exploited", () => {
  test("is CISA's list", () => {
    const found = readBy({
      catalogVersion: "1",
      dateReleased: "2026-06-13T10:00:00.1Z",
      vulnerabilities: [{ cveID: "CVE-2026-0001", dateAdded: "2026-06-12" }, {}],
    });
    expect(found).toMatchObject({
      feed: "kev",
      cves: { "CVE-2026-0001": { exploited: [{ by: "CISA KEV", since: "2026-06-12" }] } },
      malformed: [""],
    });
  });

  test.each([
    [{ cveID: "CVE-2026-0001", euvdID: "EUVD-2026-1", dateReported: "2026/06/12" }, "2026-06-12"],
    [
      { id: "EUVD-2026-1", aliases: "CVE-2026-0001\nGHSA-1\n", exploitedSince: "Jun 9, 2026, 12:00:00 AM" },
      "2026-06-09",
    ],
    [{ items: [{ aliases: "CVE-2026-0001", exploitedSince: "2026-06-01" }] }, "2026-06-01"],
  ])("is the Union's, in its forms (%#)", (entry, since) => {
    expect(readBy(entry)).toMatchObject({
      feed: "eu-kev",
      cves: { "CVE-2026-0001": { exploited: [{ by: "EU KEV", since }] } },
    });
  });

  test("is not what is merely listed", () => {
    expect(readBy({ aliases: "CVE-2026-0001", exploitedSince: "" }).cves).toEqual({});
  });
});

describe("ends of support", () => {
  test.each([
    [
      {
        products: [
          {
            name: "debian",
            aliases: ["debian-linux"],
            cycles: [
              { cycle: "12", eol: "2026-06-10" },
              { cycle: "13", eol: false },
            ],
          },
        ],
        commit_date: "2026-06-01T00:00:00Z",
      },
      {
        "debian 12": "2026-06-10",
        "debian-linux 12": "2026-06-10",
        "debian 13": false,
        "debian-linux 13": false,
      },
    ],
    [
      { result: { name: "nodejs", releases: [{ name: "18", isEol: true, eolFrom: "2025-04-30" }] } },
      { "nodejs 18": "2025-04-30" },
    ],
    [{ result: [{ name: "go", releases: [{ name: "1.20", isEol: true }] }] }, { "go 1.20": true }],
    [{ cycle: "3.9", eol: "2025-10-31", latest: "3.9.24" }, { "python 3.9": "2025-10-31" }],
    [
      {
        products: [
          { name: "debian", cycles: [{ cycle: "12", eol: "2026-06-10", extendedSupport: "2028-06-30" }] },
        ],
      },
      { "debian 12": ["2026-06-10", "2028-06-30"] },
    ],
    [
      {
        result: {
          name: "debian",
          releases: [{ name: "12", isEol: true, eolFrom: "2026-06-10", eoesFrom: "2028-06-30" }],
        },
      },
      { "debian 12": ["2026-06-10", "2028-06-30"] },
    ],
  ])("are those of endoflife.date, in its forms (%#)", (document, ends) => {
    expect(readBy(document, "api/python.json")).toMatchObject({ feed: "endoflife", ends });
  });

  test("tell of a cycle without one", () => {
    expect(readBy({ products: [{ name: "x", cycles: [{ cycle: "1", eol: 7 }] }] }).malformed).toEqual([
      "x 1",
    ]);
  });
});

test.each([
  {},
  { a: 1 },
  { vulnerabilities: [] },
  { packages: [] },
  { id: "x" },
  { "CVE-2026-0001": {} },
  { bomFormat: "CycloneDX", vulnerabilities: [{ id: "CVE-2026-0001" }] },
])("%j is no feed", (document) => {
  expect(readBy(document).feed).toBeUndefined();
});
