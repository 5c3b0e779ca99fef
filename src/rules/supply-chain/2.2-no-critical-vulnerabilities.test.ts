import { expect, test } from "vitest";
import { digestOf, imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { JudgingFacts } from "../../contract/judging-facts.ts";
import type { Outcome } from "../../contract/rule.ts";
import type {
  SeverityFacts,
  VulnerabilityFacts,
  VulnerabilityFinding,
} from "../../contract/vulnerability-facts.ts";
import { noCriticalVulnerabilities } from "./2.2-no-critical-vulnerabilities.ts";

const JUDGING: JudgingFacts = { at: "2026-11-27T10:00:00Z", sbomCoverage: 90, vulnerabilityDataDays: 5 };
const RELEASES = Array.from({ length: 14 }, (_, release) => `Debian:${release}`);
const SOURCE = {
  name: "osv:npm",
  records: 10,
  ecosystems: { npm: 5_000, ...Object.fromEntries(RELEASES.map((name) => [name, 30_000])) },
  date: "2026-11-26",
  imported: "2026-11-27",
};
/** A list of exploited vulnerabilities as recent as the other data. */
const KEV: VulnerabilityFacts["sources"][number] = {
  ...SOURCE,
  name: "kev",
  ecosystems: {},
  tellsExploited: true,
};
const FACTS: VulnerabilityFacts = {
  matched: "2026-11-27",
  sources: [SOURCE, KEV],
  compared: [{ ecosystem: "npm", components: 3 }],
  inert: 0,
  findings: [],
  unmatched: [],
  endOfLife: [],
};

function rated(level: SeverityFacts["level"], score: number): SeverityFacts {
  return { level, by: "GHSA", score, stated: [{ by: "GHSA", level, score }] };
}

const UNRATED: SeverityFacts = { level: "unknown", stated: [] };

function found(given: Partial<VulnerabilityFinding> = {}): VulnerabilityFinding {
  return {
    id: "CVE-2026-1111",
    aliases: ["GHSA-a"],
    component: { purl: "pkg:npm/a@1.0.0", type: "npm", name: "a", version: "1.0.0" },
    ecosystem: "npm",
    fixedIn: ["1.0.1"],
    severity: rated("critical", 9.8),
    exploited: [],
    published: "2026-01-01",
    ...given,
  };
}

function judged(facts: Partial<VulnerabilityFacts>, judging: Partial<JudgingFacts> = {}): Outcome {
  return noCriticalVulnerabilities.check({
    vulnerabilities: { ...FACTS, ...facts },
    judging: { ...JUDGING, ...judging },
  });
}

/** Status, reasons, and notes after `·`. */
function told(facts: Partial<VulnerabilityFacts>, judging: Partial<JudgingFacts> = {}): readonly string[] {
  const outcome = judged(facts, judging);
  const said =
    outcome.status === "fail"
      ? outcome.findings.map(({ message }) => message.en)
      : [outcome.status === "pass" ? outcome.proof.en : outcome.reason.en];
  const notes = (outcome.notes ?? []).map(({ message }) => `· ${message.en}`);
  return [outcome.status, ...said, ...notes];
}

test("what was compared, with which data, proves it", () => {
  expect(told({ inert: 2 })).toEqual([
    "pass",
    "3 packages compared (npm 3), not counting 2 of headers or documentation with the data of 2026-11-26 (osv:npm, kev): no critical or exploited vulnerability, no malware",
  ]);
  expect(told({ compared: [{ ecosystem: "npm", components: 1 }] })[1]).toMatch(
    /^1 package compared \(npm 1\)/,
  );
  const silent = Array.from({ length: 6 }, (_, at) => ({
    ...SOURCE,
    name: `a:${at}`,
    ecosystems: { Go: 9 },
  }));
  expect(told({ sources: [...silent, SOURCE] })[1]).toContain("(osv:npm, a:0, ");
  const many = Array.from({ length: 7 }, (_, at) => ({ ecosystem: `Debian:${at}`, components: 1 }));
  const sources = Array.from({ length: 7 }, (_, at) => ({ ...SOURCE, name: `osv:${at}` }));
  expect(told({ compared: many, sources })[1]).toMatch(/Debian:5 1, …\).*osv:5, …\)/);
});

