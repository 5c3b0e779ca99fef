import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { osvFillers, osvRecord } from "../../../test/fixtures/osv-records.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-scan-"));
afterAll(() => rmSync(cwd, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

function image(name: string, version: string, more: Readonly<Record<string, string>> = {}): string {
  const packages = { lodash: version, ...more };
  const entries = Object.entries(packages).map(([of, its]) => ({
    path: `app/node_modules/${of}/package.json`,
    content: JSON.stringify({ name: of, version: its }),
  }));
  writeLayout(withConfig(withLayer(emptyImage(), layerOf(entries)), {}), join(cwd, name), { ref: "1.0.0" });
  return `oci:${name}:1.0.0`;
}

const run = (...argv: readonly string[]) => douane(argv, { cwd, env: { DOUANE_DATA: join(cwd, "data") } });
const [VULNERABLE, REPAIRED] = [
  image("portal", "1.2.2", { "left-pad": "1.0.0" }),
  image("repaired", "1.2.3"),
];

beforeAll(async () => {
  const critical = {
    aliases: ["CVE-2026-1111"],
    database_specific: { severity: "CRITICAL" },
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
  };
  const low = { database_specific: { severity: "LOW" }, summary: undefined };
  const records = [
    osvRecord("GHSA-a", "lodash", critical),
    osvRecord("GHSA-b", "left-pad", low),
    osvRecord("GHSA-c", "left-pad", {
      ...low,
      affected: [{ package: { ecosystem: "npm", name: "left-pad" }, versions: ["1.0.0"] }],
    }),
  ];
  const members = [...records, ...osvFillers("npm")].map((record, at) => ({
    name: `${at}.json`,
    content: JSON.stringify(record),
  }));
  put("all.zip", zipOf(members));
  put(
    "kev.json",
    JSON.stringify({
      title: "CISA Catalog of Known Exploited Vulnerabilities",
      catalogVersion: "2026.06.14",
      dateReleased: "2026-06-14T12:00:00Z",
      count: 1,
      vulnerabilities: [{ cveID: "CVE-2026-1111", dateAdded: "2026-06-12" }],
    }),
  );
  await run("vulns", "import", "all.zip", "kev.json");
});

test("an image's vulnerabilities, the gravest first, and what the gate says", async () => {
  const { exit, stdout, stderr } = await run("vulns", VULNERABLE);
  expect([exit, stderr]).toEqual([1, ""]);
  expect(stdout.split("\n").slice(2)).toEqual([
    "",
    "severity   vulnerability  package   installed  fixed in",
    "critical!  CVE-2026-1111  lodash    1.2.2      1.2.3",
    "low        GHSA-b         left-pad  1.0.0      1.2.3",
    "low        GHSA-c         left-pad  1.0.0      –",
    "",
    "1 critical, 2 low",
    "",
    "NO:",
    "- CVE-2026-1111 (critical by GHSA: GHSA 9.8; exploited since 2026-06-12, by CISA",
    "KEV) in lodash 1.2.2: fixed in 1.2.3",
    "→ Update lodash to 1.2.3.",
    "",
  ]);
  const french = await run("vulns", VULNERABLE, "--lang", "fr");
  expect(french.stdout).toContain("critique selon GHSA : GHSA 9,8");
  const repaired = await run("vulns", REPAIRED);
  expect([repaired.exit, repaired.stdout]).toEqual([0, expect.stringContaining("No known vulnerabilities.")]);
  expect(repaired.stdout).toContain("YES: 1 package compared (npm 1)");
});

test.each(["cyclonedx", "cyclonedx-1.7", "spdx", "spdx-3.0.1"])(
  "the same image as %s has the same vulnerabilities",
  async (format) => {
    const findings = async (operand: string) => {
      const { stdout } = await run("vulns", operand, "--format", "json");
      const { findings: found } = JSON.parse(stdout) as { readonly findings: readonly object[] };
      return found;
    };
    await run("sbom", VULNERABLE, "--format", `${format}=a.json`);
    const ofImage = await findings(VULNERABLE);
    expect(ofImage).toHaveLength(3);
    expect(await findings("a.json")).toEqual(ofImage);
  },
);

test("JSON: one object a finding", async () => {
  const { exit, stdout } = await run("vulns", VULNERABLE, "--format", "json");
  const report = JSON.parse(stdout) as { readonly findings: readonly object[] };
  expect(exit).toBe(1);
  expect(report).toMatchObject({ schema: "douane/vulnerabilities/v1", answer: "no", matched: "2026-06-15" });
  expect(report.findings[0]).toEqual({
    id: "CVE-2026-1111",
    aliases: ["GHSA-a"],
    purl: "pkg:npm/lodash@1.2.2",
    type: "npm",
    name: "lodash",
    ecosystem: "npm",
    installed: "1.2.2",
    fixed: ["1.2.3"],
    severity: {
      value: "critical",
      source: "GHSA",
      score: 9.8,
      stated: [{ by: "GHSA", level: "critical", score: 9.8 }],
    },
    exploited: [{ by: "CISA KEV", since: "2026-06-12" }],
    malware: false,
    summary: "A flaw of lodash",
    published: "2026-06-01T08:00:00Z",
    path: "/app/node_modules/lodash/package.json",
    layer: expect.stringMatching(/^sha256:/),
    base: false,
    blocks: "exploited",
  });
});

test("CycloneDX with vulnerabilities keeps to its schema", async () => {
  const { stdout } = await run("vulns", VULNERABLE, "--format", "cyclonedx");
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(stdout)).toBeNull();
  expect(JSON.parse(stdout)).toMatchObject({
    vulnerabilities: [
      { id: "CVE-2026-1111", affects: [{ ref: "pkg:npm/lodash@1.2.2" }] },
      { id: "GHSA-b" },
      {},
    ],
  });
});

test("SARIF and GitLab's report name each finding", async () => {
  const sarif = await run("vulns", VULNERABLE, "--format", "sarif");
  const { runs } = JSON.parse(sarif.stdout) as { runs: readonly { results: readonly { level: string }[] }[] };
  expect(runs[0]?.results.map(({ level }) => level)).toEqual(["error", "note", "note"]);
  const gitlab = await run("vulns", VULNERABLE, "--format", "gitlab");
  const { vulnerabilities, scan } = JSON.parse(gitlab.stdout) as {
    readonly vulnerabilities: readonly { readonly severity: string }[];
    readonly scan: object;
  };
  expect(vulnerabilities.map(({ severity }) => severity)).toEqual(["Critical", "Low", "Low"]);
  expect(scan).toMatchObject({ type: "container_scanning", status: "success" });
});

test("several formats are written of one reading, each to its file", async () => {
  const targets = ["table", "sarif=a.sarif", "json=a.findings.json"];
  const { exit, stdout } = await run("vulns", VULNERABLE, ...targets.flatMap((one) => ["--format", one]));
  expect([exit, stdout]).toEqual([1, expect.stringContaining("1 critical, 2 low")]);
  const read = (file: string): unknown => JSON.parse(readFileSync(join(cwd, file), "utf8"));
  expect(read("a.findings.json")).toMatchObject({ schema: "douane/vulnerabilities/v1", answer: "no" });
  expect(read("a.sarif")).toMatchObject({ version: "2.1.0" });
  const status = await run("vulns", "status", "--format", "json=status.json");
  expect([status.exit, status.stdout, read("status.json")]).toEqual([
    0,
    "",
    expect.objectContaining({ fresh: true }),
  ]);
});

test("a document that says it is incomplete proves nothing", async () => {
  const bom = { bomFormat: "CycloneDX", specVersion: "1.6", compositions: [{ aggregate: "incomplete" }] };
  const { exit, stderr } = await run("vulns", put("part.json", JSON.stringify(bom)));
  expect([exit, stderr]).toEqual([2, expect.stringContaining('says that it is incomplete ("incomplete")')]);
});

describe("VEX", () => {
  test("what is stated stands beside the finding, and lifts nothing of the gate while nobody has signed it", async () => {
    const stated = await run(
      ..."vulns vex new GHSA-a not_affected pkg:npm/lodash@1.2.2 --author team".split(" "),
      "--justification",
      "vulnerable_code_not_in_execute_path",
    );
    expect(stated.exit).toBe(0);
    put("a.vex.json", stated.stdout);
    const { exit, stdout } = await run("vulns", VULNERABLE, "--vex", "a.vex.json", "--format", "json");
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ vex: [{ status: "not_affected", author: "team", document: "a.vex.json" }] }, {}, {}],
    });
    const explained = await run("vulns", "vex", "explain", "a.vex.json", VULNERABLE);
    expect(explained.stdout).toBe("a.vex.json: GHSA-a not_affected (team) – applies to 1 finding\n");
    const table = await run("vulns", VULNERABLE, "--vex", "a.vex.json");
    expect(table.stdout).toContain(
      "VEX not_affected, team (a.vex.json), unsigned, lifts nothing: CVE-2026-1111\n",
    );
    const inVain = await run("vulns", REPAIRED, "--vex", "a.vex.json");
    expect(inVain.stderr).toContain("VEX statements without effect: 1 of 1.");
    const elsewhere = await run("vulns", "vex", "explain", "a.vex.json", REPAIRED, "--lang", "fr");
    expect(elsewhere.stdout).toContain("sans effet : aucun paquet comparé n'a cette vulnérabilité");
  });

  test("a later statement supersedes an earlier one", async () => {
    const statement = (status: string, timestamp: string) => ({
      vulnerability: { name: "GHSA-b" },
      products: ["pkg:npm/left-pad"],
      status,
      timestamp,
    });
    const statements = [
      statement("affected", "2026-06-01T00:00:00Z"),
      statement("fixed", "2026-06-02T00:00:00Z"),
    ];
    put("b.vex.json", JSON.stringify({ "@context": "https://openvex.dev/ns/v0.2.0", statements }));
    const { stdout } = await run("vulns", "vex", "explain", "b.vex.json", VULNERABLE);
    expect(stdout).toBe(
      "b.vex.json: GHSA-b affected – applies to 1 finding, superseded by a later one: 1\n" +
        "b.vex.json: GHSA-b fixed – applies to 1 finding\n",
    );
  });

  test.each([
    [["vex"], "show where each statement applies"],
    [["vex", "x"], "`douane vulns vex --help` shows what there is"],
    [["vex", "explain", "a.vex.json"], "name the VEX documents, then the image"],
    [["vex", "new", "CVE-2026-1111", "fine", "pkg:npm/a"], "STATUS is not_affected"],
    [["vex", "new", "CVE-2026-1111", "not_affected", "pkg:npm/a", "--author", "a"], "needs a reason"],
    [["vex", "explain", "gone.json", "oci:portal"], 'The file "gone.json" cannot be read'],
  ])("%j is told what is wrong", async (argv, message) => {
    const { stderr } = await run("vulns", ...argv);
    expect(stderr).toContain(message);
  });

  test("a statement may name parts, and another status needs no reason", async () => {
    const { stdout } = await run(
      "vulns",
      "vex",
      "new",
      "A-1",
      "fixed",
      "pkg:oci/a",
      "pkg:npm/b",
      "--author",
      "a",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      statements: [{ products: [{ "@id": "pkg:oci/a", subcomponents: [{ "@id": "pkg:npm/b" }] }] }],
    });
  });
});

