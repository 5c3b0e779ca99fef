import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { osvFillers, osvRecord } from "../../../test/fixtures/osv-records.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import type { TarEntry } from "../../image/tar/write.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-sbom-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

function image(
  name: string,
  packages: Readonly<Record<string, string>>,
  ...more: readonly TarEntry[]
): string {
  const entries = Object.entries(packages).map(([one, version]) => ({
    path: `app/node_modules/${one}/package.json`,
    content: JSON.stringify({ name: one, version }),
  }));
  writeLayout(withConfig(withLayer(emptyImage(), layerOf([...entries, ...more])), {}), join(folder, name), {
    ref: "1",
  });
  return `oci:${join(folder, name)}:1`;
}

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}

const old = image("old", { left: "1.0.0", up: "1.0.0", same: "1.0.0" });
const now = image("now", { right: "1.0.0", up: "2.0.0", same: "1.0.0" });
const damaged = image(
  "damaged",
  { left: "1.0.0" },
  { path: "app/node_modules/x/package.json", content: "{" },
);

const BOM = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: { component: { type: "container", name: "portal", version: "1.0" } },
  components: [
    { type: "operating-system", name: "debian", version: "13" },
    { type: "library", name: "bash", version: "5", purl: "pkg:deb/debian/bash@5?distro=debian-13" },
    { type: "library", name: "zlib\u001b[31m" },
  ],
  compositions: [{ aggregate: "incomplete" }],
};