test.each<[string, Partial<VulnerabilityFinding>, string]>([
  ["a critical one", {}, "CVE-2026-1111 (critical by GHSA: GHSA 9.8) in a 1.0.0: fixed in 1.0.1"],
  [
    "one that is exploited, whatever its rating",
    { severity: rated("low", 2), exploited: [{ by: "CISA KEV", since: "2026-03-01" }, { by: "EU KEV" }] },
    "CVE-2026-1111 (low by GHSA: GHSA 2.0; exploited since 2026-03-01, by CISA KEV; exploited, by EU KEV) in a 1.0.0: fixed in 1.0.1",
  ],
  [
    "one that the distribution finds unimportant, and that is exploited",
    {
      severity: { level: "negligible", by: "Debian", stated: [{ by: "Debian", level: "negligible" }] },
      decision: "unimportant",
      exploited: [{ by: "CISA KEV" }],
    },
    "CVE-2026-1111 (negligible by Debian: Debian negligible; exploited, by CISA KEV; unimportant to the distribution) in a 1.0.0: fixed in 1.0.1",
  ],
  [
    "one that nobody has rated and that is likely to be exploited",
    { severity: UNRATED, epss: { score: 0.5, percentile: 0.9, date: "2026-11-26" } },
    "CVE-2026-1111 (unknown severity; EPSS 50 %) in a 1.0.0: fixed in 1.0.1",
  ],
  [
    "known malware",
    { severity: UNRATED, isMalware: true, fixedIn: [] },
    "CVE-2026-1111 (known malware) in a 1.0.0: to be removed",
  ],
  [
    "one without a fixed version",
    { fixedIn: [] },
    "CVE-2026-1111 (critical by GHSA: GHSA 9.8) in a 1.0.0: no fixed version is known",
  ],
])("%s blocks", (_, given, message) => {
  expect(told({ findings: [found(given)] })).toEqual(["fail", message]);
});

test.each<[Partial<VulnerabilityFinding>, object]>([
  [{}, { id: "CVE-2026-1111", level: "critical" }],
  [
    { severity: rated("low", 2), exploited: [{ by: "CISA KEV" }] },
    { id: "CVE-2026-1111", level: "low", isExploited: true },
  ],
  [
    { severity: UNRATED, isMalware: true },
    { id: "CVE-2026-1111", level: "unknown", isMalware: true },
  ],
])("a finding names its vulnerability, as data: %j", (given, vulnerability) => {
  const outcome = judged({ findings: [found(given)] });
  expect(outcome.status === "fail" && outcome.findings[0].vulnerability).toEqual(vulnerability);
});

test("the packages that a distribution makes of one source are one finding, of the base where that brought them", () => {
  const source = { name: "openssl", version: "3.5.7-1" };
  const of = (name: string) => ({
    purl: `pkg:deb/debian/${name}@3.5.7-1`,
    type: "deb",
    name,
    version: "3.5.7-1",
  });
  const named = ["libssl3t64", "libssl-dev", "openssl-provider-legacy", "libssl-x"].map((name) =>
    found({ component: { ...of(name), source, ofBase: true } }),
  );
  const findings = [found({ component: { ...of("openssl"), ofBase: true } }), ...named];
  const outcome = judged({ findings });
  expect(told({ findings })).toEqual([
    "fail",
    "CVE-2026-1111 (critical by GHSA: GHSA 9.8) in openssl 3.5.7-1 (libssl3t64, libssl-dev, openssl-provider-legacy, …), of the base image: fixed in 1.0.1",
  ]);
  expect(outcome.status === "fail" && outcome.findings[0].remedy?.en).toBe(
    "Rebuild on a newer base image that holds openssl 1.0.1.",
  );
});

test("of a source a package alone names it", () => {
  const source = { name: "openssl", version: "3.5.7-1" };
  const component = { purl: "pkg:deb/a", type: "deb", name: "libssl3t64", version: "3.5.7-1", source };
  expect(told({ findings: [found({ component })] })[1]).toContain("in openssl 3.5.7-1 (libssl3t64): fixed");
});