describe("which stored images", () => {
  test("hold what blocks, or what is named: from evidence alone", async () => {
    await run("check", VULNERABLE, "--save-evidence", "a.evidence.json", "--no-cache");
    await run("check", REPAIRED, "--save-evidence", "b.evidence.json", "--no-cache");
    const { exit, stdout } = await run(
      "vulns",
      "affected",
      "a.evidence.json",
      "a.evidence.json",
      "b.evidence.json",
    );
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      /^CVE-2026-1111 {2}pkg:npm\/lodash@1\.2\.2 → 1\.2\.3 {2}\(1\/2\)\n {2}oci:portal:1\.0\.0 {2}sha256:/,
    );
    const named = await run("vulns", "affected", "ghsa-c", "a.evidence.json", "--format", "json");
    expect(JSON.parse(named.stdout)).toMatchObject({ images: 1, affected: [{ id: "GHSA-c", images: [{}] }] });
    const none = await run("vulns", "affected", "b.evidence.json");
    expect([none.exit, none.stdout]).toEqual([0, "The image is not affected.\n"]);
  });

  test("evidence files are asked for", async () => {
    const { exit, stderr } = await run("vulns", "affected", "CVE-2026-1111");
    expect([exit, stderr]).toEqual([64, expect.stringContaining("name the evidence files")]);
  });
});

