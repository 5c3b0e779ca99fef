import { expect, test } from "vitest";
import type { VulnerabilityFacts, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityScan } from "./scan.ts";
import { vulnerabilitiesTable } from "./table.ts";
import { vulnerabilitiesCycloneDx } from "./vulnerabilities-cyclonedx.ts";
import { vulnerabilitiesGitLab } from "./vulnerabilities-gitlab.ts";
import { vulnerabilitiesJson } from "./vulnerabilities-json.ts";
import { vulnerabilitiesSarif } from "./vulnerabilities-sarif.ts";

const BARE: VulnerabilityFinding = {
  id: "X-1",
  aliases: [],
  component: { purl: "pkg:npm/a", type: "npm", name: "a", version: "" },
  ecosystem: "npm",
  fixedIn: [],
  severity: { level: "unknown", stated: [] },
  exploited: [],
};

const WHOLE: VulnerabilityFinding = {
  id: "CVE-2026-1111",
  aliases: ["GHSA-a"],
  component: {
    purl: "pkg:maven/org.a/b@1",
    type: "maven",
    namespace: "org.a",
    name: "b",
    version: "1",
    source: { name: "s", version: "1" },
    path: "/app/a.jar",
    inside: "lib/b.jar",
    layer: 0,
    ofBase: true,
  },
  ecosystem: "Maven",
  fixedIn: ["2"],
  uncertain: "scheme",
  severity: {
    level: "high",
    by: "GHSA",
    score: 8,
    stated: [
      { by: "GHSA", level: "high", score: 8 },
      { by: "NVD", level: "critical" },
    ],
  },
  exploited: [{ by: "CISA KEV" }],
  epss: { score: 0.5, percentile: 0.9, date: "2026-11-26" },
  isMalware: true,
  decision: "ignored",
  summary: "holes.",
  published: "2026-01-01",
  vex: [{ status: "affected", author: "team", document: "a.json" }],
};

const DEB: VulnerabilityFinding = {
  ...BARE,
  id: "CVE-2026-2222",
  component: { ...BARE.component, type: "deb", namespace: "debian", path: "/x" },
  severity: { level: "low", stated: [] },
  published: "?",
};

const FACTS: VulnerabilityFacts = {
  matched: "2026-11-27",
  sources: [],
  compared: [],
  inert: 0,
  findings: [WHOLE, BARE, DEB, { ...DEB, severity: { level: "medium", stated: [] } }],
  unmatched: [],
  endOfLife: [],
  supportUnknown: [{ product: "debian", cycle: "9" }],
  cut: true,
};

const TEXT = { fr: "une phrase.", en: "a sentence." };
const SCAN: VulnerabilityScan = {
  subject: { name: "registry.example/app", digest: "sha256:a", system: "Debian 13" },
  facts: FACTS,
  layers: ["sha256:b"],
  outcome: { status: "unproven", reason: TEXT },
  blocks: ({ isMalware }) => (isMalware === true ? "malware" : undefined),
  says: () => ({ message: TEXT, remedy: TEXT }),
  douane: "0.1.0",
  at: "2026-11-27T10:00:00.000Z",
};
const NOTHING: VulnerabilityScan = {
  ...SCAN,
  subject: { name: "a.json" },
  facts: { ...FACTS, findings: [] },
  outcome: { status: "pass", proof: TEXT },
};

test("the table", () => {
  expect(vulnerabilitiesTable(SCAN, { lang: "en" })).toBe(`registry.example/app
sha256:a
Debian 13

severity  vulnerability  package         installed  fixed in
high!?    CVE-2026-1111  org.a:b (base)  1          2
unknown   X-1            a                          –
low       CVE-2026-2222  a                          –
medium    CVE-2026-2222  a                          –

1 high, 1 medium, 1 low, 1 unknown

VEX affected, team (a.json), unsigned: CVE-2026-1111

UNPROVEN: a sentence.
`);
  expect(vulnerabilitiesTable(NOTHING, { lang: "fr" })).toBe(`a.json

Aucune vulnérabilité connue.

OUI : une phrase.
`);
  const scoped = { ...BARE, component: { ...BARE.component, namespace: "@s" } };
  expect(
    vulnerabilitiesTable({ ...SCAN, facts: { ...FACTS, findings: [scoped] } }, { lang: "en" }),
  ).toContain("@s/a");
  const fail = { status: "fail", findings: [{ message: TEXT, fingerprint: "f" }] } as const;
  expect(vulnerabilitiesTable({ ...NOTHING, outcome: fail }, { lang: "en", color: true })).toContain(
    "NO:\n- a sentence.",
  );
  const twice = { message: TEXT, fingerprint: "f", remedy: { fr: "À faire.", en: "Do it." } };
  const repairable = { status: "fail", findings: [twice, twice] } as const;
  expect(vulnerabilitiesTable({ ...NOTHING, outcome: repairable }, { lang: "en" })).toContain(
    "NO:\n- a sentence.\n- a sentence.\n→ Do it.\n",
  );
  const without = { status: "n/a", reason: TEXT } as const;
  expect(vulnerabilitiesTable({ ...NOTHING, outcome: without }, { lang: "en" })).toContain(
    "N/A: a sentence.",
  );
});