test.each<[Partial<VulnerabilityFinding>, string]>([
  [{}, "Update a to 1.0.1."],
  [{ updateTo: "1.0.9" }, "Update a to 1.0.9."],
  [
    { fixedIn: [] },
    "No version of a is known to be fixed: remove the package from the image, or replace it.",
  ],
  [{ isMalware: true }, "Remove a 1.0.0, and treat what has run it as compromised: secrets, build machines."],
  [
    {
      component: { purl: "pkg:maven/org.a/b@1", type: "maven", namespace: "org.a", name: "b", version: "1" },
    },
    "Update org.a:b to 1.0.1.",
  ],
  [
    { component: { purl: "pkg:npm/%40s/b@1", type: "npm", namespace: "@s", name: "b", version: "1" } },
    "Update @s/b to 1.0.1.",
  ],
])("what to do of %j", (given, remedy) => {
  const outcome = judged({ findings: [found(given)] });
  expect(outcome.status === "fail" && outcome.findings[0].remedy?.en).toBe(remedy);
});

test("a finding has its place: file, member, layer", () => {
  const component = { ...found().component, path: "/app/a.jar", inside: "lib/b.jar", layer: 0 };
  const image = imageFacts();
  const { digest, diffId } = image.layers[0] ?? {};
  const check = (one: VulnerabilityFinding["component"], of = image) => {
    const vulnerabilities = { ...FACTS, findings: [found({ component: one })] };
    const outcome = noCriticalVulnerabilities.check({ vulnerabilities, judging: JUDGING, image: of });
    return outcome.status === "fail" ? outcome.findings[0].at : undefined;
  };
  expect(check(component)).toEqual({ path: "/app/a.jar!/lib/b.jar", layer: digest ?? diffId });
  const [{ digest: _digest, ...layer } = { diffId: digestOf(7) }] = image.layers;
  const archive = imageFacts({
    facts: { layers: [{ ...layer, mediaType: "", size: 1, entries: 1, base: false }] },
  });
  expect(check(component, archive)).toEqual({ path: "/app/a.jar!/lib/b.jar", layer: layer.diffId });
  const { inside: _, layer: __, ...alone } = component;
  expect(check(alone)).toEqual({ path: "/app/a.jar" });
  expect(check({ ...alone, layer: 99 })).toEqual({ path: "/app/a.jar" });
  expect(check(found().component)).toBeUndefined();
});

test("what is below critical is told, what can be repaired first, and what a newer base removes", () => {
  const high = { severity: rated("high", 8) };
  const at = (name: string, ofBase?: true) => ({
    ...found().component,
    name,
    ...(ofBase === undefined ? {} : { ofBase }),
  });
  const findings = [
    found({ ...high, component: at("a") }),
    found({ ...high, id: "CVE-2026-2222", component: at("a") }),
    found({ severity: rated("low", 2), component: at("b") }),
    found({ ...high, component: at("c", true) }),
    found({ ...high, component: at("d"), fixedIn: [] }),
    found({ severity: UNRATED, component: at("e"), fixedIn: [], published: "2026-11-20" }),
  ];
  expect(told({ findings }).slice(2)).toEqual([
    "· vulnerabilities below critical, to be fixed: 3 (2 high, 1 low), a 1.0.0 → 1.0.1 (2), b 1.0.0 → 1.0.1 (1)",
    "· vulnerabilities below critical that a newer base image removes: 1 (1 high), c 1.0.0 → 1.0.1 (1)",
    "· vulnerabilities below critical without a fixed version: 2 (1 high, 1 unknown severity), d 1.0.0 (1), e 1.0.0 (1)",
  ]);
  const many = Array.from({ length: 9 }, (_, index) => found({ ...high, component: at(`p${index}`) }));
  expect(told({ findings: many })[2]).toMatch(/p7 1\.0\.0 → 1\.0\.1 \(1\), …$/);
  const two = [found(high), found({ ...high, id: "CVE-2026-2", fixedIn: ["2.0.0"] })];
  expect(told({ findings: two })[2]).toMatch(/, a 1\.0\.0 \(2\)$/);
});