test.each([["vulns"], ["sbom"]])("%s: a document that is not there is no image's name", async (command) => {
  const { exit, stderr } = await run(command, "missing.cdx.json");
  expect([exit, stderr]).toEqual([64, expect.stringContaining('"missing.cdx.json" does not exist')]);
});

describe("where check says unproven", () => {
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    components: [
      { type: "library", name: "lodash", version: "1.2.3", purl: "pkg:npm/lodash@1.2.3" },
      { type: "library", name: "lodash", version: "1.2.2", purl: "pkg:npm/lodash@1.2.2" },
    ],
  };
  const lodash = {
    path: "app/node_modules/lodash/package.json",
    content: '{"name":"lodash","version":"1.2.3"}',
  };
  const elf = { path: "usr/bin/bash", content: `\u{7f}ELF${"x".repeat(100_000)}`, mode: 0o755 };
  const images = {
    "a critical vulnerability in a package that only the SBOM names": [
      lodash,
      { path: "usr/share/sbom/portal.cdx.json", content: JSON.stringify(bom) },
    ],
    "Debian without its database, and a package of npm": [
      lodash,
      elf,
      { path: "etc/os-release", content: 'ID=debian\nVERSION_ID="13"\n' },
    ],
    "an unreadable database of apk, and a package of npm": [
      lodash,
      { path: "etc/os-release", content: "ID=alpine\nVERSION_ID=3.22.1\n" },
      { path: "lib/apk/db/installed", content: "\u{0}\u{1}\u{2}" },
    ],
  };

  test.each(Object.entries(images))("%s: vulns and affected do, too", async (name, entries) => {
    const folder = `image-${name.length}`;
    writeLayout(withConfig(withLayer(emptyImage(), layerOf(entries)), {}), join(cwd, folder), {
      ref: "1.0.0",
    });
    const scan = await run("vulns", `oci:${folder}:1.0.0`, "--no-cache");
    await run("check", `oci:${folder}:1.0.0`, "--no-cache", "--save-evidence", `${folder}.json`);
    const affected = await run("vulns", "affected", `${folder}.json`);
    const diff = await run(
      "sbom",
      "diff",
      VULNERABLE,
      `oci:${folder}:1.0.0`,
      "--no-cache",
      "--format",
      "json",
    );
    const { vulnerabilities } = JSON.parse(diff.stdout) as {
      vulnerabilities: { to: { doubts: readonly object[]; findings: number } };
    };
    expect([scan.exit, affected.exit]).toEqual([2, 2]);
    expect(affected.stdout).not.toContain("is not affected");
    expect(vulnerabilities.to.doubts.length + vulnerabilities.to.findings).toBeGreaterThan(0);
  });

  test("data of long ago and of another ecosystem prove nothing of many images", async () => {
    await run("check", REPAIRED, "--save-evidence", "d.evidence.json", "--no-cache");
    put(
      "old.json",
      JSON.stringify({ ...osvRecord("PYSEC-1", "x"), modified: "2024-01-01T00:00:00Z", affected: [] }),
    );
    await run("vulns", "import", "old.json", "--data", "old");
    put(
      "py.json",
      JSON.stringify(
        osvRecord("PYSEC-2", "x", {
          modified: "2024-01-01T00:00:00Z",
          affected: [{ package: { ecosystem: "PyPI", name: "x" }, versions: ["1"] }],
        }),
      ),
    );
    await run("vulns", "import", "py.json", "--data", "old");
    const { exit, stdout } = await run("vulns", "affected", "d.evidence.json", "--data", "old");
    expect(exit).toBe(2);
    expect(stdout).toContain("that is not proven");
    expect(stdout).toContain("the data contain nothing about npm");
  });
});