test("the table tells which findings VEX statements are about, and that they lift nothing", () => {
  const vex = (author: string) => [{ status: "not_affected", author, document: "a.vex.json" }] as const;
  const findings = [
    { ...BARE, id: "CVE-2026-1", vex: vex("team") },
    { ...BARE, id: "CVE-2026-1", vex: vex("team") },
    { ...BARE, id: "CVE-2026-2", vex: vex("team") },
    { ...BARE, id: "CVE-2026-3", vex: vex("") },
    BARE,
  ];
  const told = vulnerabilitiesTable({ ...SCAN, facts: { ...FACTS, findings } }, { lang: "en", width: 120 });
  expect(told).toContain(
    "\n\nVEX not_affected, team (a.vex.json), unsigned, lifts nothing: CVE-2026-1, CVE-2026-2\n" +
      "VEX not_affected, a.vex.json, unsigned, lifts nothing: CVE-2026-3\n\n",
  );
});

test("a long name in the table keeps its end", () => {
  const component = {
    ...BARE.component,
    type: "maven",
    namespace: "com.fasterxml.jackson.core",
    name: "jackson-databind",
    version: "2.9.8",
  };
  const findings = [
    { ...BARE, component },
    { ...BARE, component: { ...component, ofBase: true } as const },
  ];
  const told = vulnerabilitiesTable({ ...SCAN, facts: { ...FACTS, findings } }, { lang: "en" });
  expect(told).toContain("  …xml.jackson.core:jackson-databind  2.9.8");
  expect(told).toContain("  …kson.core:jackson-databind (base)  2.9.8");
});

test("JSON leaves out what is not known", () => {
  const { findings, ...report } = JSON.parse(vulnerabilitiesJson(SCAN)) as {
    readonly findings: readonly object[];
  };
  expect(report).toMatchObject({ answer: "unproven", reason: TEXT, cut: true });
  expect(findings[0]).toMatchObject({
    namespace: "org.a",
    source: { name: "s" },
    path: "/app/a.jar!/lib/b.jar",
    layer: "sha256:b",
    blocks: "malware",
    uncertain: "scheme",
    decision: "ignored",
    vex: [{ status: "affected" }],
  });
  expect(findings[1]).toEqual({
    id: "X-1",
    aliases: [],
    purl: "pkg:npm/a",
    type: "npm",
    name: "a",
    ecosystem: "npm",
    installed: "",
    fixed: [],
    severity: { value: "unknown", source: null, stated: [] },
    exploited: [],
    malware: false,
    base: false,
  });
  const { cut: _, ...whole } = NOTHING.facts;
  expect(JSON.parse(vulnerabilitiesJson({ ...NOTHING, facts: whole }))).not.toHaveProperty("cut");
});

test("SARIF names each vulnerability once, and each package that has it", () => {
  const { runs } = JSON.parse(vulnerabilitiesSarif(SCAN, "en")) as {
    readonly runs: readonly {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly shortDescription: { text: string } }[] };
      };
      readonly results: readonly { readonly level: string; readonly ruleIndex: number }[];
    }[];
  };
  const [{ tool, results } = { tool: { driver: { rules: [] } }, results: [] }] = runs;
  expect(tool.driver.rules.map(({ shortDescription }) => shortDescription.text)).toEqual([
    "holes.",
    "X-1.",
    "CVE-2026-2222.",
  ]);
  expect(results.map(({ level, ruleIndex }) => [level, ruleIndex])).toEqual([
    ["error", 0],
    ["warning", 1],
    ["note", 2],
    ["warning", 2],
  ]);
});

test("GitLab's report says where: image, system, package", () => {
  const { vulnerabilities } = JSON.parse(vulnerabilitiesGitLab(SCAN, "en")) as {
    readonly vulnerabilities: readonly object[];
  };
  expect(vulnerabilities[0]).toMatchObject({
    description: "holes. – a sentence.",
    severity: "High",
    location: { image: "registry.example/app", operating_system: "Debian 13" },
    identifiers: [{ type: "cve" }, { type: "ghsa" }],
  });
  const alone = { ...NOTHING, facts: FACTS };
  expect(vulnerabilitiesGitLab(alone, "en")).toContain('"operating_system": "unknown"');
});

test("CycloneDX leaves out what is not known", () => {
  const { vulnerabilities, metadata } = JSON.parse(
    vulnerabilitiesCycloneDx({ ...NOTHING, facts: FACTS }),
  ) as {
    readonly vulnerabilities: readonly object[];
    readonly metadata: { readonly component: object };
  };
  expect(metadata.component).toEqual({ type: "container", name: "a.json" });
  expect(vulnerabilitiesCycloneDx(SCAN)).toContain('"version": "sha256:a"');
  expect(vulnerabilities[0]).toMatchObject({
    id: "CVE-2026-1111",
    references: [{ id: "GHSA-a", source: { name: "GHSA" } }],
    recommendation: "b 2",
    description: "holes.",
    published: "2026-01-01T00:00:00.000Z",
  });
  expect(vulnerabilities[1]).toEqual({
    "bom-ref": "vulnerability:X-1",
    id: "X-1",
    ratings: [{ severity: "unknown" }],
    affects: [{ ref: "pkg:npm/a", versions: [{ version: "", status: "affected" }] }],
  });
});