test.each<[string, Partial<VulnerabilityFacts>, RegExp]>([
  [
    "data that are too old",
    { sources: [{ ...SOURCE, date: "2026-11-20" }] },
    /data are of 2026-11-20: older than 5 days$/,
  ],
  [
    "data of the future",
    { sources: [{ ...SOURCE, date: "2027-01-01" }] },
    /dated 2027-01-01, after the day of judging \(2026-11-27\)/,
  ],
  [
    "no data at all",
    { sources: [] },
    /older than 5 days; the data are an excerpt, too few records \(npm 0 < 1000\)$/,
  ],
  [
    "data of which no source speaks of the ecosystem",
    { sources: [{ ...SOURCE, name: "kev", ecosystems: {}, date: "2026-01-01" }] },
    /of 2026-01-01: older/,
  ],
  ["nothing to compare", { compared: [] }, /nothing to compare$/],
  [
    "an ecosystem without data",
    { unmatched: [{ why: "data", ecosystem: "RubyGems", count: 7, components: [{ purl: "pkg:gem/a@1" }] }] },
    /contain nothing about RubyGems, not compared: 7 \(pkg:gem\/a@1, …\)$/,
  ],
  [
    "a type that nobody speaks of",
    { unmatched: [{ why: "type", ecosystem: "nix", count: 1, components: [{ purl: "pkg:nix/a@1" }] }] },
    /no feed speaks of this type \(nix\), not compared: 1 \(pkg:nix\/a@1\)$/,
  ],
  [
    "a program that Bitnami's records do not name",
    { unmatched: [{ why: "type", ecosystem: "generic/php", count: 1, components: [] }] },
    /^Bitnami's records imported here do not name php, not compared: 1/,
  ],
  [
    "a document that contradicts itself",
    { unmatched: [{ why: "contradiction", ecosystem: "npm", count: 1, components: [] }] },
    /contradicts a package URL by the name or version beside it \(npm\), not compared: 1/,
  ],
  [
    "a distribution that is not known",
    { unmatched: [{ why: "distribution", ecosystem: "deb", count: 1, components: [] }] },
    /release is not stated, or no feed speaks of it \(deb\)/,
  ],
  [
    "a package that does not say its name",
    { unmatched: [{ why: "unidentified", ecosystem: "Maven", count: 1, components: [] }] },
    /whole name is not stated \(Maven\)/,
  ],
  [
    "a jar that may be of a group",
    { findings: [found({ uncertain: "group" })] },
    /it is unknown whether the version is affected \(the jar does not state its Maven group\): CVE-2026-1111/,
  ],
  [
    "a document that has lost what packages were built from",
    { unmatched: [{ why: "upstream", ecosystem: "deb", count: 1, components: [] }] },
    /what a package was built from \(upstream, deb\): 1/,
  ],
  [
    "a distribution at its end",
    { endOfLife: [{ product: "debian", cycle: "11", on: "2024-08-14", source: "endoflife.date" }] },
    /debian 11 is no longer maintained since 2024-08-14 \(endoflife\.date\): its advisories no longer come, or not all of them$/,
  ],
  [
    "a runtime at its end",
    {
      endOfLife: [{ product: "nodejs", cycle: "18", source: "endoflife.date", purl: "pkg:generic/node@18" }],
    },
    /nodejs 18 is no longer maintained \(endoflife\.date\)/,
  ],
  [
    "a distribution of which nobody knows whether it is maintained",
    { supportUnknown: [{ product: "debian", cycle: "9" }] },
    /^the end of support is not known \(debian 9\)$/,
  ],
  [
    "many of them that nobody knows of",
    { supportUnknown: Array.from({ length: 6 }, (_, at) => ({ product: "nodejs", cycle: `${at}` })) },
    /nodejs 4, …\)$/,
  ],
  [
    "data that the policy's key did not sign",
    { sources: [{ ...SOURCE, isUnsigned: true }] },
    /^data are not signed by the policy's key \(osv:npm\)$/,
  ],
  [
    "many of them that it did not sign",
    { sources: Array.from({ length: 6 }, (_, at) => ({ ...SOURCE, name: `osv:${at}`, isUnsigned: true })) },
    /osv:4, …\)$/,
  ],
  ["more findings than are kept", { cut: true }, /limit vulnerabilityFindings/],
  [
    "an unrated one that is not young any more",
    { findings: [found({ severity: UNRATED, published: "2026-11-13T09:59:59Z" })] },
    /severity unknown for more than 14 days: CVE-2026-1111 \(a 1\.0\.0\)$/,
  ],
  [
    "an unrated one that does not say its age",
    { findings: [{ ...found({ severity: UNRATED }), published: "?" }] },
    /^severity and date of publication unknown: CVE-2026-1111 \(a 1\.0\.0\)$/,
  ],
  [
    "a critical one of which nobody can tell whether it is there",
    { findings: [found({ uncertain: "installed-version" })] },
    /is unknown whether the version is affected \(the installed version cannot be read\): CVE-2026-1111 \(a 1\.0\.0\)$/,
  ],
  [
    "an unrated one of which nobody can tell whether it is there",
    { findings: [found({ uncertain: "scheme", severity: UNRATED })] },
    /order of versions is not known/,
  ],
  [
    "many of them",
    {
      findings: Array.from({ length: 6 }, (_, at) =>
        found({ id: `CVE-2026-${at}`, uncertain: "stated-version" }),
      ),
    },
    /CVE-2026-4 \(a 1\.0\.0\), … \(6\)$/,
  ],
])("%s leave it unproven", (_, facts, reason) => {
  const outcome = judged(facts);
  expect(outcome.status === "unproven" && outcome.reason.en).toMatch(reason);
});