describe("check", () => {
  test("judges by the data at hand, and again by newer data from evidence alone", async () => {
    const sbomRow = async (...argv: readonly string[]) => {
      const { stdout } = await run("check", ...argv, "--format", "json");
      const { verdicts } = JSON.parse(stdout) as {
        verdicts: readonly { rows: readonly { id: string; findings: readonly { rule: string }[] }[] }[];
      };
      const row = verdicts[0]?.rows.find(({ id }) => id === "sbom");
      return row?.findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("2.2-no-critical"));
    };
    expect(await sbomRow(VULNERABLE, "--no-cache")).toEqual(["2.2-no-critical-vulnerabilities"]);
    expect(await sbomRow(REPAIRED, "--no-cache")).toEqual([]);
    await run("check", VULNERABLE, "--save-evidence", "c.evidence.json", "--no-cache", "--data", "empty");
    expect(await sbomRow("--evidence", "c.evidence.json")).toEqual(["2.2-no-critical-vulnerabilities"]);
  });

  test("a folder without data that was named is told", async () => {
    const { stderr } = await run("check", REPAIRED, "--no-cache", "--data", "empty");
    expect(stderr).toContain("empty");
    const quiet = await run("check", REPAIRED, "--no-cache", "--data", "empty", "--quiet");
    expect(quiet.stderr).toBe("");
  });
});

test.each([
  [["vulns", "oci:gone:1"], 64],
  [["vulns", "a/b", "c/d"], 64],
])("%j ends with %i", async (argv, exit) => {
  expect((await run(...argv)).exit).toBe(exit);
});

test("what is no SBOM is told, and what the platform accepts is set aside", async () => {
  put("other.json", "{}");
  const other = await run("vulns", "other.json");
  expect([other.exit, other.stderr]).toEqual([65, expect.stringContaining("other.json")]);
  put(
    "policy.yaml",
    "acceptedVulnerabilities: [{ id: GHSA-b, purl: 'pkg:npm/left-pad', reason: small, author: us, expires: '2026-12-31' }]\n",
  );
  const { exit } = await run("vulns", VULNERABLE, "--policy", "policy.yaml");
  expect(exit).toBe(1);
  const used = await run("check", VULNERABLE, "--policy", "policy.yaml", "--no-cache");
  expect(used.stderr).not.toContain("without use here");
  const unused = await run("check", REPAIRED, "--policy", "policy.yaml", "--no-cache");
  expect(unused.stderr).toContain(
    "acceptances of vulnerabilities without use here: 1 (GHSA-b, pkg:npm/left-pad)",
  );
});