describe("packages", () => {
  test("of two images: what went, came and changed", async () => {
    const { exit, stdout, stderr } = await douane(["sbom", "diff", old, now]);
    expect([exit, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").slice(3)).toEqual([
      "- npm  left   1.0.0",
      "+ npm  right  1.0.0",
      "↑ npm  up     1.0.0 → 2.0.0",
      "",
      "1 removed · 1 added · 1 changed (↑ 1 upgraded) · 1 unchanged",
      "",
      "Vulnerabilities were not compared: this machine has no vulnerability data",
      "(`douane vulns update`, or `douane vulns import FILE…`).",
      "",
    ]);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("which way versions go, where their order is known", async () => {
    const [from, to] = [
      image("from", { up: "1.0.0", down: "2.0.0", odd: "1.0.0", more: "2.0.0" }),
      image("to", { up: "1.10.0", down: "2.0.0-rc.1", odd: "main", more: "2.0.0" }),
    ];
    const { stdout } = await douane(["sbom", "diff", from, to, "--lang", "fr"]);
    expect(stdout.split("\n").slice(3)).toEqual([
      "↓ npm  down  2.0.0 → 2.0.0-rc.1",
      "~ npm  odd   1.0.0 → main",
      "↑ npm  up    1.0.0 → 1.10.0",
      "",
      "0 retirés · 0 ajoutés · 3 changés (↑ 1 plus récents, ↓ 1 plus anciens, ~ 1",
      "indéterminés) · 1 inchangés",
      "",
      "Vulnérabilités non comparées : aucune donnée sur cette machine (douane vulns",
      "update, ou douane vulns import FICHIER…).",
      "",
    ]);
    const json = JSON.parse((await douane(["sbom", "diff", from, to, "--format", "json"])).stdout);
    expect(json).toMatchObject({
      changed: [
        { name: "down", direction: "downgrade" },
        { name: "odd", direction: "unknown" },
        { name: "up", direction: "upgrade" },
      ],
      vulnerabilities: { compared: false },
    });
  });

  test("keep the end of a long name", async () => {
    const purl = "pkg:maven/com.fasterxml.jackson.core/jackson-databind@2.9.8";
    const components = [{ type: "library", name: "jackson-databind", version: "2.9.8", purl }];
    const jars = file("jars.json", { bomFormat: "CycloneDX", specVersion: "1.6", components });
    const { stdout } = await douane(["sbom", "diff", old, jars]);
    expect(stdout).toContain("+ maven  …xml.jackson.core:jackson-databind  2.9.8");
  });

  test("of an image and its own SBOM, in each format: none", async () => {
    for (const format of ["cyclonedx", "cyclonedx-1.7", "spdx", "spdx-3"]) {
      const document = join(folder, `old.${format}.json`);
      await douane(["sbom", old, "--format", `${format}=${document}`]);
      const { exit, stdout } = await douane(["sbom", "diff", old, document]);
      expect([exit, stdout]).toEqual([0, expect.stringContaining("No difference in packages.")]);
    }
  });

  test("as JSON fits its schema", async () => {
    const { exit, stdout } = await douane(["sbom", "diff", old, file("b.json", BOM), "--format", "json"]);
    const schema = JSON.parse((await douane(["schema", "sbom-diff"])).stdout);
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect([exit, validate(JSON.parse(stdout)), validate.errors]).toEqual([2, true, null]);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "douane/sbom-diff/v1",
      from: { name: "old", packages: 3, unread: [] },
      to: { name: "portal", version: "1.0", os: { id: "debian" }, packages: 2, unread: [{}] },
      added: [
        { type: "deb", name: "bash", versions: ["5"] },
        { type: "unknown", name: "zlib\u001b[31m", versions: [""] },
      ],
      removed: { length: 3 },
      changed: [],
      same: 0,
    });
  });

  test("of a damaged image is said to be one of what could be read", async () => {
    const { exit, stdout, stderr } = await douane(["sbom", "diff", old, damaged, "--lang", "fr"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("illisible ou endommagé");
    expect(stdout).toContain("2 retirés · 0 ajoutés · 0 changés · 1 inchangés");
    const quiet = await douane(["sbom", "diff", old, damaged, "--quiet"]);
    expect([quiet.exit, quiet.stderr]).toEqual([2, ""]);
  });

  test("of documents that say little: versions that are not stated, systems in words", async () => {
    const bare = { bomFormat: "CycloneDX", specVersion: "1.4" };
    const [none, one] = [file("none.json", bare), file("one.json", { ...BOM, compositions: [] })];
    const { exit, stdout } = await douane(["sbom", "diff", none, one], {
      stdout: { isTTY: true, columns: 40, write: async (text) => void (shown += text) },
    });
    expect([exit, stdout]).toEqual([0, ""]);
    expect(shown).toContain("(no version)");
  });
  let shown = "";

  test.each([
    [["diff"], "compares two images"],
    [["diff", old], "compares two images"],
    [["diff", old, now, now], "compares two images"],
    [["diff", old, now, "--format", "spdx"], "is not a format of `douane sbom diff`"],
    [[old, "--format", "json"], "json is one of `douane sbom diff`"],
    [[old, now], "one image at a time"],
  ])("%j is a usage error", async (argv, says) => {
    const { exit, stderr } = await douane(["sbom", ...argv]);
    expect([exit, stderr]).toEqual([64, expect.stringContaining(says)]);
  });
});

describe("vulnerabilities", () => {
  const before = image("before", { lodash: "1.2.2", "left-pad": "1.0.0" });
  const after = image("after", { lodash: "1.2.3", "left-pad": "1.0.1", right: "1.0.0" });
  const run = (...argv: readonly string[]) =>
    douane(argv, { cwd: folder, env: { DOUANE_DATA: join(folder, "data") } });

  beforeAll(async () => {
    const critical = {
      aliases: ["CVE-2026-1111"],
      database_specific: { severity: "CRITICAL" },
      severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
    };
    const unfixed = (name: string) => ({
      affected: [{ package: { ecosystem: "npm", name }, versions: ["1.0.0"] }],
    });
    const records = [
      osvRecord("GHSA-a", "lodash", critical),
      osvRecord("GHSA-b", "left-pad", { database_specific: { severity: "LOW" } }),
      osvRecord("GHSA-c", "right", { ...unfixed("right"), database_specific: { severity: "LOW" } }),
      osvRecord("GHSA-d", "right", { ...unfixed("right"), database_specific: { severity: "HIGH" } }),
      osvRecord("GHSA-e", "odd", { database_specific: { severity: "LOW" } }),
    ];
    const members = [...records, ...osvFillers("npm")].map((record, at) => ({
      name: `${at}.json`,
      content: JSON.stringify(record),
    }));
    writeFileSync(join(folder, "all.zip"), zipOf(members));
    const kev = file("kev.json", {
      title: "CISA Catalog of Known Exploited Vulnerabilities",
      catalogVersion: "2026.06.14",
      dateReleased: "2026-06-14T12:00:00Z",
      count: 1,
      vulnerabilities: [{ cveID: "CVE-2026-1111", dateAdded: "2026-06-12" }],
    });
    await run("vulns", "import", "all.zip", kev);
  });

  test("gained and lost, the gravest first, and how many", async () => {
    const { exit, stdout, stderr } = await run("sbom", "diff", before, after);
    expect([exit, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").slice(9)).toEqual([
      "Vulnerabilities gained:",
      "severity  vulnerability  package  installed  fixed in",
      "high      GHSA-d         right    1.0.0      –",
      "low       GHSA-c         right    1.0.0      –",
      "",
      "Vulnerabilities lost:",
      "severity   vulnerability  package  installed  fixed in",
      "critical!  CVE-2026-1111  lodash   1.2.2      1.2.3",
      "",
      "Vulnerabilities: 2 gained (1 high, 1 low) · 1 lost (1 critical) · 1 unchanged",
      "",
    ]);
    const french = await run("sbom", "diff", after, before, "--lang", "fr");
    expect(french.stdout).toContain("Vulnérabilités apparues :\n");
    expect(french.stdout).toContain(
      "Vulnérabilités : 1 apparues (1 critique) · 2 disparues (1 élevée, 1 faible) · 1\ninchangées\n",
    );
  });

  test("as JSON fit the schema", async () => {
    const odd = image("odd", { lodash: "1.2.2", odd: "main" });
    const { stdout } = await run("sbom", "diff", after, odd, "--format", "json");
    const schema = JSON.parse((await douane(["schema", "sbom-diff"])).stdout);
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const json = JSON.parse(stdout) as { readonly vulnerabilities: { readonly gained: readonly object[] } };
    expect([validate(json), validate.errors]).toEqual([true, null]);
    expect(json.vulnerabilities).toMatchObject({
      compared: true,
      matched: "2026-06-15",
      sources: expect.arrayContaining([{ name: "osv:npm", date: expect.stringMatching(/^2026-06-14/) }]),
      from: { findings: 3, doubts: [] },
      to: { findings: 2, doubts: [] },
      lost: [{ id: "GHSA-d" }, { id: "GHSA-b" }, { id: "GHSA-c" }],
      same: 0,
    });
    expect(json.vulnerabilities.gained).toEqual([
      {
        id: "CVE-2026-1111",
        aliases: ["GHSA-a"],
        type: "npm",
        name: "lodash",
        purl: "pkg:npm/lodash@1.2.2",
        installed: "1.2.2",
        fixed: ["1.2.3"],
        severity: { value: "critical", source: "GHSA", score: 9.8 },
        exploited: [{ by: "CISA KEV", since: "2026-06-12" }],
        malware: false,
      },
      expect.objectContaining({ id: "GHSA-e", uncertain: "installed-version" }),
    ]);
  });

  test("of an image and its own SBOM, in each format: none, by the one matcher", async () => {
    for (const format of ["cyclonedx", "cyclonedx-1.7", "spdx", "spdx-3"]) {
      const document = join(folder, `before.${format}.json`);
      await run("sbom", before, "--format", `${format}=${document}`);
      const { exit, stdout } = await run("sbom", "diff", before, document);
      expect([exit, stdout]).toEqual([
        0,
        expect.stringContaining("Vulnerabilities: 0 gained · 0 lost · 2 unchanged\n"),
      ]);
    }
  });

  test("what was not compared is named with its side, and once where it is the same of both", async () => {
    const document = file("other.json", { ...BOM, compositions: [] });
    const { exit, stdout } = await run("sbom", "diff", before, document);
    expect(exit).toBe(0);
    const text = stdout.replaceAll(/\n(?!- )/g, " ");
    expect(text).toContain("- " + document + ": the data contain nothing about Debian:13, not compared: 1");
    const both = await run("sbom", "diff", document, document, "--lang", "fr");
    expect(both.stdout.split("les données ne contiennent rien pour Debian:13")).toHaveLength(2);
    const back = await run("sbom", "diff", document, before, "--lang", "fr");
    expect(back.stdout.replaceAll("\n", " ")).toContain(`${document} : les données`);
  });

  test("without data in the folder that was named, that is said, and packages are compared all the same", async () => {
    const { exit, stdout, stderr } = await run("sbom", "diff", before, after, "--data", "none");
    expect([exit, stderr]).toEqual([0, expect.stringContaining("none")]);
    expect(stdout).toContain("1 added · 2 changed");
    expect(stdout).toContain("Vulnerabilities were not compared");
  });
});