test("what nobody has rated is settled by ratings, or by the updates that repair it all", () => {
  const unrated = (name: string, more: Partial<VulnerabilityFinding> = {}) =>
    found({ severity: UNRATED, component: { ...found().component, name }, ...more });
  const settle = (...findings: readonly VulnerabilityFinding[]) => {
    const outcome = judged({ findings });
    return outcome.status === "unproven" ? outcome.settle?.en : undefined;
  };
  const rate = "import the CVE List or NVD's data (`douane vulns import FILE…`)";
  expect(settle(unrated("a", { fixedIn: [] }))).toBe(rate);
  const two = [
    unrated("stdlib", { updateTo: "1.25.4" }),
    unrated("stdlib", { id: "CVE-2026-2", updateTo: "1.25.4" }),
  ];
  expect(settle(...two, unrated("b"))).toBe(`${rate}; or update stdlib → 1.25.4, b → 1.0.1`);
  expect(settle(...Array.from({ length: 6 }, (_, at) => unrated(`p${at}`)))).toMatch(/p4 → 1\.0\.1, …$/);
});

test("an unrated one stays a note for fourteen days", () => {
  const findings = [found({ severity: UNRATED, published: "2026-11-13T10:00:00Z" })];
  expect(judged({ findings }).status).toBe("pass");
  const { published: _, ...undated } = found({ severity: UNRATED });
  expect(judged({ findings: [undated] })).toMatchObject({ status: "unproven", doubtful: true });
});

test("what refutes is told though the data are old", () => {
  expect(judged({ findings: [found()], sources: [] }).status).toBe("fail");
});

const AGES: Readonly<Record<string, readonly [string, Readonly<Record<string, number>>, string][]>> = {
  "old data beside a mixture of today": [
    ["osv:npm", { npm: 5_000 }, "2020-01-01"],
    ["osv", { npm: 1, PyPI: 1 }, "2026-11-26"],
  ],
  "old data beside a record of one's own of today": [
    ["osv:npm", { npm: 5_000 }, "2020-01-01"],
    ["mine", { npm: 1 }, "2026-11-26"],
  ],
  "a mixture alone": [["osv", { npm: 1, PyPI: 1 }, "2026-11-26"]],
  "a single record": [["osv:npm", { npm: 1 }, "2026-11-26"]],
  "records of malware alone": [["osv:malware", { npm: 0 }, "2026-11-26"]],
  "old data of this release beside new ones of another": [
    ["osv:Debian", { "Debian:13": 30_000 }, "2020-01-01"],
    ["other", { "Debian:12": 30_000, npm: 5_000 }, "2026-11-26"],
  ],
  "one repository of Alpine's that is old": [
    ["alpine-secdb:v3.22/main", { "Alpine:v3.22": 1_200 }, "2026-11-26"],
    ["alpine-secdb:v3.22/community", { "Alpine:v3.22": 900 }, "2020-01-01"],
  ],
  "the other repository of Alpine's that is old": [
    ["alpine-secdb:v3.22/main", { "Alpine:v3.22": 1_200 }, "2020-01-01"],
    ["alpine-secdb:v3.22/community", { "Alpine:v3.22": 900 }, "2026-11-26"],
  ],
};

const AGED = ["npm", "Debian:13", "Alpine:v3.22"];

test.each(Object.entries(AGES))("%s is no data of today", (_, given) => {
  const sources = given.map(([name, ecosystems, date]) => ({ ...SOURCE, name, ecosystems, date }));
  const named = AGED.filter((ecosystem) => sources.some(({ ecosystems }) => ecosystem in ecosystems));
  const of = (name: string) => judged({ sources, compared: [{ ecosystem: name, components: 1 }] }).status;
  expect(named.map(of)).toContain("unproven");
});

test("an excerpt is told with what it has and what there is at least", () => {
  const sources = [{ ...SOURCE, ecosystems: { npm: 190 } }];
  const outcome = judged({ sources });
  expect(outcome.status === "unproven" && [outcome.reason.en, outcome.settle?.en]).toEqual([
    "the data are an excerpt, too few records (npm 190 < 1000)",
    "import the whole export of each ecosystem (`douane vulns import FILE…`), or `douane vulns update`",
  ]);
  const compared = Array.from({ length: 6 }, (_, at) => ({ ecosystem: `Debian:${at}`, components: 1 }));
  const many = judged({ sources, compared });
  expect(many.status === "unproven" && many.reason.fr).toMatch(/Debian:4 0 < 2000, …\)$/);
  const small = { ecosystem: "Mageia:9", components: 1 };
  expect(judged({ sources: [{ ...SOURCE, ecosystems: { "Mageia:9": 1 } }], compared: [small] }).status).toBe(
    "pass",
  );
});

test("of two sources that know an ecosystem the newer counts, of two ecosystems the older", () => {
  const debian = [
    { ...SOURCE, name: "debian-tracker", ecosystems: { "Debian:13": 20_000 }, date: "2026-11-26" },
    { ...SOURCE, name: "osv:Debian", ecosystems: { "Debian:13": 30_000 }, date: "2026-01-01" },
  ];
  const compared = [{ ecosystem: "Debian:13", components: 1 }];
  expect(judged({ sources: debian, compared }).status).toBe("pass");
  expect(judged({ sources: debian.toReversed(), compared }).status).toBe("pass");
  const npm = { ...SOURCE, ecosystems: { npm: 5_000 }, date: "2026-11-01" };
  expect(judged({ sources: [...debian, npm], compared: [...compared, ...FACTS.compared] }).status).toBe(
    "unproven",
  );
});

const ACCEPTED = {
  id: "ghsa-a",
  purl: "pkg:npm/a",
  reason: "not reachable",
  author: "security",
  expires: "2027-06-30",
};

test.each<[string, Partial<typeof ACCEPTED>, boolean]>([
  ["by any of its names", {}, true],
  ["of this version", { purl: "pkg:npm/a@1.0.0" }, true],
  ["of another version", { purl: "pkg:npm/a@1.0.1" }, false],
  ["of another package", { purl: "pkg:npm/b" }, false],
  ["of another vulnerability", { id: "GHSA-b" }, false],
  ["that has expired", { expires: "2026-11-26" }, false],
  ["by what is no purl", { purl: "a" }, false],
  ["by a purl that is not readable", { purl: "pkg:npm/%zz" }, false],
  ["by a version that is not readable", { purl: "pkg:npm/a@%zz" }, false],
])("an acceptance %s", (_, given, counts) => {
  const acceptedVulnerabilities = [{ ...ACCEPTED, ...given }];
  const findings = [found({ severity: UNRATED })];
  expect(judged({ findings }, { acceptedVulnerabilities }).status).toBe(counts ? "pass" : "unproven");
});

test("each acceptance that is used is told with who answers for it, and when it ends soon", () => {
  const findings = [found({ severity: rated("high", 8) })];
  expect(told({ findings }, { acceptedVulnerabilities: [ACCEPTED] }).slice(2)).toEqual([
    "· ghsa-a (pkg:npm/a): accepted by the platform: not reachable (security, until 2027-06-30)",
  ]);
  const soon = [{ ...ACCEPTED, expires: "2026-12-01" }];
  expect(told({ findings }, { acceptedVulnerabilities: soon })[2]).toContain("until 2026-12-01, 4 more days");
});

test("no acceptance lifts what is critical, exploited or malware, nor what would be if it were there", () => {
  const vain = { acceptedVulnerabilities: [ACCEPTED] };
  for (const given of [
    {},
    { severity: UNRATED, isMalware: true as const },
    { exploited: [{ by: "CISA KEV" }] },
  ]) {
    expect(told({ findings: [found(given)] }, vain)).toEqual([
      "fail",
      expect.anything(),
      "· ghsa-a (pkg:npm/a): the platform's acceptance does not lift what is critical, exploited or malware: not reachable (security, until 2027-06-30)",
    ]);
  }
  expect(judged({ findings: [found({ uncertain: "scheme" })] }, vain).status).toBe("unproven");
});

test("what VEX statements say that nobody has signed stands beside what blocks, and sets aside what does not", () => {
  const by = { author: "team", document: "a.vex.json" };
  const vex = [{ ...by, status: "not_affected" } as const];
  expect(told({ findings: [found({ vex })] })).toEqual([
    "fail",
    "CVE-2026-1111 (critical by GHSA: GHSA 9.8; VEX not_affected, team, unsigned) in a 1.0.0: fixed in 1.0.1",
  ]);
  const high = { severity: rated("high", 8), vex };
  expect(told({ findings: [found(high)] })[2]).toBe(
    "· vulnerabilities below critical set aside by VEX statements: 1 (1 high), a 1.0.0 → 1.0.1 (1)",
  );
  const affected = [{ ...by, status: "affected" } as const];
  expect(told({ findings: [found({ ...high, vex: affected })] })[2]).toContain("to be fixed: 1");
  const fixed = [{ ...by, status: "fixed" } as const];
  expect(told({ findings: [found({ ...high, vex: fixed })] })[2]).toContain("set aside");
});

test("signed VEX statements lift what blocks, each named with signer and reason", () => {
  const vex = [
    {
      author: "team",
      document: "a",
      status: "fixed",
      signer: "security",
      timestamp: "2026-06-01T00:00:00Z",
    } as const,
  ];
  const findings = Array.from({ length: 9 }, (_, at) => found({ id: `CVE-2026-${at}`, vex }));
  const [status, proof, note] = told({ findings });
  expect(status).toBe("pass");
  expect(proof).toContain(
    "no critical or exploited vulnerability (besides 9 that signed VEX statements lift)",
  );
  expect(note).toMatch(
    /^· vulnerabilities lifted by signed VEX statements \(9\): CVE-2026-0, a 1\.0\.0 \(fixed, security\); /,
  );
  expect(note).toMatch(/CVE-2026-7, [^;]+; …$/);
});

test("a signed VEX statement about one package of a source lifts nothing of the others", () => {
  const vex = [
    {
      author: "team",
      document: "a",
      status: "fixed",
      signer: "security",
      timestamp: "2026-06-01T00:00:00Z",
    } as const,
  ];
  const built = (name: string, more: Partial<VulnerabilityFinding>): VulnerabilityFinding =>
    found({
      component: {
        purl: `pkg:deb/debian/${name}@1`,
        type: "deb",
        namespace: "debian",
        name,
        version: "1",
        source: { name: "openssl", version: "1" },
      },
      ecosystem: "Debian:13",
      ...more,
    });
  const [status, message] = told({ findings: [built("openssl", { vex }), built("libssl3", {})] });
  expect(status).toBe("fail");
  expect(message).toContain("openssl 1 (libssl3)");
});

test("a rating that decides nothing is told, too; and a layer of an image that is not at hand is not", () => {
  const severity = { level: "unknown", stated: [{ by: "Someone", level: "high" }] } as const;
  const epss = { score: 0.9, percentile: 1, date: "2026-11-26" };
  const component = { ...found().component, path: "/a", layer: 3 };
  const outcome = judged({ findings: [found({ severity, epss, component })] });
  expect(outcome.status === "fail" && outcome.findings[0]).toMatchObject({
    message: {
      en: "CVE-2026-1111 (unknown severity: Someone high; EPSS 90 %) in a 1.0.0: fixed in 1.0.1",
      fr: "CVE-2026-1111 (gravité inconnue : Someone élevée ; EPSS 90 %) dans a 1.0.0 : corrigée en 1.0.1",
    },
    at: { path: "/a" },
  });
});

test.each<Partial<VulnerabilityFacts>>([
  { unmatched: [{ why: "unidentified", ecosystem: "Maven", count: 1, components: [] }] },
  { findings: [found({ uncertain: "group" })] },
])("what states the groups of jars settles the doubt: %#", (facts) => {
  const outcome = judged(facts);
  expect(outcome.status === "unproven" && outcome.settle?.en).toMatch(/SBOM .* states their groups/);
});

test("what only the SBOM states leaves it open, and says what settles it", () => {
  const { component } = found();
  const stated = found({ component: { ...component, onlyStated: true } });
  const outcome = judged({ findings: [stated] });
  expect(outcome).toMatchObject({ status: "unproven", doubtful: true });
  expect(outcome.status === "unproven" && outcome.reason.en).toMatch(/^only the image's SBOM states it: CVE/);
  expect(outcome.status === "unproven" && outcome.settle?.en).toMatch(/leave it out of the SBOM/);
  const low = { ...stated, severity: rated("high", 7.5) };
  expect(judged({ findings: [low] })).toMatchObject({ status: "pass" });
});

test.each<[string, VulnerabilityFacts["sources"], string | undefined]>([
  [
    "none",
    [SOURCE],
    "· whether any vulnerability found is exploited is unknown: the data contain no list of exploited vulnerabilities (KEV); `douane vulns import FILE…`",
  ],
  [
    "an old one",
    [SOURCE, { ...KEV, date: "2026-11-01" }],
    "· the list of exploited vulnerabilities is of 2026-11-01 (limit: 5 days): vulnerabilities exploited since then are missing from it",
  ],
  [
    "one of the future",
    [SOURCE, { ...KEV, date: "2027-01-01" }],
    "· the list of exploited vulnerabilities is of 2027-01-01 (limit: 5 days): vulnerabilities exploited since then are missing from it",
  ],
  ["an old one and a young one", [SOURCE, { ...KEV, date: "2026-11-01" }, KEV], undefined],
])("where the data hold %s of the lists of what is exploited, a note says so", (_, sources, note) => {
  const low = [found({ severity: rated("low", 2) })];
  const said = told({ findings: low, sources });
  expect(said[0]).toBe("pass");
  expect(said.filter((text) => text.startsWith("·") && text.includes("exploited"))).toEqual(
    note === undefined ? [] : [note],
  );
  // A blocked finding stays blocked whatever a list contains, and without findings nothing is exploited here.
  expect(told({ findings: [found()], sources }).join()).not.toContain("list of exploited");
  expect(told({ sources }).join()).not.toContain("list of exploited");
});

test("a CVE that was taken back holds nobody up, unless something else speaks against the package", () => {
  const rejected = { severity: UNRATED, isRejected: true } as const;
  expect(judged({ findings: [found(rejected)] }).status).toBe("pass");
  expect(judged({ findings: [found({ ...rejected, isMalware: true })] }).status).toBe("fail");
  expect(judged({ findings: [found({ ...rejected, exploited: [{ by: "CISA KEV" }] })] }).status).toBe("fail");
  expect(judged({ findings: [found({ isRejected: true })] }).status).toBe("fail");
});

test("a release that its extended support alone looks after is a note", () => {
  const extendedSupport = [{ product: "debian", cycle: "12", until: "2028-06-30", source: "endoflife.date" }];
  const outcome = judged({ extendedSupport });
  expect([outcome.status, outcome.notes?.map(({ message }) => message.en)]).toEqual([
    "pass",
    ["debian 12 is maintained by its extended support (LTS) alone, until 2028-06-30 (endoflife.date)"],
  ]);
});
